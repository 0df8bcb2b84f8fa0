import type { Canvas } from './canvas.js';
import type { SyntheticImage } from './cohort.js';
import { seededRandom, type Random } from './random.js';
import { rising, tiles } from './tiles.js';

/** Lamp, lens and sensor: what lies between the skin's true colour and the file's. */
interface Camera {
  /** Gain of linear red, green and blue: exposure times white balance. */
  gains: readonly [number, number, number];
  /** Change of the light across the frame, as a part of it, from side to side. */
  slopeX: number;
  slopeY: number;
  /** Loss of light at the corners, 0 to 1. */
  fallOff: number;
  /** Radius of the dermatoscope's ring in half frame widths, black beyond; Infinity when out of sight. */
  ringRadius: number;
  ringBlur: number;
  /** Light that reaches the sensor without having met the skin, in linear units. */
  haze: number;
  soft: boolean;
  /** Standard deviation of the sensor's noise, in levels of 255. */
  noise: number;
}

function cameraOf(image: SyntheticImage): Camera {
  const random = seededRandom(image.imageSeed, 'camera');
  const exposure = random.uniform(0.62, 1.12);
  const cool = random.normal(0, 0.06);
  return {
    gains: [
      exposure * (1 - cool) * random.normal(1, 0.02),
      exposure * random.normal(1, 0.02),
      exposure * (1 + cool) * random.normal(1.08, 0.05),
    ],
    slopeX: random.normal(0, 0.1),
    slopeY: random.normal(0, 0.1),
    fallOff: random.uniform(0.03, 0.3),
    ...ringOf(random),
    haze: random.uniform(0.003, 0.026),
    soft: random.chance(0.4),
    noise: random.uniform(0.8, 2.4),
  };
}

function ringOf(random: Random): Pick<Camera, 'ringRadius' | 'ringBlur'> {
  const seen = random.weighted([
    ['no', 0.62],
    ['corners', 0.28],
    ['whole', 0.1],
  ]);
  const ringBlur = random.uniform(0.02, 0.12);
  if (seen === 'no') return { ringRadius: Infinity, ringBlur };
  return { ringRadius: seen === 'corners' ? random.uniform(1.06, 1.2) : 1.0, ringBlur };
}

/** The share of light that meets no pigment comes back this white. */
const SCATTERED = [0.95, 0.89, 0.8] as const;

const LARGEST_ABSORBANCE = 8;
const LEAST_ABSORBANCE = -1;
const TRANSMITTANCE = Float32Array.from({ length: 2304 }, (_, i) =>
  Math.exp(-(i / 256 + LEAST_ABSORBANCE)),
);
const BRIGHTEST = 1.25;
const TONES = 8192;
/** sRGB's curve over linear 0 to BRIGHTEST, highlights bent rather than cut. */
const TONE = Uint8Array.from({ length: TONES + 1 }, (_, i) =>
  Math.round(255 * tone((i / TONES) * BRIGHTEST)),
);

function tone(linear: number): number {
  const bent = linear < 0.7 ? linear : 0.7 + 0.3 * (1 - Math.exp(-(linear - 0.7) / 0.3));
  return bent <= 0.0031308 ? 12.92 * bent : 1.055 * bent ** (1 / 2.4) - 0.055;
}

/** Photographs the scene: 8-bit sRGB, row-major, three bytes a pixel. */
export function photograph(image: SyntheticImage, canvas: Canvas): Uint8Array {
  const camera = cameraOf(image);
  const rgb = exposed(canvas, camera);
  if (camera.soft) soften(rgb, canvas.widthPx, canvas.heightPx);
  addNoise(rgb, camera, seededRandom(image.imageSeed, 'noise'));
  return rgb;
}

function exposed(canvas: Canvas, camera: Camera): Uint8Array {
  const { widthPx, heightPx, red, green, blue, scatter } = canvas;
  const rgb = new Uint8Array(3 * widthPx * heightPx);
  const planes = [red, green, blue] as const;
  const light = new Float32Array(widthPx);
  for (let row = 0; row < heightPx; row++) {
    lightRow(light, row, canvas, camera);
    for (let channel = 0; channel < 3; channel++) {
      const absorbance = planes[channel]!;
      const white = SCATTERED[channel]!;
      const toTone = (camera.gains[channel]! * TONES) / BRIGHTEST;
      for (let column = 0; column < widthPx; column++) {
        const i = row * widthPx + column;
        const absorbed = Math.min(LARGEST_ABSORBANCE - 0.01, absorbance[i]!);
        const through = TRANSMITTANCE[Math.max(0, ((absorbed - LEAST_ABSORBANCE) * 256) | 0)]!;
        const returned = through + scatter[i]! * (white - through) + camera.haze * white * white;
        rgb[3 * i + channel] = TONE[Math.min(TONES, (returned * light[column]! * toTone) | 0)]!;
      }
    }
  }
  return rgb;
}

/** How much light falls on each pixel of a row. */
function lightRow(light: Float32Array, row: number, canvas: Canvas, camera: Camera): void {
  const halfWidth = canvas.widthPx / 2;
  const v = (row + 0.5 - canvas.heightPx / 2) / halfWidth;
  for (let column = 0; column < light.length; column++) {
    const u = (column + 0.5) / halfWidth - 1;
    const away2 = u * u + v * v;
    const even = 1 + camera.slopeX * u + camera.slopeY * v;
    const lit = even * (1 - camera.fallOff * away2 * away2 * 0.41);
    const away = Math.sqrt(away2);
    const { ringRadius, ringBlur } = camera;
    light[column] =
      away < ringRadius - ringBlur
        ? lit
        : lit * (1 - 0.985 * rising(ringRadius - ringBlur, ringRadius + ringBlur, away));
  }
}

/** A lens a little out of focus: the binomial blur of three pixels each way. */
function soften(rgb: Uint8Array, widthPx: number, heightPx: number): void {
  const row = 3 * widthPx;
  blurAlong(rgb, 3, { lines: heightPx, lineStep: row, points: widthPx, channels: 3 });
  blurAlong(rgb, row, { lines: 1, lineStep: 0, points: heightPx, channels: row });
}

function blurAlong(
  rgb: Uint8Array,
  step: number,
  span: { lines: number; lineStep: number; points: number; channels: number },
): void {
  const before = new Uint8Array(span.channels);
  for (let line = 0; line < span.lines; line++) {
    const start = line * span.lineStep;
    before.set(rgb.subarray(start, start + span.channels));
    for (let point = 0; point < span.points - 1; point++) {
      const at = start + point * step;
      for (let channel = 0; channel < span.channels; channel++) {
        const i = at + channel;
        const here = rgb[i]!;
        rgb[i] = (before[channel]! + 2 * here + rgb[i + step]! + 2) >> 2;
        before[channel] = here;
      }
    }
  }
}

/** The sensor's noise, another in each channel. */
function addNoise(rgb: Uint8Array, { noise }: Camera, random: Random): void {
  const grain = tiles().grain.values;
  const last = grain.length - 1; // a power of two less one: wraps as a mask
  const offset = random.integer(0, last);
  for (let i = 0; i < rgb.length; i++) {
    // A stride prime to the tile's side, so that rows of the photograph do not line up with its rows.
    const level = rgb[i]! + noise * grain[(offset + i * 7) & last]! + 0.5;
    rgb[i] = level < 0 ? 0 : level > 255 ? 255 : level;
  }
}
