import { exportFolder, exportQuery, headLines, type Shown, taskStem } from './shown';

/** The same in R; pROC does the statistics, everything else is R itself. */
export const rScript = (shown: Shown) =>
  [
    ...headLines(shown).map((line) => `# ${line}`),
    '# Needs: install.packages("pROC")',
    '# LESIONWISE_URL is the address of the server, LESIONWISE_TOKEN a token of scope READ.',
    'suppressMessages(library(pROC))',
    '',
    `snapshot_sha256 <- ${JSON.stringify(shown.snapshot.contentHash)}`,
    `folder <- ${JSON.stringify(exportFolder(shown))}`,
    `query <- ${JSON.stringify(exportQuery(shown))}`,
    'versions <- c( # the baseline first',
    shown.versions.map(({ id, title }) => `  "${id}" = ${JSON.stringify(title)}`).join(',\n'),
    ')',
    'tolerance <- 1e-9',
    '',
    '# One export as a data frame.',
    'table_of <- function(name) {',
    '  file <- tempfile(fileext = ".csv")',
    '  on.exit(unlink(file))',
    '  address <- paste0(sub("/$", "", Sys.getenv("LESIONWISE_URL")), folder, "/", name, ".csv", query)',
    '  token <- c(authorization = paste("Bearer", Sys.getenv("LESIONWISE_TOKEN")))',
    '  status <- download.file(address, file, headers = token, quiet = TRUE, method = "libcurl")',
    '  if (status != 0) stop("The download of ", name, " failed.")',
    '  read.csv(file, na.strings = "", check.names = FALSE)',
    '}',
    '',
    'facts <- table_of("predictions")',
    'served <- table_of("estimates")',
    'if (!identical(unique(facts$snapshot_sha256), snapshot_sha256))',
    '  stop("The server holds another snapshot than the one that was shown.")',
    ...task(shown),
    '',
    'wrong <- 0',
    'check <- function(statistic, version, value, at = "none") {',
    '  name <- paste(c(versions[[version]], statistic, if (at != "none") c("at", at)), collapse = " ")',
    '  expected <- served_value(statistic, version, at)',
    '  if (is.na(expected)) {',
    '    cat(sprintf("%s: computed %.17g, not estimated by Lesionwise\\n", name, value))',
    '    return(invisible())',
    '  }',
    '  agrees <- abs(value - expected) <= tolerance',
    '  if (!agrees) wrong <<- wrong + 1',
    '  cat(sprintf("%s: computed %.17g, served %.17g%s\\n", name, value, expected, if (agrees) "" else " DIFFERENT"))',
    '}',
    'served_value <- function(statistic, version, at = "none") {',
    '  found <- served$statistic == statistic & served$model_version_id == version & served$at == at',
    '  if (any(found)) served$value[found][1] else NA',
    '}',
    '',
    ...(shown.statistic.kind === 'auc' ? ['areas <- c()'] : []),
    'for (version in names(versions)) {',
    '  rows <- facts[facts$model_version_id == version, ]',
    ...compute(shown),
    '}',
    'if (wrong > 0) stop(wrong, " numbers differ.")',
    '',
  ].join('\n');

const task = ({ statistic }: Shown): string[] =>
  'task' in statistic
    ? [
        `facts <- facts[!is.na(facts$${taskStem(statistic.task)}_label) & !is.na(facts$${taskStem(statistic.task)}_score), ]`,
        `served <- served[!is.na(served$task) & served$task == "${taskStem(statistic.task)}", ]`,
      ]
    : ['served <- served[is.na(served$task), ]'];

function compute({ statistic }: Shown): string[] {
  if (statistic.kind === 'segmentation') {
    return [
      '  check("mean_jaccard", version, mean(rows$jaccard, na.rm = TRUE))',
      '  check("mean_dice", version, mean(rows$dice, na.rm = TRUE))',
    ];
  }
  const stem = taskStem(statistic.task);
  return [
    `  labels <- rows$${stem}_label`,
    `  scores <- rows$${stem}_score`,
    '  if (length(unique(labels)) < 2) {',
    '    cat(versions[[version]], ": without scores of both classes nothing is defined\\n", sep = "")',
    '    next',
    '  }',
    ...computeTask[statistic.kind],
  ];
}

const counts = [
  'called <- scores >= threshold',
  'tp <- sum(called & labels == 1)',
  'fp <- sum(called & labels == 0)',
];

const computeTask: Record<Exclude<Shown['statistic']['kind'], 'segmentation'>, string[]> = {
  auc: [
    '  area <- as.numeric(auc(roc(labels, scores, levels = c(0, 1), direction = "<", quiet = TRUE)))',
    '  check("auc", version, area)',
    '  areas[version] <- area',
    '  baseline <- areas[names(versions)[1]]',
    '  if (version != names(versions)[1] && !is.na(baseline))',
    '    check("auc_difference", version, area - unname(baseline))',
  ],
  averagePrecision: [
    '  cuts <- sort(unique(scores), decreasing = TRUE)',
    '  called <- vapply(cuts, function(cut) sum(scores >= cut), numeric(1))',
    '  hits <- vapply(cuts, function(cut) sum(scores >= cut & labels == 1), numeric(1))',
    '  recall <- hits / sum(labels == 1)',
    '  check("average_precision", version, sum(diff(c(0, recall)) * hits / called))',
  ],
  operatingPoint: [
    '  threshold <- served_value("operating_point.threshold", version)',
    '  if (is.na(threshold)) next',
    ...counts.map((line) => `  ${line}`),
    '  check("operating_point.counts.true_positives", version, tp)',
    '  check("operating_point.counts.false_positives", version, fp)',
    '  check("operating_point.sensitivity", version, tp / sum(labels == 1))',
    '  check("operating_point.specificity", version, 1 - fp / sum(labels == 0))',
  ],
  calibration: ['  check("calibration.brier", version, mean((scores - labels)^2))'],
  subgroups: [
    '  pairs <- c(I = "I_II", II = "I_II", III = "III_IV", IV = "III_IV", V = "V_VI", VI = "V_VI")',
    '  ages <- cut(rows$age_years, c(-1, 44, 64, 200), labels = c("UNDER_45", "45_TO_64", "65_AND_OLDER"))',
    '  groups <- list(',
    '    SEX = rows$sex, AGE_GROUP = as.character(ages), ANATOMIC_SITE = rows$anatomic_site,',
    '    SKIN_TYPE = unname(pairs[as.character(rows$skin_type)]), MODALITY = rows$modality',
    '  )',
    '  for (attribute in names(groups)) {',
    '    levels <- ifelse(is.na(groups[[attribute]]), "NOT_RECORDED", groups[[attribute]])',
    '    for (level in unique(levels)) {',
    '      known <- levels == level',
    '      if (length(unique(labels[known])) < 2) next',
    '      curve <- roc(labels[known], scores[known], levels = c(0, 1), direction = "<", quiet = TRUE)',
    '      check("subgroups.auc", version, as.numeric(auc(curve)), paste0(attribute, "=", level))',
    '    }',
    '  }',
  ],
  decisionCurve: [
    '  points <- served$statistic == "decision_curve.net_benefit" & served$model_version_id == version',
    '  for (at in served$at[points]) {',
    '    threshold <- as.numeric(at)',
    ...counts.map((line) => `    ${line}`),
    '    benefit <- (tp - fp * threshold / (1 - threshold)) / length(labels)',
    '    check("decision_curve.net_benefit", version, benefit, at)',
    '  }',
  ],
};
