import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as metrics from './index.js';
import {
  cohortOf,
  maskOfRows,
  mismatches,
  revive,
  valuesOf,
  type GoldenCase,
  type GoldenFile,
} from './testing/golden.js';

const folder = new URL('../../../../shared/golden/', import.meta.url);
const groups = existsSync(folder)
  ? readdirSync(folder).map(
      (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as GoldenFile,
    )
  : [];

type Input = Record<string, never>;

const adapters: Record<string, (input: Input) => unknown> = {
  rocAuc: (input) => {
    const { labels, scores } = cohortOf(input);
    return metrics.rocAuc(labels, scores[0]!);
  },
  isic2017Classification: (input) => ({ metrics: metrics.isic2017Classification(input as never) }),
  segmentationMetrics: (input) => {
    const counts = metrics.segmentationCounts(
      maskOfRows(input['reference']!),
      maskOfRows(input['predicted']!),
    );
    return {
      counts,
      isic2017: metrics.segmentationMetrics(counts, 'isic2017-v1'),
      isic2018: metrics.segmentationMetrics(counts, 'isic2018-seg'),
    };
  },
  macroMean: (input) => {
    const a = metrics.macroMean(valuesOf(input['jaccardA']), input['clusters']);
    return { images: a.images, macroMeanA: a.mean, sd: a.sd, tCi: a.tCi, clusterSeA: a.clusterSe };
  },
};

for (const { group, cases } of groups) {
  describe(`golden ${group}`, () => {
    it.each(cases)('$id', (golden: GoldenCase) => {
      const name = golden.fn.split(/[ ,]/)[0]!;
      const adapter = adapters[name];
      if (!adapter) return;
      const input = revive(golden.input) as Input;
      if ('throws' in golden.expected) {
        expect(() => adapter(input)).toThrow(
          expect.objectContaining({ code: golden.expected['throws'] }),
        );
        return;
      }
      expect(mismatches(adapter(input), golden.expected, golden.tolerance)).toEqual([]);
    });
  });
}
