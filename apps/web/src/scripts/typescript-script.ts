import { exportFolder, exportQuery, headLines, type Shown, taskStem } from './shown';

/** The same for Node, which runs TypeScript as it is; nothing to install. */
export const typescriptScript = (shown: Shown) =>
  [
    ...headLines(shown).map((line) => `// ${line}`),
    '// Needs Node 22.18 or newer: node script.ts',
    '// LESIONWISE_URL is the address of the server, LESIONWISE_TOKEN a token of scope READ.',
    '',
    `const snapshotSha256 = ${JSON.stringify(shown.snapshot.contentHash)};`,
    `const folder = ${JSON.stringify(exportFolder(shown))};`,
    `const query = ${JSON.stringify(exportQuery(shown))};`,
    'const versions = new Map([',
    '  // The baseline first.',
    ...shown.versions.map(({ id, title }) => `  ["${id}", ${JSON.stringify(title)}],`),
    ']);',
    'const tolerance = 1e-9;',
    '',
    'type Row = Record<string, string | number | boolean | null>;',
    '',
    '/** One export, row by row. */',
    'async function table(name: string): Promise<Row[]> {',
    "  const url = process.env['LESIONWISE_URL']?.replace(/\\/$/, '');",
    "  const authorization = `Bearer ${process.env['LESIONWISE_TOKEN']}`;",
    '  const answer = await fetch(`${url}${folder}/${name}.ndjson${query}`, { headers: { authorization } });',
    '  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);',
    '  const lines = (await answer.text()).split("\\n");',
    '  return lines.filter(Boolean).map((line) => JSON.parse(line) as Row);',
    '}',
    '',
    'const facts = await table("predictions");',
    'const served = await table("estimates");',
    'if (facts.some((row) => row.snapshot_sha256 !== snapshotSha256)) {',
    '  throw new Error("The server holds another snapshot than the one that was shown.");',
    '}',
    `const task = ${'task' in shown.statistic ? `"${taskStem(shown.statistic.task)}"` : 'null'};`,
    'const servedRows = served.filter((row) => row.task === task);',
    'const servedValue = (statistic: string, version: string, at = "none") =>',
    '  servedRows.find((row) => row.statistic === statistic && row.model_version_id === version && row.at === at)?.value as number | null | undefined;',
    '',
    'let wrong = 0;',
    'function check(statistic: string, version: string, value: number, at = "none") {',
    '  const expected = servedValue(statistic, version, at);',
    '  const name = `${versions.get(version)} ${statistic}${at === "none" ? "" : ` at ${at}`}`;',
    '  if (typeof expected !== "number") {',
    '    console.log(`${name}: computed ${value}, not estimated by Lesionwise`);',
    '    return;',
    '  }',
    '  const agrees = Math.abs(value - expected) <= tolerance;',
    '  if (!agrees) wrong += 1;',
    '  console.log(`${name}: computed ${value}, served ${expected}${agrees ? "" : " DIFFERENT"}`);',
    '}',
    '',
    ...functions(shown),
    'for (const version of versions.keys()) {',
    '  const rows = facts.filter((row) => row.model_version_id === version);',
    ...compute(shown),
    '}',
    'if (wrong > 0) throw new Error(`${wrong} numbers differ.`);',
    '',
  ].join('\n');

function functions({ statistic }: Shown): string[] {
  if (statistic.kind !== 'auc' && statistic.kind !== 'subgroups') return [];
  const perVersion =
    statistic.kind === 'auc'
      ? ['const [baseline = ""] = versions.keys();', 'const areas = new Map<string, number>();']
      : [];
  return [
    '/** The share of pairs in which the positive scores higher; ties count one half. */',
    'function areaUnderCurve(labels: number[], scores: number[]): number {',
    '  const order = scores.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!);',
    '  let rankSum = 0;',
    '  for (let from = 0; from < order.length; ) {',
    '    let to = from;',
    '    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to += 1;',
    '    const midrank = (from + to + 1) / 2;',
    '    for (let i = from; i < to; i += 1) if (labels[order[i]!] === 1) rankSum += midrank;',
    '    from = to;',
    '  }',
    '  const positives = labels.filter((label) => label === 1).length;',
    '  const pairs = positives * (labels.length - positives);',
    '  return (rankSum - (positives * (positives + 1)) / 2) / pairs;',
    '}',
    ...perVersion,
    '',
  ];
}

function compute({ statistic }: Shown): string[] {
  if (statistic.kind === 'segmentation') {
    return [
      '  for (const name of ["jaccard", "dice"]) {',
      '    const values = rows.map((row) => row[name]).filter((value) => typeof value === "number");',
      '    check(`mean_${name}`, version, values.reduce((sum, value) => sum + value, 0) / values.length);',
      '  }',
    ];
  }
  const stem = taskStem(statistic.task);
  return [
    `  const known = rows.filter((row) => row.${stem}_label !== null && row.${stem}_score !== null);`,
    `  const labels = known.map((row) => row.${stem}_label as number);`,
    `  const scores = known.map((row) => row.${stem}_score as number);`,
    '  if (new Set(labels).size < 2) {',
    '    console.log(`${versions.get(version)}: without scores of both classes nothing is defined`);',
    '    continue;',
    '  }',
    ...computeTask[statistic.kind],
  ];
}

const counts = [
  'const called = scores.map((score) => score >= threshold);',
  'const tp = called.filter((isCalled, i) => isCalled && labels[i] === 1).length;',
  'const fp = called.filter((isCalled, i) => isCalled && labels[i] === 0).length;',
];

const computeTask: Record<Exclude<Shown['statistic']['kind'], 'segmentation'>, string[]> = {
  auc: [
    '  areas.set(version, areaUnderCurve(labels, scores));',
    '  check("auc", version, areas.get(version)!);',
    '  if (version !== baseline && areas.has(baseline)) {',
    '    check("auc_difference", version, areas.get(version)! - areas.get(baseline)!);',
    '  }',
  ],
  averagePrecision: [
    '  const positives = labels.filter((label) => label === 1).length;',
    '  let [area, before] = [0, 0];',
    '  for (const cut of [...new Set(scores)].sort((a, b) => b - a)) {',
    '    const called = labels.filter((_, i) => scores[i]! >= cut);',
    '    const hits = called.filter((label) => label === 1).length;',
    '    area += ((hits - before) / positives) * (hits / called.length);',
    '    before = hits;',
    '  }',
    '  check("average_precision", version, area);',
  ],
  operatingPoint: [
    '  const threshold = servedValue("operating_point.threshold", version);',
    '  if (typeof threshold !== "number") continue;',
    ...counts.map((line) => `  ${line}`),
    '  const positives = labels.filter((label) => label === 1).length;',
    '  check("operating_point.counts.true_positives", version, tp);',
    '  check("operating_point.counts.false_positives", version, fp);',
    '  check("operating_point.sensitivity", version, tp / positives);',
    '  check("operating_point.specificity", version, 1 - fp / (labels.length - positives));',
  ],
  calibration: [
    '  const squares = scores.map((score, i) => (score - labels[i]!) ** 2);',
    '  check("calibration.brier", version, squares.reduce((sum, x) => sum + x, 0) / squares.length);',
  ],
  subgroups: [
    '  const age = ({ age_years: years }: Row) =>',
    '    years === null ? null : Number(years) < 45 ? "UNDER_45" : Number(years) < 65 ? "45_TO_64" : "65_AND_OLDER";',
    '  const pairs: Row = { I: "I_II", II: "I_II", III: "III_IV", IV: "III_IV", V: "V_VI", VI: "V_VI" };',
    '  const groups: Record<string, (row: Row) => unknown> = {',
    '    SEX: (row) => row.sex,',
    '    AGE_GROUP: age,',
    '    ANATOMIC_SITE: (row) => row.anatomic_site,',
    '    SKIN_TYPE: (row) => pairs[String(row.skin_type)],',
    '    MODALITY: (row) => row.modality,',
    '  };',
    '  for (const [attribute, levelOf] of Object.entries(groups)) {',
    '    const levels = known.map((row) => String(levelOf(row) ?? "NOT_RECORDED"));',
    '    for (const level of new Set(levels)) {',
    '      const inLevel = (_: unknown, i: number) => levels[i] === level;',
    '      const [labelsThere, scoresThere] = [labels.filter(inLevel), scores.filter(inLevel)];',
    '      if (new Set(labelsThere).size < 2) continue;',
    '      check("subgroups.auc", version, areaUnderCurve(labelsThere, scoresThere), `${attribute}=${level}`);',
    '    }',
    '  }',
  ],
  decisionCurve: [
    '  for (const row of servedRows) {',
    '    if (row.statistic !== "decision_curve.net_benefit" || row.model_version_id !== version) continue;',
    '    const threshold = Number(row.at);',
    ...counts.map((line) => `    ${line}`),
    '    const benefit = (tp - (fp * threshold) / (1 - threshold)) / labels.length;',
    '    check("decision_curve.net_benefit", version, benefit, String(row.at));',
    '  }',
  ],
};
