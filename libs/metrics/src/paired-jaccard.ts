import { checkLength } from './cases.js';
import type { BootstrapEstimate, BootstrapOptions } from './cluster-bootstrap.js';
import { checkedClusters, type ClusterIds } from './clusters.js';
import { differenceTest } from './difference-test.js';
import { clusterSeOf, meanOf, meanOverClusters } from './macro-mean.js';
import { mapValue, undef, type Interval, type Value } from './value.js';
import { wilcoxonSignedRank, type WilcoxonSignedRank } from './wilcoxon.js';

/** Segmentation of two versions on the same images. */
export interface PairedJaccard {
  /** Images where both versions have a value. */
  images: number;
  /** Images where at least one has none. */
  excluded: number;
  meanA: Value;
  meanB: Value;
  difference: {
    /** Mean of `B - A`: new minus reference, where A is the reference. */
    mean: Value;
    /** Over patients. */
    clusterSe: Value;
    /** `mean +- z clusterSe`, clamped to [-1, 1]. */
    clusterCi: Value<Interval>;
    /** Two-sided p of `mean / clusterSe`. */
    clusterP: Value;
    /** The primary interval: resampled patients. */
    bootstrap: BootstrapEstimate;
    /** Secondary, for independent images. */
    wilcoxon: Value<WilcoxonSignedRank>;
  };
}

/**
 * Compares the Jaccard index (or another value per image) of two versions, `B - A`, over the images
 * where both exist.
 *
 * Undefined: `no-cases` without such an image, `one-cluster` for the standard error and the bootstrap
 * of a single patient. Throws `MetricInputError`: `length-mismatch`, `non-finite-score`,
 * `bad-cluster`, `bad-count`, `bad-option`, `bad-level`. O(B n).
 *
 * @param a values of the reference version; an `Undef` or null where the image has none.
 * @param b values of the new version, same image order.
 * @param clusters patient of each image.
 */
export function comparePairedJaccard(
  a: ArrayLike<Value | null>,
  b: ArrayLike<Value | null>,
  clusters: ClusterIds,
  options: BootstrapOptions,
): PairedJaccard {
  checkLength(b, a.length, 'b');
  checkLength(clusters, a.length, 'clusters');
  const [keptA, keptB] = [new Float64Array(a.length), new Float64Array(a.length)];
  const kept = new Uint32Array(a.length);
  let images = 0;
  for (let i = 0; i < a.length; i++) {
    const [ofA, ofB] = [a[i], b[i]];
    if (typeof ofA !== 'number' || typeof ofB !== 'number') continue;
    keptA[images] = ofA;
    keptB[images] = ofB;
    kept[images++] = i;
  }
  const patients = checkedClusters(idsAt(clusters, kept.subarray(0, images)), images);
  const differences = keptB.slice(0, images);
  for (let i = 0; i < images; i++) differences[i]! -= keptA[i]!;
  const wilcoxon = wilcoxonSignedRank(differences);
  const meanAmong = (values: Float64Array): Value =>
    images === 0 ? undef('no-cases') : meanOf(values);
  const mean = meanAmong(differences);
  const clusterSe = mapValue(mean, (of) => clusterSeOf(differences, of, patients));
  const test = differenceTest(
    mean,
    mapValue(clusterSe, (se) => se * se),
    options.level ?? 0.95,
  );
  const bootstrap = meanOverClusters(differences, patients, options);
  return {
    images,
    excluded: a.length - images,
    meanA: meanAmong(keptA.slice(0, images)),
    meanB: meanAmong(keptB.slice(0, images)),
    difference: { mean, clusterSe, clusterCi: test.ci, clusterP: test.p, bootstrap, wilcoxon },
  };
}

/** The patients of the cases kept. */
function idsAt(clusters: ClusterIds, kept: Uint32Array): ClusterIds {
  if (kept.length === clusters.length) return clusters;
  return clusters instanceof Int32Array
    ? Int32Array.from(kept, (i) => clusters[i]!)
    : Array.from(kept, (i) => clusters[i]!);
}
