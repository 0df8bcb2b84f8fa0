import { headLines, type Shown } from './shown';

const estimate = '{ value low high standardError method undefinedReason }';

/** The question that the page itself asks, for the explorer or for curl. */
export function graphqlScript(shown: Shown): string {
  const { source, statistic } = shown;
  const head = headLines(shown).map((line) => `# ${line}`);
  const isKept = source.kind === 'evaluation' && statistic.kind in ofEvaluation;
  const selection = isKept
    ? ofEvaluation[statistic.kind as keyof typeof ofEvaluation]
    : ofComparison[statistic.kind];
  const body = [
    'snapshot { id contentHash }',
    ...(source.kind === 'evaluation' && !isKept ? [`comparison { ${selection} }`] : [selection]),
  ];
  const lines = body.map((line) => `    ${line}`);
  return (
    source.kind === 'evaluation'
      ? [...head, 'query {', `  evaluation(id: "${source.id}") {`, ...lines, '  }', '}', '']
      : [
          ...head,
          `# Variables: ${JSON.stringify({ input: source.input })}`,
          'query ($input: ComparisonInput!) {',
          '  comparison(input: $input) {',
          ...lines,
          '  }',
          '}',
          '',
        ]
  ).join('\n');
}

const version = 'modelVersion { id title sha256 }';

/** What every evaluation keeps by version, also those made before comparisons were kept. */
const ofEvaluation = {
  auc: `versions { ${version} tasks { task positives negatives patients auc ${estimate} } }`,
  segmentation: `versions { ${version} segmentation { images meanJaccard ${estimate} meanDice ${estimate} } }`,
} as const;

const inTask = (selection: string) =>
  `tasks { task positives negatives patients versions { ${version} ${selection} } }`;

const ofComparison: Record<Shown['statistic']['kind'], string> = {
  auc: `tasks { task positives negatives patients versions { ${version} auc ${estimate} } differences { ${version} difference ${estimate} p adjustedP sentence } }`,
  averagePrecision: inTask(`averagePrecision ${estimate}`),
  operatingPoint: inTask(
    `operatingPoint { threshold chosen counts { truePositives falsePositives falseNegatives trueNegatives } sensitivity ${estimate} specificity ${estimate} }`,
  ),
  calibration: inTask(`calibration { brier ${estimate} slope ${estimate} inTheLarge ${estimate} }`),
  decisionCurve: inTask(
    `decisionCurve { threshold netBenefit ${estimate} treatAll avoidedPer100 ${estimate} }`,
  ),
  subgroups: `tasks { task subgroups { attribute levels { level positives negatives patients notEstimated versions { ${version} auc ${estimate} } } } }`,
  segmentation: `segmentation { images versions { ${version} meanJaccard ${estimate} meanDice ${estimate} } differences { ${version} difference ${estimate} } }`,
};
