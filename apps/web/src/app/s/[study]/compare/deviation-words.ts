/** A rule of the plan that a question does not follow, as the API tells it. */
export interface Deviation {
  rule: string;
  planned?: unknown;
  asked?: unknown;
}

const ruleWords: Record<string, string> = {
  snapshotId: 'another snapshot',
  cohortId: 'a snapshot of another cohort',
  baselineVersionId: 'another baseline',
  candidateVersionIds: 'other versions',
  threshold: 'another threshold rule',
  margin: 'margin',
  alpha: 'two-sided level',
  correction: 'correction for several tests',
  clustering: 'what counts as independent',
  minimumCell: 'smallest class estimated',
  tasks: 'other tasks than the primary one',
  filter: 'narrowed by a filter',
  withoutTrainingOverlap: 'images near to a training list left out',
  commonImagesOnly: 'compared on the common images only',
};

/** "margin: planned 0.05, asked none"; where the values are ids, what differs is enough. */
export function deviationWords({ rule, planned, asked }: Deviation): string {
  const words = ruleWords[rule] ?? rule;
  const values = [planned, asked].map(valueWords);
  return values.every((value) => value !== undefined)
    ? `${words}: planned ${values[0] ?? ''}, asked ${values[1] ?? ''}`
    : words;
}

function valueWords(value: unknown): string | undefined {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'number') return String(value);
  // Names of rules are words; ids are none that anybody reads.
  return typeof value === 'string' && /^[A-Z_]+$/.test(value)
    ? value.toLowerCase().replaceAll('_', ' ')
    : undefined;
}
