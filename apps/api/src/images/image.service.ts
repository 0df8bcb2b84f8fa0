import { inVisibleStudy, studyFor } from '../access.js';
import type { Viewer } from '../context.js';
import { type Db, type ImageModel } from '../db.js';
import { conflict, invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import type { UpdateImageInput } from './update-image.input.js';

/** A century: what lies farther from an enrolment is a typing error. */
const farthestDay = 36_525;

export const findImage = (db: Db, viewer: Viewer, id: string): Promise<ImageModel | null> =>
  isId(id)
    ? db.image.findFirst({ where: { AND: [{ id }, inVisibleStudy(viewer)] } })
    : Promise.resolve(null);

export const findImageByCode = (db: Db, viewer: Viewer, studyId: string, code: string) =>
  db.image.findFirst({ where: { AND: [{ studyId, code }, inVisibleStudy(viewer)] } });

/** The mask with its bytes, whether or not it counts now. */
export const findReferenceMask = (db: Db, viewer: Viewer, id: string) =>
  isId(id)
    ? db.referenceMask.findFirst({ where: { id, image: inVisibleStudy(viewer) } })
    : Promise.resolve(null);

/** Changes what the input names, if the image is still as the viewer saw it. */
export async function updateImage(db: Db, viewer: Viewer, input: UpdateImageInput) {
  const { id, revision } = input;
  const image = await imageToEdit(db, viewer, id);
  const [updated] = await db.image.updateManyAndReturn({
    where: { id, revision, ...inVisibleStudy(viewer) },
    data: {
      ...qualityAfter(image, input),
      dayOfStudy: checkedDay(input.dayOfStudy),
      modality: input.modality ?? undefined,
      revision: { increment: 1 },
    },
  });
  if (!updated) throw revisionConflict(await imageToEdit(db, viewer, id));
  return updated;
}

async function imageToEdit(db: Db, viewer: Viewer, id: string) {
  const image = await findImage(db, viewer, id);
  if (!image) throw notFound('image', id);
  await studyFor(db, viewer, image.studyId, 'editRecords');
  return image;
}

/** An image is never excluded without a reason; one that is accepted again loses the old reason. */
function qualityAfter(image: ImageModel, input: UpdateImageInput) {
  const quality = input.quality ?? image.quality;
  const kept = quality === image.quality ? image.qualityNote : null;
  const given = input.qualityNote === undefined ? kept : input.qualityNote;
  const qualityNote = given?.trim() || null;
  if (quality === 'EXCLUDED' && !qualityNote) {
    throw invalid('qualityNote', 'Say why the image is excluded.');
  }
  return { quality, qualityNote };
}

function checkedDay(day: number | null | undefined) {
  if (day === null || day === undefined || Math.abs(day) <= farthestDay) return day;
  throw invalid(
    'dayOfStudy',
    `The day lies at most ${farthestDay} days from the enrolment; got ${day}.`,
  );
}

function revisionConflict({ revision, quality, qualityNote, dayOfStudy, modality }: ImageModel) {
  return conflict(`Somebody else changed the image meanwhile: it is at revision ${revision} now.`, {
    field: 'revision',
    stored: { revision, quality, qualityNote, dayOfStudy, modality },
  });
}
