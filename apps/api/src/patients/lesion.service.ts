import { inVisibleStudy, studyFor } from '../access.js';
import type { Viewer } from '../context.js';
import type { Db } from '../db.js';
import { notFound } from '../errors.js';
import { isId } from '../ids.js';
import type { CreateLesionInput } from './lesion.input.js';
import { checkedCode, patientToEdit, refusingTakenCode } from './patient.service.js';

export async function createLesion(db: Db, viewer: Viewer, input: CreateLesionInput) {
  const { patientId, anatomicSite } = input;
  const { studyId } = await patientToEdit(db, viewer, patientId);
  const code = checkedCode(input.code);
  return refusingTakenCode(code, 'lesion of this patient', () =>
    db.lesion.create({ data: { studyId, patientId, code, anatomicSite } }),
  );
}

/** The lesion with its study, where the viewer may edit records there. */
export async function lesionToEdit(db: Db, viewer: Viewer, id: string) {
  const lesion = isId(id)
    ? await db.lesion.findFirst({ where: { AND: [{ id }, inVisibleStudy(viewer)] } })
    : null;
  if (!lesion) throw notFound('lesion', id);
  const study = await studyFor(db, viewer, lesion.studyId, 'editRecords');
  return { lesion, study };
}
