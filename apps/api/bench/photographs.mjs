// The photographs that the benchmark scores: a folder's, or synthetic ones of six megapixels.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeMask, inspectImage, maskFacts, maskRunsOf, packMaskRuns } from '@lesionwise/model';
import { renderSynthetic, syntheticCohort } from '@lesionwise/synthetic';
import sharp from 'sharp';

/** Six megapixels, as the cameras of the ISIC 2017 challenge that made the large photographs. */
const SIZE = { widthPx: 3008, heightPx: 2000 };
/** Enough that the decoder meets different pictures; each takes seconds to draw. */
const DRAWN = 6;

/**
 * @returns each with a reference mask of its own size: an ellipse, which costs what a drawn outline costs
 */
export async function photographs(folder) {
  const files = folder ? fromFolder(folder) : await drawn();
  return Promise.all(
    files.map(async (bytes, at) => {
      const { widthPx, heightPx } = await inspectImage(bytes);
      const mask = ellipse(widthPx, heightPx, at);
      const { areaPx } = maskFacts(mask);
      const drawing = { png: await encodeMask(mask), packed: packMaskRuns(mask), areaPx };
      return { bytes, sizeBytes: bytes.length, widthPx, heightPx, ...drawing };
    }),
  );
}

function fromFolder(folder) {
  const names = readdirSync(folder).filter((name) => /\.jpe?g$/i.test(name));
  if (names.length === 0) throw new Error('the folder of --images-folder holds no JPEG');
  return names.sort().map((name) => readFileSync(join(folder, name)));
}

async function drawn() {
  const plan = syntheticCohort({ patients: DRAWN, images: DRAWN });
  const files = [];
  for (const image of plan) {
    const { rgb, widthPx, heightPx } = renderSynthetic({ ...image, ...SIZE });
    const raw = { width: widthPx, height: heightPx, channels: 3 };
    files.push(await sharp(rgb, { raw }).jpeg({ quality: 92 }).toBuffer());
  }
  return files;
}

function ellipse(widthPx, heightPx, at) {
  const [a, b] = [widthPx * (0.2 + 0.02 * (at % 5)), heightPx * (0.25 + 0.02 * (at % 3))];
  const rows = Array.from({ length: heightPx }, (_, y) => {
    const t = 1 - ((y - heightPx / 2) / b) ** 2;
    if (t <= 0) return [];
    const half = a * Math.sqrt(t);
    return [Math.round(widthPx / 2 - half), Math.round(widthPx / 2 + half) + 1];
  });
  return maskRunsOf(widthPx, rows);
}
