import { checklist } from './report-checklist.js';
import { flowFigure } from './report-figures.js';
import { resultBlocks } from './report-results.js';
import type { Level, ModelVersionFacts, ReportFacts } from './report-facts.js';
import { countOf, countWords, dayWords, plainWords, shareWords } from './report-words.js';
import { type Block, facts, missing, type Report, table, text } from './report.js';

/** The report on a frozen evaluation. What the system does not know is listed as missing, never guessed. */
export function writeReport(known: ReportFacts): Report {
  const { evaluation, study, cohort, snapshot, versions } = known;
  return {
    title: `${study.name}: diagnostic accuracy on ${cohort.name}`,
    subtitle: `${versions.map(({ title }) => title).join(', ')} · snapshot ${snapshot.code} · ${evaluation.purpose === 'CONFIRMATORY' ? 'confirmatory' : 'exploratory'} · computed ${dayWords(evaluation.createdAt)}`,
    notices: [
      ...(study.isSynthetic
        ? ['All images are computer-generated. Nothing here is about patients.']
        : []),
      'For research. Not a medical device, not for clinical use.',
    ],
    sections: [
      { id: 'study', title: 'Study', blocks: studyBlocks(known) },
      { id: 'flow', title: 'Flow of images', blocks: [flowFigure(known)] },
      { id: 'participants', title: 'Participants', blocks: participantBlocks(known) },
      { id: 'reference', title: 'Reference standard', blocks: referenceBlocks(known) },
      { id: 'index', title: 'Index test', blocks: versions.flatMap(versionBlocks) },
      { id: 'analysis', title: 'Analysis', blocks: analysisBlocks(known) },
      { id: 'results', title: 'Results', blocks: resultBlocks(known) },
      { id: 'provenance', title: 'Provenance', blocks: provenanceBlocks(known) },
      { id: 'checklist', title: 'Checklist', blocks: checklist(known) },
    ],
  };
}

const studyBlocks = ({ study, cohort, snapshot }: ReportFacts): Block[] => [
  ...(study.protocol.trim()
    ? [text(study.protocol)]
    : [missing('What the study asks: no protocol was written.')]),
  facts(
    ['Study', study.name],
    ['Cohort', cohort.name],
    ['Chosen by', filterWords(cohort.filter)],
    ['Snapshot', `${snapshot.code}, taken ${dayWords(snapshot.takenAt)}`],
    ['Size', `${countOf(snapshot.patients, 'patient')}, ${countOf(snapshot.images, 'image')}`],
  ),
];

/** The conditions as they were stored: a report must not say them more prettily than they are. */
function filterWords(filter: unknown): string {
  const conditions = Object.entries((filter ?? {}) as Record<string, unknown>);
  return conditions.length === 0
    ? 'no condition: every image that takes part'
    : conditions.map(([field, value]) => `${field}: ${JSON.stringify(value)}`).join('; ');
}

const ages = ['under 45', '45 to 64', '65 and older'];
const skinTypes = ['I', 'II', 'III', 'IV', 'V', 'VI'];

/** Levels that have an order of their own stand in it; what is not recorded comes last. */
function inOrder(levels: Level[], order: string[]): Level[] {
  const place = ({ level }: Level) => (level === null ? order.length : order.indexOf(level));
  return levels.toSorted((a, b) => place(a) - place(b));
}

function participantBlocks({ patients, images, snapshot }: ReportFacts): Block[] {
  const rows = (name: string, levels: Level[], total: number) =>
    levels.map(({ level, count }) => [
      ...[name, level === null ? 'not recorded' : plainWords(level)],
      shareWords(count, total),
    ]);
  return [
    table(
      `Patients, n ${countWords(snapshot.patients)}`,
      ['', '', 'Patients'],
      [
        ...rows('Sex', patients.sex, snapshot.patients),
        ...rows('Age in years', inOrder(patients.age, ages), snapshot.patients),
        ...rows('Fitzpatrick skin type', inOrder(patients.skinType, skinTypes), snapshot.patients),
      ],
      2,
    ),
    table(
      `Images, n ${countWords(snapshot.images)}`,
      ['', '', 'Images'],
      [
        ...rows('Anatomic site', images.site, snapshot.images),
        ...rows('Acquisition', images.modality, snapshot.images),
        ...rows('Reference diagnosis', images.diagnosis, snapshot.images),
      ],
      2,
    ),
  ];
}

const referenceBlocks = ({ images, flow, snapshot }: ReportFacts): Block[] => [
  text(
    'The reference diagnosis belongs to the lesion. The label of a task is derived from it: melanoma is 1 where the diagnosis is melanoma, and 0 otherwise; seborrheic keratosis likewise. References are those that counted when the snapshot was taken; later corrections do not enter.',
  ),
  table(
    'How the reference diagnoses were made',
    ['Method', 'Images'],
    images.method.map(({ level, count }) => [
      level === null ? 'no reference diagnosis' : plainWords(level),
      shareWords(count, snapshot.images),
    ]),
  ),
  facts(['Reference masks', shareWords(snapshot.images - flow.withoutMask, snapshot.images)]),
];

interface Manifest {
  input?: { width?: number; height?: number; fit?: string };
  licence?: string;
  maskThreshold?: number;
  training?: { data?: string; code?: string };
}

function versionBlocks({
  title,
  sha256,
  origin,
  manifest,
  trainingImages,
}: ModelVersionFacts): Block[] {
  const { input, licence, maskThreshold, training } = manifest as Manifest;
  const known: (readonly [string, string | undefined])[] = [
    ['Version', title],
    ['Origin', plainWords(origin)],
    ['SHA-256', sha256],
    [
      'Input',
      input?.width && input.height
        ? `${input.width} × ${input.height} px, ${input.fit ?? 'fit not said'}`
        : undefined,
    ],
    ['Mask threshold', maskThreshold === undefined ? undefined : String(maskThreshold)],
    ['Licence', licence],
    ['Trained on', training?.data],
    ['Training code', training?.code],
    ['Training list', trainingImages === 0 ? undefined : countOf(trainingImages, 'image')],
  ];
  const absent = known.filter(([, value]) => !value).map(([term]) => term.toLowerCase());
  return [
    facts(...known.flatMap(([term, value]) => (value ? [[term, value] as const] : []))),
    ...(isBlind(origin)
      ? [text('It sees the pixels of the photograph and nothing else: no reference and no record.')]
      : []),
    ...(absent.length > 0
      ? [missing(`Not said by the package of ${title}: ${absent.join(', ')}.`)]
      : []),
  ];
}

/** Scores that came from elsewhere may have been made with anything in view. */
const isBlind = (origin: string) => origin !== 'IMPORTED_SCORES';

function analysisBlocks({ evaluation, plan }: ReportFacts): Block[] {
  const { comparison, metricSet, metricsVersion } = evaluation;
  return [
    text(
      'Every version is judged on the same images. A statistic that does not exist is said in words with its reason. Pairs of empty masks have no Jaccard index: they are counted and left out.',
    ),
    ...(comparison ? [text(comparison.method.sentence), text(comparison.imageSet.sentence)] : []),
    facts(
      ['Definitions', `metric set ${metricSet}, @lesionwise/metrics ${metricsVersion}`],
      ['Unit of inference', 'the patient: images of one patient are not independent'],
    ),
    plan
      ? facts(
          [
            'Analysis plan',
            `version ${plan.version}, locked ${plan.lockedAt ? dayWords(plan.lockedAt) : 'never'}`,
          ],
          ['SHA-256', plan.sha256],
          ['Text', plan.text || 'none'],
        )
      : text('Exploratory: no analysis plan was fixed beforehand for this evaluation.'),
  ];
}

const provenanceBlocks = ({ evaluation, snapshot, versions }: ReportFacts): Block[] => [
  text('Who computes the same from the same inputs gets the same hash of inputs.'),
  facts(
    ['Evaluation', evaluation.id],
    ['Inputs', `sha256 ${evaluation.inputsHash}`],
    ['Snapshot', `sha256 ${snapshot.contentHash}`],
    ...versions.map(({ title, sha256 }) => [title, `sha256 ${sha256}`] as const),
    ...(evaluation.comparison
      ? [['Images compared', `sha256 ${evaluation.comparison.imageSet.sha256}`] as const]
      : []),
  ),
];
