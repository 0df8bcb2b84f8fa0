import { metricsVersion } from '@lesionwise/metrics';
import type { Task } from '../images/task.type.js';
import type {
  Plain,
  RawDifference,
  SegmentationAnswer,
  TaskAnswer,
  VersionTaskAnswer,
} from './comparison-job.type.js';
import { countDistinct, mostOfOne } from './columns.js';
import type {
  Comparison,
  ComparisonImageSet,
  ComparisonMethod,
  ComparisonWithoutOverlap,
} from './comparison.type.js';
import { titleOf } from './compared-versions.service.js';
import type { VersionDifference } from './difference.type.js';
import { headlineOf } from './headline.service.js';
import { hashOfSet, hasMasks, tasksOf, toBitmap } from './image-set.service.js';
import { metricSet, replicatesFor, seed } from './method.service.js';
import type { Prepared } from './prepared.type.js';
import { inWordsOfSchema } from './question.service.js';
import {
  absenceSentence,
  differenceSentence,
  imageSetSentence,
  methodSentence,
  notEstimatedSentence,
} from './sentences.js';
import type { SegmentationComparison } from './segmentation-comparison.type.js';
import type { TaskComparison } from './task-comparison.type.js';
import { tooSmallClass } from './estimates.js';
import { corrected, nonInferiorityOf, verdictOf } from './verdict.js';

/** What the threads computed. */
export interface Parts {
  tasks: {
    task: Task;
    answering: number[];
    answer: TaskAnswer;
    ofVersions: VersionTaskAnswer[];
  }[];
  segmentation: SegmentationAnswer | null;
}

/** Puts the parts together: corrects the p-values of a family, and says in words what was found. */
export function assembled(prepared: Prepared, parts: Parts): Comparison {
  const { question, snapshot, loaded, compared, chosen, inputsHash } = prepared;
  const tasks = tasksCompared(prepared, parts);
  const segmentation = parts.segmentation && segmentationCompared(prepared, parts.segmentation);
  return {
    snapshotId: snapshot.id,
    places: toBitmap(compared.positions, loaded.facts.size),
    thresholds: chosen.thresholds,
    inputsHash,
    question: inWordsOfSchema(question),
    method: methodOf(prepared),
    imageSet: imageSetOf(prepared),
    versions: loaded.versions.map((version, k) => {
      const answered = tasksOf(version);
      return {
        modelVersionId: version.modelVersionId,
        ...{ slot: k + 1, isBaseline: k === 0, tasks: answered, hasMasks: hasMasks(version) },
        absence: absenceSentence(answered, hasMasks(version), question.tasks ?? []),
      };
    }),
    headline: headlineOf(tasks, segmentation),
    ...{ tasks, segmentation },
    withoutTrainingOverlap: withoutOverlap(prepared, parts),
  };
}

function methodOf({ question, compared }: Prepared): ComparisonMethod {
  const { clustering, correction, alpha, margin, minimumCell } = question;
  const replicates = replicatesFor(compared.positions.length);
  const rules = { clustering, correction, replicates, seed, level: 1 - alpha };
  return {
    ...{ metricSet, metricsVersion, alpha, margin, minimumCell },
    ...rules,
    sentence: methodSentence(rules),
  };
}

function imageSetOf({ snapshot, loaded: { facts }, compared, question }: Prepared) {
  const patients = compared.positions.map((position) => facts.patient[position]!);
  const counts = {
    snapshot: facts.size,
    compared: compared.positions.length,
    patients: countDistinct(patients),
  };
  const bitmap = toBitmap(compared.positions, facts.size);
  return {
    snapshotImages: counts.snapshot,
    images: counts.compared,
    patients: counts.patients,
    mostImagesPerPatient: mostOfOne(patients),
    leftOut: compared.leftOut,
    isFiltered: question.filter !== null,
    sha256: hashOfSet(snapshot.contentHash, bitmap),
    sentence: imageSetSentence({ ...counts, leftOut: compared.leftOut }),
  } satisfies ComparisonImageSet;
}

function tasksCompared(prepared: Prepared, { tasks }: Parts): TaskComparison[] {
  const families = differences(
    prepared,
    tasks.map(({ task, answer }) => ({ task, raw: answer.differences, answer })),
  );
  const { minimumCell } = prepared.question;
  const { versions } = prepared.loaded;
  return tasks.map(({ task, answering, answer, ofVersions }, t) => {
    const { positives, negatives, patients, patientsWithPositive, patientsWithNegative } = answer;
    const { withoutReference, aucs, omnibus, subgroups, changedCalls } = answer;
    return {
      task,
      ...{ positives, negatives, patients, patientsWithPositive, patientsWithNegative },
      ...{ withoutReference, omnibus, subgroups, changedCalls },
      notEstimated: tooSmallClass(answer, minimumCell)
        ? notEstimatedSentence(task, answer, minimumCell)
        : null,
      withoutScoresIds: versions.flatMap(({ modelVersionId }, k) =>
        answering.includes(k) ? [] : [modelVersionId],
      ),
      versions: answering.map((version, k) => ({
        modelVersionId: versions[version]!.modelVersionId,
        slot: version + 1,
        auc: aucs[k]!.auc,
        designEffect: aucs[k]!.designEffect,
        ...withSource(prepared, task, version, ofVersions[k]!),
      })),
      differences: families[t]!,
    };
  });
}

/** Beside the operating point here, what the threshold does where it was chosen. */
function withSource(
  { chosen }: Prepared,
  task: Task,
  version: number,
  answer: VersionTaskAnswer,
): VersionTaskAnswer {
  const sourceCounts = chosen.sourceCounts[task].get(version) ?? null;
  const { operatingPoint } = answer;
  return { ...answer, operatingPoint: operatingPoint && { ...operatingPoint, sourceCounts } };
}

interface Family {
  task: Task | null;
  raw: RawDifference[];
  answer?: TaskAnswer;
}

/** The differences of one family: their p-values are corrected together. */
function differences(
  { question, rows, loaded }: Prepared,
  family: readonly Family[],
): Plain<VersionDifference>[][] {
  const { correction, alpha, margin } = question;
  const all = family.flatMap(({ raw }) => raw.map(({ p }) => p));
  const { adjusted, tests } = corrected(all, correction);
  let next = 0;
  return family.map(({ task, raw, answer }) =>
    raw.map((of) => {
      const adjustedP = adjusted[next++]!;
      const verdict = verdictOf(of, adjustedP, { correction, alpha, margin });
      const { modelVersionId } = loaded.versions[of.version]!;
      return {
        modelVersionId,
        slot: of.version + 1,
        difference: of.difference,
        p: of.p,
        ...{ adjustedP, tests, verdict },
        nonInferiority: nonInferiorityOf(of, margin),
        sentence: differenceSentence({
          ...{ verdict, task, adjustedP, tests, correction, alpha, margin },
          version: titleOf(rows[of.version]!),
          baseline: titleOf(rows[0]!),
          difference: of.difference,
          patientsAtStake: of.patientsAtStake,
          changed: answer?.changedCalls.find((calls) => calls.slot === of.version + 1),
        }),
      };
    }),
  );
}

function segmentationCompared(
  prepared: Prepared,
  answer: SegmentationAnswer,
): SegmentationComparison {
  const [family] = differences(prepared, [{ task: null, raw: answer.differences }]);
  return {
    ...answer,
    differences: family!.map((difference, k) => ({
      ...difference,
      images: answer.differences[k]!.images,
      wilcoxonP: answer.differences[k]!.wilcoxonP,
    })),
  };
}

function withoutOverlap(prepared: Prepared, { tasks }: Parts): ComparisonWithoutOverlap | null {
  const { near, compared, question } = prepared;
  if (near.length === 0 || question.withoutTrainingOverlap) return null;
  const again = tasks.map(({ task, answer }) => ({ task, of: answer.withoutOverlap }));
  const families = differences(
    prepared,
    again.map(({ task, of }) => ({ task, raw: of?.differences ?? [] })),
  );
  return {
    leftOut: near.length,
    images: compared.positions.length - near.length,
    tasks: again.map(({ task, of }, t) => ({
      task,
      positives: of?.positives ?? 0,
      negatives: of?.negatives ?? 0,
      differences: families[t]!,
    })),
  };
}
