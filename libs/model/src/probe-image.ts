import type { ModelManifest } from './manifest.js';

/**
 * A made-up photograph in the network's own size: skin, and a darker round lesion off its centre, with
 * some texture. No patient's image is needed to try a network. `variant` moves and recolours the lesion.
 */
export function probeImage({ height, width }: ModelManifest['input'], variant: number): Uint8Array {
  const [skin, lesion] = [
    [225, 185, 170],
    [140, 95, 70 + 40 * variant],
  ] as const;
  const centre = { row: height * (0.45 + 0.1 * variant), column: width * (0.52 - 0.1 * variant) };
  const radius = Math.min(height, width) * 0.3;
  const pixels = new Uint8Array(height * width * 3);
  for (let row = 0, at = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const distance = Math.hypot(row - centre.row, column - centre.column) / radius;
      const weight = 1 / (1 + distance ** 8);
      for (let channel = 0; channel < 3; channel += 1, at += 1) {
        const texture = ((7 * row + 13 * column + 29 * channel) % 31) - 15;
        const colour = skin[channel]! * (1 - weight) + lesion[channel]! * weight + texture;
        pixels[at] = Math.min(255, Math.max(0, Math.floor(colour)));
      }
    }
  }
  return pixels;
}
