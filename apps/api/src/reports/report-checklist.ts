import type { ReportFacts } from './report-facts.js';
import { type Block, table, text } from './report.js';

interface Item {
  /** As STARD 2015 counts; `AI` for what STARD-AI and CLAIM ask beyond it. */
  number: string;
  asks: string;
  /** The section that answers it; otherwise what an author has to add. */
  found: (known: ReportFacts) => { section: string } | { missing: string };
}

const always = (section: string) => () => ({ section });
const never = (words: string) => () => ({ missing: words });
const when =
  (holds: (known: ReportFacts) => boolean, section: string, words: string) =>
  (known: ReportFacts) => (holds(known) ? { section } : { missing: words });

const hasPlan = ({ plan }: ReportFacts) => plan !== undefined;
const hasComparison = ({ evaluation }: ReportFacts) => evaluation.comparison !== null;
const hasProtocol = ({ study }: ReportFacts) => study.protocol.trim() !== '';
const eachVersion =
  (holds: (manifest: { training?: { data?: string; code?: string } }) => boolean) =>
  ({ versions }: ReportFacts) =>
    versions.every(({ manifest }) =>
      holds(manifest as { training?: { data?: string; code?: string } }),
    );

/** STARD 2015 (Bossuyt et al., BMJ 2015;351:h5527), and what its AI extension and CLAIM 2024 add. */
const items: readonly Item[] = [
  { number: '1', asks: 'Title says that accuracy was studied', found: always('Title') },
  { number: '2', asks: 'Structured summary', found: never('a summary in words') },
  {
    number: '3',
    asks: 'Background, intended use and role of the index test',
    found: never('background and intended use'),
  },
  {
    number: '4',
    asks: 'Objectives and hypotheses',
    found: when(hasProtocol, 'Study', 'no protocol was written'),
  },
  {
    number: '5',
    asks: 'Data collected before or after the tests',
    found: never('prospective or retrospective'),
  },
  { number: '6', asks: 'Eligibility', found: always('Study') },
  {
    number: '7',
    asks: 'How eligible participants were identified',
    found: never('how patients were found'),
  },
  {
    number: '8',
    asks: 'Setting, places, dates',
    found: never('setting, places and dates; dates are not kept'),
  },
  {
    number: '9',
    asks: 'Consecutive, random or convenience series',
    found: never('kind of series'),
  },
  { number: '10a', asks: 'Index test, to replicate it', found: always('Index test') },
  {
    number: '10b',
    asks: 'Reference standard, to replicate it',
    found: always('Reference standard'),
  },
  {
    number: '11',
    asks: 'Why this reference standard',
    found: never('reasons for the reference standard'),
  },
  {
    number: '12a',
    asks: 'Positivity thresholds of the index test',
    found: when(hasComparison, 'Results', 'no threshold was part of this evaluation'),
  },
  {
    number: '12b',
    asks: 'Positivity of the reference standard',
    found: always('Reference standard'),
  },
  {
    number: '13a',
    asks: 'What performers of the index test knew',
    found: when(
      ({ versions }) => versions.every(({ origin }) => origin !== 'IMPORTED_SCORES'),
      'Index test',
      'what was known where scores were made',
    ),
  },
  {
    number: '13b',
    asks: 'What assessors of the reference knew',
    found: never('whether assessors knew the results of the index test'),
  },
  { number: '14', asks: 'Methods of estimation and comparison', found: always('Analysis') },
  { number: '15', asks: 'Indeterminate results', found: always('Results') },
  { number: '16', asks: 'Missing data', found: always('Flow of images') },
  {
    number: '17',
    asks: 'Variability of accuracy',
    found: when(hasComparison, 'Results', 'no subgroups in this evaluation'),
  },
  {
    number: '18',
    asks: 'Intended sample size',
    found: when(hasPlan, 'Analysis', 'intended sample size'),
  },
  { number: '19', asks: 'Flow of participants', found: always('Flow of images') },
  { number: '20', asks: 'Demographic and clinical characteristics', found: always('Participants') },
  {
    number: '21a',
    asks: 'Severity of disease',
    found: never('severity, such as thickness of melanomas'),
  },
  { number: '21b', asks: 'Alternative diagnoses', found: always('Participants') },
  {
    number: '22',
    asks: 'Time and treatment between the tests',
    found: never('time between photograph and reference'),
  },
  {
    number: '23',
    asks: 'Index test against reference, in counts',
    found: when(hasComparison, 'Results', 'counts at a threshold'),
  },
  { number: '24', asks: 'Accuracy with intervals', found: always('Results') },
  { number: '25', asks: 'Adverse events', found: never('adverse events of either test') },
  { number: '26', asks: 'Limitations', found: never('limitations in words') },
  { number: '27', asks: 'Implications for practice', found: never('implications in words') },
  { number: '28', asks: 'Registration', found: never('registry and number') },
  {
    number: '29',
    asks: 'Where the protocol is',
    found: when(hasPlan, 'Analysis', 'where the protocol can be read'),
  },
  { number: '30', asks: 'Funding', found: never('funding and the role of funders') },
  { number: 'AI', asks: 'Model, version and file', found: always('Index test') },
  {
    number: 'AI',
    asks: 'What the model was trained on',
    found: when(
      eachVersion(({ training }) => Boolean(training?.data)),
      'Index test',
      'training data of every version',
    ),
  },
  {
    number: 'AI',
    asks: 'Overlap of training and test images',
    found: when(
      ({ versions }) => versions.every(({ trainingImages }) => trainingImages > 0),
      'Index test',
      'a training list of every version',
    ),
  },
  {
    number: 'AI',
    asks: 'Code of the training',
    found: when(
      eachVersion(({ training }) => Boolean(training?.code)),
      'Index test',
      'training code of every version',
    ),
  },
  {
    number: 'AI',
    asks: 'Fairness: accuracy by subgroup',
    found: when(hasComparison, 'Results', 'no subgroups in this evaluation'),
  },
  { number: 'AI', asks: 'Data, versions and hashes to recompute', found: always('Provenance') },
  { number: 'AI', asks: 'Failure analysis', found: never('what the errors have in common') },
  { number: 'AI', asks: 'Ethics approval and consent', found: never('approval and its number') },
];

export function checklist(known: ReportFacts): Block[] {
  const rows = items.map(({ number, asks, found }) => {
    const answer = found(known);
    const where = 'section' in answer ? answer.section : `missing: ${answer.missing}`;
    return [number, asks, where];
  });
  const count = rows.filter(([, , where]) => where?.startsWith('missing')).length;
  return [
    text(
      `Items of STARD 2015, and what its AI extension and CLAIM 2024 ask beyond it (AI). “Missing” is what Lesionwise does not know: ${count} of ${rows.length} items are for the author to add.`,
    ),
    table('What is reported where', ['Item', 'Asks for', 'Found in'], rows, 3),
  ];
}
