import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { syntheticCohort, type CohortSize, type SyntheticImage } from './cohort.js';
import { imageFile, maskFile } from './layout.js';
import { seededRandom } from './random.js';
import { renderSynthetic, type Mask } from './render.js';
import { syntheticVersion } from './version.js';

/** What a drawing thread is started with: it draws every `threads`-th image, from the `first`. */
export interface DrawOrder {
  folder: string;
  size: Required<CohortSize>;
  first: number;
  threads: number;
}

/** The range in which consumer dermatoscopes' cameras compress. */
const JPEG_QUALITY = { low: 82, high: 95 };

/** In the file itself, so that an image parted from its folder still says what it is. */
const EXIF = {
  IFD0: {
    ImageDescription: 'Synthetic dermoscopy image, drawn by a program. It shows no patient.',
    Software: `@lesionwise/synthetic ${syntheticVersion}`,
  },
};

// The threads are the parallelism: libvips' own would only make them wait for one another.
sharp.concurrency(1);

const order = workerData as DrawOrder;
const images = syntheticCohort(order.size).filter(
  (_, i) => i % order.threads === order.first % order.threads,
);
for (const image of images) {
  await writeImage(image, order.folder);
  parentPort?.postMessage(image.imageId);
}

async function writeImage(image: SyntheticImage, folder: string): Promise<void> {
  const { widthPx: width, heightPx: height, rgb, mask } = renderSynthetic(image);
  const { low, high } = JPEG_QUALITY;
  const quality = seededRandom(image.imageSeed, 'jpeg').integer(low, high);
  await Promise.all([
    sharp(rgb, { raw: { width, height, channels: 3 } })
      .withExif(EXIF)
      .jpeg({ quality })
      .toFile(join(folder, imageFile(image))),
    sharp(greyOf(mask), { raw: { width, height, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toFile(join(folder, maskFile(image))),
  ]);
}

/** One byte a pixel, 255 in the lesion and 0 outside, as the challenge's masks are. */
function greyOf({ widthPx, heightPx, bits }: Mask): Uint8Array {
  const grey = new Uint8Array(widthPx * heightPx);
  for (let i = 0; i < grey.length; i++) grey[i] = ((bits[i >> 3]! >> (i & 7)) & 1) * 255;
  return grey;
}
