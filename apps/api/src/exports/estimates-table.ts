import { column, columnsFor, type Described, type ExportTable } from './export-column.js';
import type { NumberRow } from './estimate-rows.js';

/** One number with everything it takes to say what it is a number of. */
export interface EstimateRow extends NumberRow {
  study: string;
  isSynthetic: boolean;
  evaluationId: string | null;
  inputsHash: string;
  snapshotId: string;
  contentHash: string;
  metricSet: string;
  metricsVersion: string;
  model: string | null;
  modelVersion: string | null;
  modelSha256: string | null;
}

const hash = 'SHA-256 in hexadecimal, 64 digits';
const id = 'a random UUID';
const ofWhole = 'the number is not of one version';
const number = (described: Omit<Described<EstimateRow>, 'type'>): Described<EstimateRow> => ({
  ...described,
  type: 'double',
});
const count = (meaning: string): Described<EstimateRow> => ({
  ...{ type: 'integer', unit: 'see name', range: 'from 0' },
  ...{ emptyWhen: 'not counted for this statistic', meaning },
});

const provenance = columnsFor<EstimateRow>(
  column('study', ({ study }) => study, {
    ...{ unit: '-', range: 'lower case words', meaning: 'Address of the study.' },
  }),
  column('synthetic', ({ isSynthetic }) => isSynthetic, {
    ...{ type: 'boolean', unit: '-', range: 'true, false' },
    meaning: 'The images are computer-generated. Carry it into whatever you publish.',
  }),
  column('evaluation_id', ({ evaluationId }) => evaluationId, {
    ...{ unit: '-', range: id, emptyWhen: 'the comparison was computed for this file, not kept' },
    meaning: 'The frozen evaluation.',
  }),
  column('inputs_sha256', ({ inputsHash }) => inputsHash, {
    ...{ unit: '-', range: hash },
    meaning: 'Over question, snapshot, model files and method: equal inputs, equal hash.',
  }),
  column('snapshot_id', ({ snapshotId }) => snapshotId, {
    ...{ unit: '-', range: id, meaning: 'The frozen list of images.' },
  }),
  column('snapshot_sha256', ({ contentHash }) => contentHash, {
    ...{ unit: '-', range: hash },
    meaning: 'Over the images and references of the snapshot: equal content, equal hash.',
  }),
  column('metric_set', ({ metricSet }) => metricSet, {
    ...{ unit: '-', range: 'a name', meaning: 'The named definitions, see Statistics.' },
  }),
  column('metrics_version', ({ metricsVersion }) => metricsVersion, {
    ...{ unit: '-', range: 'semantic version', meaning: 'Of the library that computed it.' },
  }),
);

const place = columnsFor<EstimateRow>(
  column('model', ({ model }) => model, {
    ...{ unit: '-', range: 'a registered family', emptyWhen: ofWhole },
    meaning: 'Family of the model version.',
  }),
  column('model_version', ({ modelVersion }) => modelVersion, {
    ...{ unit: '-', range: 'semantic version', emptyWhen: ofWhole },
    meaning: 'Version within the family; of a difference the one that is not the baseline.',
  }),
  column('model_version_id', ({ modelVersionId }) => modelVersionId, {
    ...{ unit: '-', range: id, emptyWhen: ofWhole },
    meaning: 'The model version, as in the API.',
  }),
  column('model_sha256', ({ modelSha256 }) => modelSha256, {
    ...{ unit: '-', range: hash, emptyWhen: ofWhole, meaning: 'Of the model file.' },
  }),
  column('task', ({ task }) => task, {
    ...{ unit: '-', range: 'melanoma, seborrheic_keratosis' },
    ...{ emptyWhen: 'the number concerns masks', meaning: 'The yes/no question.' },
  }),
  column('statistic', ({ statistic }) => statistic, {
    ...{ unit: '-', range: 'words with dots, such as auc or operating_point.sensitivity' },
    meaning: 'The name of the field in the API, with those that lead to it.',
  }),
  column('at', ({ at }) => at, {
    ...{ unit: '-', range: 'none, a threshold, a bin, or a subgroup such as SEX=FEMALE' },
    meaning: 'Where on its axis, or in which subgroup, the number stands.',
  }),
  column('positives', ({ positives }) => positives, count('Images whose reference label is 1.')),
  column('negatives', ({ negatives }) => negatives, count('Images whose reference label is 0.')),
  column('images', ({ images }) => images, count('Images that went in.')),
  column('patients', ({ patients }) => patients, count('Patients of those images.')),
);

const values = columnsFor<EstimateRow>(
  column(
    'value',
    ({ value }) => value,
    number({
      unit: 'see statistic',
      range: 'see statistic',
      emptyWhen: 'it does not exist',
      meaning: 'The estimate, or the plain number.',
    }),
  ),
  column(
    'low',
    ({ low }) => low,
    number({
      unit: 'as value',
      range: 'as value',
      emptyWhen: 'there is no interval',
      meaning: 'Lower limit of the interval.',
    }),
  ),
  column(
    'high',
    ({ high }) => high,
    number({
      unit: 'as value',
      range: 'as value',
      emptyWhen: 'there is no interval',
      meaning: 'Upper limit of the interval.',
    }),
  ),
  column(
    'standard_error',
    ({ standardError }) => standardError,
    number({
      unit: 'as value',
      range: 'from 0',
      emptyWhen: 'there is none',
      meaning: 'Standard error.',
    }),
  ),
  column(
    'level',
    ({ level }) => level,
    number({
      unit: 'probability',
      range: '0 to 1',
      emptyWhen: 'a plain number',
      meaning: 'Coverage that the interval aims at.',
    }),
  ),
  column('method', ({ method }) => method, {
    ...{ unit: '-', range: 'words', emptyWhen: 'a plain number' },
    meaning: 'How the interval was made.',
  }),
  column('undefined_reason', ({ undefinedReason }) => undefinedReason, {
    ...{ unit: '-', range: 'words with dashes', emptyWhen: 'everything is there' },
    meaning: 'Why there is no value, or no interval.',
  }),
);

export const estimatesTable: ExportTable<EstimateRow> = {
  name: 'estimates',
  grain: 'number of an evaluation or comparison, but for the points of curves',
  columns: [...provenance, ...place, ...values],
};
