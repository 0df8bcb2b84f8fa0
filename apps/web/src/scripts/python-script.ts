import { exportFolder, exportQuery, headLines, type Shown, taskStem } from './shown';

/** A Python script that computes what is shown from the facts and holds it against what the server says. */
export const pythonScript = (shown: Shown) =>
  [
    ...headLines(shown).map((line) => `# ${line}`),
    '# Needs: pip install requests pandas scikit-learn',
    '# LESIONWISE_URL is the address of the server, LESIONWISE_TOKEN a token of scope READ.',
    'import io',
    'import os',
    'import sys',
    '',
    'import pandas as pd',
    'import requests',
    ...imports(shown),
    '',
    `SNAPSHOT_SHA256 = ${JSON.stringify(shown.snapshot.contentHash)}`,
    `FOLDER = ${JSON.stringify(exportFolder(shown))}`,
    `QUERY = ${JSON.stringify(exportQuery(shown))}`,
    `VERSIONS = {  # the baseline first`,
    ...shown.versions.map(({ id, title }) => `    "${id}": ${JSON.stringify(title)},`),
    '}',
    'TOLERANCE = 1e-9',
    '',
    '',
    'def table(name):',
    '    """One export as a data frame, every number with its last digit."""',
    '    answer = requests.get(',
    '        os.environ["LESIONWISE_URL"].rstrip("/") + f"{FOLDER}/{name}.csv{QUERY}",',
    '        headers={"authorization": "Bearer " + os.environ["LESIONWISE_TOKEN"]},',
    '        timeout=600,',
    '    )',
    '    answer.raise_for_status()',
    '    return pd.read_csv(',
    '        io.StringIO(answer.content.decode()),',
    '        float_precision="round_trip",',
    '        keep_default_na=False,',
    '        na_values=[""],',
    '    )',
    '',
    '',
    'facts = table("predictions")',
    'served = table("estimates")',
    'if set(facts["snapshot_sha256"]) != {SNAPSHOT_SHA256}:',
    '    sys.exit("The server holds another snapshot than the one that was shown.")',
    ...task(shown),
    'keys = zip(served["statistic"], served["model_version_id"], served["at"])',
    'served = dict(zip(keys, served["value"]))',
    'computed = {}',
    'for version in VERSIONS:',
    '    rows = facts[facts["model_version_id"] == version]',
    ...compute(shown),
    '',
    'wrong = 0',
    'for (statistic, version, at), value in computed.items():',
    '    name = f"{VERSIONS[version]} {statistic}" + (f" at {at}" if at != "none" else "")',
    '    expected = served.get((statistic, version, at))',
    '    if expected is None or pd.isna(expected):',
    '        print(f"{name}: computed {value!r}, not estimated by Lesionwise")',
    '        continue',
    '    agrees = abs(value - expected) <= TOLERANCE',
    '    wrong += not agrees',
    '    print(f"{name}: computed {float(value)!r}, served {float(expected)!r}", "" if agrees else "DIFFERENT")',
    'sys.exit(f"{wrong} numbers differ." if wrong else 0)',
    '',
  ].join('\n');

function imports({ statistic }: Shown): string[] {
  const names = {
    auc: 'roc_auc_score',
    averagePrecision: 'average_precision_score',
    operatingPoint: 'confusion_matrix',
    calibration: 'brier_score_loss',
    decisionCurve: 'confusion_matrix',
    subgroups: 'roc_auc_score',
    segmentation: undefined,
  }[statistic.kind];
  return names === undefined ? [] : [`from sklearn.metrics import ${names}`];
}

const task = ({ statistic }: Shown): string[] =>
  'task' in statistic
    ? [
        `facts = facts.dropna(subset=["${taskStem(statistic.task)}_label", "${taskStem(statistic.task)}_score"])`,
        `served = served[served["task"] == "${taskStem(statistic.task)}"]`,
      ]
    : ['served = served[served["task"].isna()]'];

function compute({ statistic }: Shown): string[] {
  if (statistic.kind === 'segmentation') {
    return [
      '    computed["mean_jaccard", version, "none"] = rows["jaccard"].mean()',
      '    computed["mean_dice", version, "none"] = rows["dice"].mean()',
    ];
  }
  const stem = taskStem(statistic.task);
  return [
    `    labels, scores = rows["${stem}_label"].astype(int), rows["${stem}_score"]`,
    '    if labels.nunique() < 2:',
    '        print(f"{VERSIONS[version]}: without scores of both classes nothing is defined")',
    '        continue',
    ...computeTask[statistic.kind],
  ];
}

const computeTask: Record<Exclude<Shown['statistic']['kind'], 'segmentation'>, string[]> = {
  auc: [
    '    computed["auc", version, "none"] = roc_auc_score(labels, scores)',
    '    baseline = computed.get(("auc", next(iter(VERSIONS)), "none"))',
    '    if version != next(iter(VERSIONS)) and baseline is not None:',
    '        computed["auc_difference", version, "none"] = computed["auc", version, "none"] - baseline',
  ],
  averagePrecision: [
    '    computed["average_precision", version, "none"] = average_precision_score(labels, scores)',
  ],
  operatingPoint: [
    '    threshold = served.get(("operating_point.threshold", version, "none"))',
    '    if threshold is None:',
    '        continue',
    '    tn, fp, fn, tp = confusion_matrix(labels, scores >= threshold, labels=[0, 1]).ravel()',
    '    computed["operating_point.counts.true_positives", version, "none"] = tp',
    '    computed["operating_point.counts.false_positives", version, "none"] = fp',
    '    computed["operating_point.sensitivity", version, "none"] = tp / (tp + fn)',
    '    computed["operating_point.specificity", version, "none"] = tn / (tn + fp)',
  ],
  calibration: [
    '    computed["calibration.brier", version, "none"] = brier_score_loss(labels, scores)',
  ],
  subgroups: [
    '    age = pd.cut(rows["age_years"], [-1, 44, 64, 200], labels=["UNDER_45", "45_TO_64", "65_AND_OLDER"])',
    '    pairs = {"I": "I_II", "II": "I_II", "III": "III_IV", "IV": "III_IV", "V": "V_VI", "VI": "V_VI"}',
    '    groups = {',
    '        "SEX": rows["sex"],',
    '        "AGE_GROUP": age.astype(object),',
    '        "ANATOMIC_SITE": rows["anatomic_site"],',
    '        "SKIN_TYPE": rows["skin_type"].map(pairs),',
    '        "MODALITY": rows["modality"],',
    '    }',
    '    for attribute, levels in groups.items():',
    '        for level, group in rows.groupby(levels.fillna("NOT_RECORDED")):',
    '            if labels[group.index].nunique() == 2:',
    '                area = roc_auc_score(labels[group.index], scores[group.index])',
    '                computed["subgroups.auc", version, f"{attribute}={level}"] = area',
  ],
  decisionCurve: [
    '    for statistic, of, at in served:',
    '        if (statistic, of) != ("decision_curve.net_benefit", version):',
    '            continue',
    '        threshold = float(at)',
    '        tn, fp, fn, tp = confusion_matrix(labels, scores >= threshold, labels=[0, 1]).ravel()',
    '        benefit = (tp - fp * threshold / (1 - threshold)) / len(labels)',
    '        computed["decision_curve.net_benefit", version, at] = benefit',
  ],
};
