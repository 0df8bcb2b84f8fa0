import type { Comparison } from '../comparison/comparison.type.js';
import type { TaskComparison } from '../comparison/task-comparison.type.js';
import type { TaskEvaluation } from '../evaluation/evaluation.type.js';
import { tasks } from '../images/task.type.js';
import type { ReportFacts } from './report-facts.js';
import { intervalFigure, rocFigure } from './report-figures.js';
import {
  countWords,
  estimateWords,
  numberWords,
  plainWords,
  pWords,
  thresholdWords,
} from './report-words.js';
import { type Block, missing, table, text } from './report.js';

/** The numbers as they were frozen; nothing is computed for the report. */
export function resultBlocks(facts: ReportFacts): Block[] {
  const { comparison } = facts.evaluation;
  return [
    ...tasks.flatMap((task) => taskBlocks(facts, task)),
    ...segmentationBlocks(facts),
    ...(comparison ? comparisonBlocks(facts, comparison) : []),
    ...(comparison || facts.versions.length === 1
      ? []
      : [
          missing(
            'Whether the versions differ: this evaluation was made before differences were kept.',
          ),
        ]),
  ];
}

const titleOf = ({ versions }: ReportFacts, id: string) =>
  versions.find((version) => version.id === id)?.title ?? id;

function taskBlocks(facts: ReportFacts, task: string): Block[] {
  const found = facts.evaluation.versions.flatMap(({ modelVersionId, tasks: answered }) =>
    answered.filter((entry) => entry.task === task).map((entry) => ({ modelVersionId, entry })),
  );
  const [first] = found;
  if (!first) return [];
  const curves = found
    .filter(({ entry }) => entry.roc.length > 0)
    .map(({ modelVersionId, entry }) => ({
      title: titleOf(facts, modelVersionId),
      points: entry.roc,
      auc: estimateWords(entry.auc),
    }));
  return [
    table(
      `Area under the ROC curve for ${plainWords(task)}, with 95 % intervals`,
      ['Version', 'Images with', 'Images without', 'Patients', 'AUC', 'Interval by'],
      found.map(({ modelVersionId, entry }) => [
        titleOf(facts, modelVersionId),
        ...aucCells(entry),
      ]),
    ),
    ...(curves.length > 0 ? [rocFigure(plainWords(task), curves)] : []),
  ];
}

const aucCells = ({ positives, negatives, patients, auc }: TaskEvaluation) => [
  ...[positives, negatives, patients].map(countWords),
  ...[estimateWords(auc), auc.method],
];

function segmentationBlocks(facts: ReportFacts): Block[] {
  const rows = facts.evaluation.versions.flatMap(({ modelVersionId, segmentation }) =>
    segmentation
      ? [
          [
            titleOf(facts, modelVersionId),
            ...[segmentation.images, segmentation.patients, segmentation.undefinedCount].map(
              countWords,
            ),
            ...[estimateWords(segmentation.meanJaccard), estimateWords(segmentation.meanDice)],
            countWords(segmentation.below065),
          ],
        ]
      : [],
  );
  if (rows.length === 0) return [];
  return [
    table(
      'Agreement of predicted with reference masks: means over images, with 95 % intervals',
      ['Version', 'Images', 'Patients', 'Both empty', 'Mean Jaccard', 'Mean Dice', 'Below 0.65'],
      rows,
    ),
  ];
}

const comparisonBlocks = (facts: ReportFacts, comparison: Comparison): Block[] => [
  ...comparison.tasks.flatMap((task) => [
    ...differenceBlocks(facts, task),
    ...operatingPointBlocks(facts, task),
    ...calibrationBlocks(facts, task),
    ...subgroupBlocks(facts, task),
  ]),
];

function differenceBlocks(facts: ReportFacts, { task, differences }: TaskComparison): Block[] {
  if (differences.length === 0) return [];
  const baseline = facts.versions[0]!.title;
  return [
    table(
      `Difference in AUC for ${plainWords(task)} to ${baseline} on the same images`,
      ['Version', 'Difference', 'p', 'Adjusted p'],
      differences.map(({ modelVersionId, difference, p, adjustedP }) => [
        ...[titleOf(facts, modelVersionId), estimateWords(difference)],
        ...[pWords(p), pWords(adjustedP)],
      ]),
    ),
    ...differences.map(({ sentence }) => text(sentence)),
  ];
}

function operatingPointBlocks(facts: ReportFacts, { task, versions }: TaskComparison): Block[] {
  const found = versions.flatMap(({ modelVersionId, operatingPoint }) =>
    operatingPoint ? [{ title: titleOf(facts, modelVersionId), point: operatingPoint }] : [],
  );
  if (found.length === 0) return [];
  return [
    table(
      `Calls against the reference for ${plainWords(task)}, at each version's threshold`,
      ['Version', 'Threshold', 'TP', 'FP', 'FN', 'TN', 'Sensitivity', 'Specificity'],
      found.map(({ title, point: { threshold, counts, sensitivity, specificity } }) => [
        ...[title, thresholdWords(threshold)],
        ...[counts.truePositives, counts.falsePositives].map(countWords),
        ...[counts.falseNegatives, counts.trueNegatives].map(countWords),
        ...[estimateWords(sensitivity), estimateWords(specificity)],
      ]),
    ),
    ...found.map(({ title, point }) => text(`Threshold of ${title}: ${point.chosen}.`)),
  ];
}

function calibrationBlocks(facts: ReportFacts, { task, versions }: TaskComparison): Block[] {
  const rows = versions.flatMap(({ modelVersionId, calibration }) =>
    calibration
      ? [
          [
            titleOf(facts, modelVersionId),
            ...[calibration.brier, calibration.slope, calibration.inTheLarge].map(estimateWords),
            calibration.ece === null ? 'not defined' : numberWords(calibration.ece),
          ],
        ]
      : [],
  );
  if (rows.length === 0) return [];
  const head = ['Version', 'Brier score', 'Slope', 'In the large', 'Expected calibration error'];
  return [table(`Calibration for ${plainWords(task)}`, head, rows)];
}

/** What is too small to estimate is named with its count, not left out. */
function subgroupBlocks(facts: ReportFacts, { task, subgroups }: TaskComparison): Block[] {
  return subgroups.flatMap(({ attribute, levels, interactions }) => {
    const lines = levels.flatMap(({ level, notEstimated, versions, positives, negatives }) => {
      const label = `${plainWords(level)}, n ${countWords(positives)} + ${countWords(negatives)}`;
      if (versions.length === 0) {
        const words = notEstimated ?? 'not estimated';
        return [{ ...{ label, words }, ...{ value: null, low: null, high: null } }];
      }
      return versions.map(({ modelVersionId, auc }) => ({
        label: `${label}: ${titleOf(facts, modelVersionId)}`,
        ...{ value: auc.value, low: auc.low, high: auc.high, words: estimateWords(auc) },
      }));
    });
    if (lines.length === 0) return [];
    const tested = interactions.map(
      ({ modelVersionId, auc }) => `${titleOf(facts, modelVersionId)} p ${pWords(auc.p)}`,
    );
    return [
      intervalFigure(
        `AUC for ${plainWords(task)} by ${plainWords(attribute)}, with 95 % intervals`,
        lines,
      ),
      ...(tested.length > 0
        ? [text(`Do the levels differ? ${tested.join('; ')}, not corrected.`)]
        : []),
    ];
  });
}
