import { randomUUID } from 'node:crypto';
import { encodeMask, maskRunsOf } from '@lesionwise/model';
import sharp from 'sharp';
import type { Diagnosis } from '../db.js';
import { sha256Of } from '../storage.js';
import type { World } from './world.js';

export interface ToyImage {
  patient: string;
  /** Red and green are the toy model's two scores, in 255ths. */
  red: number;
  green: number;
  diagnosis?: Diagnosis | undefined;
  /** Share of the columns, from the left, that the reference mask holds; no mask without it. */
  maskShare?: number;
}

export interface ToyStudy {
  id: string;
  slug: string;
  imageIds: string[];
  codes: string[];
}

const widthPx = 40;
const heightPx = 20;

/** The left `share` of the columns as lesion. */
export async function leftMask(share: number): Promise<{ png: Buffer; areaPx: number }> {
  const columns = Math.round(widthPx * share);
  const mask = maskRunsOf(
    widthPx,
    Array.from({ length: heightPx }, () => [0, columns]),
  );
  return { png: await encodeMask(mask), areaPx: columns * heightPx };
}

/** Half dark, half of the given colour: a photograph whose mask and scores one can work out by hand. */
const photograph = ({ red, green }: ToyImage, seed: number) =>
  sharp({
    create: {
      width: widthPx,
      height: heightPx,
      channels: 3,
      background: { r: red, g: green, b: 255 },
    },
  })
    .png()
    // Equal colours must not be equal files.
    .withExif({ IFD0: { ImageDescription: String(seed) } })
    .toBuffer();

/** A study with these images, each of a lesion of its own; the codes count from TOY_0001. */
export async function createToyStudy(world: World, images: ToyImage[]): Promise<ToyStudy> {
  const slug = `toy-${randomUUID().slice(0, 8)}`;
  const { id: studyId } = await world.db.study.create({ data: { slug, name: slug } });
  const patients = new Map<string, string>();
  const imageIds: string[] = [];
  const codes: string[] = [];
  for (const [at, image] of images.entries()) {
    const code = `TOY_${String(at + 1).padStart(4, '0')}`;
    let patientId = patients.get(image.patient);
    if (!patientId) {
      patientId = (await world.db.patient.create({ data: { studyId, code: image.patient } })).id;
      patients.set(image.patient, patientId);
    }
    const bytes = await photograph(image, at);
    const sha256 = sha256Of(bytes);
    await world.storage.put('originals', sha256, bytes);
    const mask = image.maskShare === undefined ? undefined : await leftMask(image.maskShare);
    const lesion = await world.db.lesion.create({
      data: {
        ...{ studyId, patientId, code: `L${at + 1}` },
        ...(image.diagnosis && {
          diagnoses: {
            create: { version: 1, diagnosis: image.diagnosis, method: 'HISTOPATHOLOGY' },
          },
        }),
      },
    });
    const row = await world.db.image.create({
      data: {
        ...{ studyId, lesionId: lesion.id, code, widthPx, heightPx, sha256 },
        sizeBytes: bytes.length,
        ...(mask && {
          referenceMasks: {
            create: {
              ...{ version: 1, widthPx, heightPx, areaPx: mask.areaPx },
              png: new Uint8Array(mask.png),
            },
          },
        }),
      },
    });
    imageIds.push(row.id);
    codes.push(code);
  }
  return { id: studyId, slug, imageIds, codes };
}
