import { fileURLToPath } from 'node:url';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { boundaries } from './boundaries.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the import boundaries say of one line of code in one file. */
function refusals(file: string, code: string): string[] {
  const config = boundaries.map((entry) => ({
    ...entry,
    languageOptions: { parser: tseslint.parser },
  })) as Linter.Config[];
  return new Linter({ cwd: root })
    .verify(code, config, { filename: root + file })
    .map((m) => m.message);
}

describe('statistics outside libs/metrics', () => {
  it.each([
    ['apps/api/src/evaluation/a.ts', 'export const se = (v: number) => Math.sqrt(v);'],
    ['apps/api/src/evaluation/a.ts', 'export function jaccard() { return 1; }'],
    ['apps/web/src/plots/a.ts', 'const median = (values: number[]) => values[0];'],
    ['apps/web/src/plots/a.ts', 'const rate = point.falsePositives / total;'],
    ['apps/api/src/images/a.ts', 'const share = tp / (tp + fp + fn) + n / negatives;'],
  ])('is refused in %s: %s', (file, code) => {
    expect(refusals(file, code)).toEqual([expect.stringContaining('@lesionwise/metrics')]);
  });

  it('is not seen where numbers are only formatted', () => {
    const code = 'const shown = (probability * 100).toFixed(0) + width / 2;';
    expect(refusals('apps/web/src/plots/a.ts', code)).toEqual([]);
  });
});

describe('import boundaries', () => {
  it.each([
    ['apps/api/src/patients/a.ts', "import '../evaluation/evaluation.service.js';"],
    ['apps/api/src/images/a.ts', "import '../inference/inference-run.service.js';"],
    ['apps/api/src/inference/a.ts', "import '../images/challenge-folder.js';"],
    ['apps/api/src/patients/a.ts', "import '@lesionwise/model';"],
    ['apps/api/src/inference/a.ts', "import '@lesionwise/model';"],
    ['apps/api/src/inference/a.ts', "import '../scoring/score-chunk.service.js';"],
    ['apps/api/src/models/a.ts', "import '../generated/prisma/client.js';"],
    ['apps/api/src/models/a.ts', "import '@lesionwise/model/dist/session.js';"],
    ['libs/metrics/src/a.ts', "import { readFileSync } from 'node:fs';"],
    ['libs/metrics/src/a.ts', "import sharp from 'sharp';"],
    ['libs/model/src/a.ts', "import '@lesionwise/metrics';"],
    ['libs/model/src/a.ts', "import '../../../apps/api/src/db.js';"],
    ['apps/web/src/app/page.tsx', "import '@lesionwise/metrics';"],
    ['e2e/journey.spec.ts', "import '@lesionwise/api';"],
  ])('refuses in %s: %s', (file, code) => {
    expect(refusals(file, code)).toHaveLength(1);
  });

  it.each([
    ['apps/api/src/images/a.ts', "import '../patients/lesion.loader.js';"],
    ['apps/api/src/evaluation/a.ts', "import '../inference/prediction.type.js';"],
    ['apps/api/src/scoring/a.ts', "import '@lesionwise/model';"],
    ['apps/api/src/evaluation/a.ts', "import { rocAuc } from '@lesionwise/metrics';"],
    ['libs/metrics/src/a.ts', "import './auc.js';"],
  ])('allows in %s: %s', (file, code) => {
    expect(refusals(file, code)).toEqual([]);
  });
});
