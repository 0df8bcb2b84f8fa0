import type { Db } from '../db.js';
import { type ImageFacts, readFacts } from './evaluation-facts.service.js';
import type { Evaluation } from './evaluation.type.js';
import { toEvaluationImage } from './evaluation-image.service.js';
import { referenceLabel } from './statistics.service.js';

/** The facts behind an evaluation, version by version, in the order of the snapshot. */
export async function* exportRows(db: Db, evaluation: Evaluation) {
  const { isSynthetic } = await db.study.findUniqueOrThrow({
    where: { id: evaluation.studyId },
    select: { isSynthetic: true },
  });
  const { contentHash } = await db.cohortSnapshot.findUniqueOrThrow({
    where: { id: evaluation.snapshotId },
    select: { contentHash: true },
  });
  for (const { modelVersionId } of evaluation.versions) {
    const { model, version } = await db.modelVersion.findUniqueOrThrow({
      where: { id: modelVersionId },
      include: { model: true },
    });
    const common = {
      synthetic: isSynthetic ? 1 : 0,
      model_version: `${model.name} ${version}`,
      snapshot: contentHash,
    };
    for (const facts of await readFacts(db, evaluation.snapshotId, modelVersionId)) {
      yield { ...ofImage(facts), ...common };
    }
  }
}

/** Null is an empty cell. */
function ofImage(facts: ImageFacts) {
  const { jaccard, dice } = toEvaluationImage(facts);
  return {
    image_code: facts.code,
    patient_code: facts.patientCode,
    diagnosis: facts.diagnosis,
    melanoma_label: referenceLabel(facts, 'melanoma'),
    melanoma_score: facts.melanoma,
    seborrheic_keratosis_label: referenceLabel(facts, 'seborrheic_keratosis'),
    seborrheic_keratosis_score: facts.seborrheic_keratosis,
    true_positive_px: facts.truePositivePx,
    false_positive_px: facts.falsePositivePx,
    false_negative_px: facts.falseNegativePx,
    true_negative_px: facts.trueNegativePx,
    ...{ jaccard, dice },
  };
}
