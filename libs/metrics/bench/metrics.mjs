// Times the statistics on one core: node bench/metrics.mjs [--json], after a build. States the machine
// and never fails on time. PYTHON names a Python that has scikit-learn (python3 unless set),
// RSCRIPT an Rscript that has pROC.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import * as metrics from '../dist/index.js';

const RUNS = 9;

/** Best of nine, in milliseconds, after a warm-up of two: other work on the machine only adds time. */
function bestMs(run) {
  run();
  run();
  let best = Infinity;
  for (let k = 0; k < RUNS; k++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return Number(best.toFixed(3));
}

const MILLION = 1_000_000;
const cohort = (more) =>
  metrics.cohortV1({
    seed: 90004,
    n: MILLION,
    prevalence: 0.19,
    separation: [1.2],
    itemShared: 0.7,
    itemOwn: 0.9,
    ...more,
  });

function aucTimes() {
  const { labels, scores } = cohort({ float32: true });
  const spread = scores[0].map((score) => 8 * score - 4);
  const double = cohort({});
  return {
    auc1e6Ms: bestMs(() => metrics.auc(labels, scores[0])),
    aucDelong1e6Ms: bestMs(() => metrics.rocAuc(labels, scores[0])),
    aucAnyFloat32Ms: bestMs(() => metrics.auc(labels, spread)),
    aucDelongAnyFloat32Ms: bestMs(() => metrics.rocAuc(labels, spread)),
    aucFloat64Ms: bestMs(() => metrics.auc(double.labels, double.scores[0])),
    aucDelongFloat64Ms: bestMs(() => metrics.rocAuc(double.labels, double.scores[0])),
  };
}

function pairedTimes() {
  const five = cohort({ separation: [1.3, 1.28, 1.25, 1.2, 1.1], float32: true });
  const versions = five.scores.map((scores, k) => ({ name: `version ${k}`, scores }));
  const clustered = cohort({
    seed: 92000,
    n: 200_000,
    prevalence: 0.2,
    separation: [1.3, 1.2],
    clusterShared: 0.5,
    clusterOwn: 0.4,
    maxClusterSize: 20,
    mixPrevalence: true,
    float32: true,
  });
  const [a, b] = clustered.scores;
  return {
    paired5x1e6Ms: bestMs(() => metrics.compareAucs(five.labels, versions)),
    clusteredPaired2e5Ms: bestMs(() =>
      metrics.clusteredPairedAuc(clustered.labels, a, b, clustered.clusters),
    ),
  };
}

function smallTimes() {
  const { labels, scores, clusters } = cohort({
    n: 600,
    separation: [1.3, 1.2],
    clusterShared: 0.5,
    clusterOwn: 0.4,
    maxClusterSize: 5,
    float32: true,
  });
  const [a, b] = scores;
  const options = { replicates: 2000, seed: 1 };
  return {
    clusterBootstrap2000Ms: bestMs(() =>
      metrics.clusterBootstrap(metrics.aucDifferenceStatistic(labels, a, b), clusters, options),
    ),
    clusterBootstrapOneAuc2000Ms: bestMs(() =>
      metrics.clusterBootstrap(metrics.aucStatistic(labels, a), clusters, options),
    ),
    aucDelong600Ms: bestMs(() => metrics.rocAuc(labels, a)),
  };
}

/** A disc, as a lesion in a photograph of six megapixels. */
function disc(centreX, centreY, radius) {
  const [widthPx, heightPx] = [3000, 2000];
  const bits = new Uint8Array((widthPx * heightPx) / 8);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      if ((x - centreX) ** 2 + (y - centreY) ** 2 >= radius ** 2) continue;
      bits[(y * widthPx + x) >> 3] |= 1 << ((y * widthPx + x) & 7);
    }
  }
  return { widthPx, heightPx, bits };
}

/** The worst mask there is: every word is noise. */
function noise(seed) {
  const random = metrics.mulberry32(seed);
  const bits = new Uint8Array(750_000).map(() => random() & 255);
  return { widthPx: 3000, heightPx: 2000, bits };
}

function maskTimes() {
  const [reference, predicted] = [disc(1500, 1000, 600), disc(1600, 950, 580)];
  const [noiseA, noiseB] = [noise(1), noise(2)];
  return {
    jaccard6mpMs: bestMs(() => metrics.segmentationCounts(reference, predicted)),
    jaccardNoise6mpMs: bestMs(() => metrics.segmentationCounts(noiseA, noiseB)),
    hd95_6mpMs: bestMs(() => metrics.surfaceDistances(reference, predicted)),
    hd95Corners6mpMs: bestMs(() =>
      metrics.surfaceDistances(disc(300, 300, 290), disc(2700, 1700, 290)),
    ),
  };
}

const PYTHON_AUC = `
import sys, time
import numpy as np
from sklearn.metrics import roc_auc_score
n = ${MILLION}
raw = sys.stdin.buffer.read()
labels = np.frombuffer(raw[:n], dtype=np.uint8)
scores = np.frombuffer(raw[n:], dtype=np.float32)
best = 1e9
for _ in range(2 + ${RUNS}):
    start = time.perf_counter()
    roc_auc_score(labels, scores)
    best = min(best, time.perf_counter() - start)
print(best * 1000)
`;

/** scikit-learn's time for the same AUC over ours; null with the reason where it cannot be had. */
function sklearnRatio(auc1e6Ms) {
  const { labels, scores } = cohort({ float32: true });
  const input = Buffer.concat([labels, new Uint8Array(scores[0].buffer)]);
  const run = spawnSync(process.env.PYTHON ?? 'python3', ['-c', PYTHON_AUC], {
    input,
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  const sklearnAuc1e6Ms = Number(run.stdout);
  if (run.status !== 0 || !(sklearnAuc1e6Ms > 0)) {
    // A Python without scikit-learn says so and closes its input, which then fails as well.
    const reason = run.stderr?.trim().split('\n').at(-1) || run.error?.message;
    return { sklearnAucRatio: null, sklearnAucRatioReason: reason };
  }
  return {
    sklearnAuc1e6Ms: Number(sklearnAuc1e6Ms.toFixed(1)),
    sklearnAucRatio: Number((sklearnAuc1e6Ms / auc1e6Ms).toFixed(1)),
  };
}

const R_DELONG = `
suppressPackageStartupMessages(library(pROC))
input <- file("stdin", "rb")
n <- ${MILLION}
labels <- readBin(input, integer(), n, size = 1, signed = FALSE)
scores <- readBin(input, numeric(), n, size = 4)
best <- Inf
for (k in 1:3) {
  start <- proc.time()[["elapsed"]]
  curve <- roc(labels, scores, levels = c(0, 1), direction = "<", quiet = TRUE)
  variance <- var(curve, method = "delong")
  best <- min(best, proc.time()[["elapsed"]] - start)
}
cat(sprintf("%.17g", c(best * 1000, as.numeric(curve$auc), variance)))
`;

/** pROC's time for the same AUC with DeLong variance over ours, and how far the numbers differ. */
function procRatio(aucDelong1e6Ms) {
  const { labels, scores } = cohort({ float32: true });
  const run = spawnSync(process.env.RSCRIPT ?? 'Rscript', ['--vanilla', '-e', R_DELONG], {
    input: Buffer.concat([labels, new Uint8Array(scores[0].buffer)]),
    encoding: 'utf8',
  });
  const [procMs, auc, variance] = (run.stdout ?? '').trim().split(' ').map(Number);
  if (run.status !== 0 || !(procMs > 0)) {
    const reason = run.stderr?.trim().split('\n').at(-1) || run.error?.message;
    return { procDelongRatio: null, procDelongRatioReason: reason };
  }
  const ours = metrics.rocAuc(labels, scores[0]);
  return {
    procDelong1e6Ms: Number(procMs.toFixed(0)),
    procDelongRatio: Number((procMs / aucDelong1e6Ms).toFixed(1)),
    procAucDifference: Math.abs(auc - ours.auc),
    procVarianceRelativeDifference: Math.abs(variance / ours.variance - 1),
  };
}

const aucs = aucTimes();
const figures = {
  ...aucs,
  ...pairedTimes(),
  ...smallTimes(),
  ...maskTimes(),
  ...sklearnRatio(aucs.auc1e6Ms),
  ...procRatio(aucs.aucDelong1e6Ms),
  machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
};

if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
else console.table({ ...figures, machine: Object.values(figures.machine).join(', ') });
