import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { adapters } from '../testing/golden-adapters.js';
import { mismatches, revive, type GoldenCase, type GoldenFile } from '../testing/golden.js';

// The shared set lies beside a checkout of the repository; our own lies in it.
const shared = new URL('../../../../shared/golden/', import.meta.url);
const own = new URL('../golden/', import.meta.url);
const folders = existsSync(shared) ? { shared, own } : { own };

for (const [name, folder] of Object.entries(folders)) {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as GoldenFile);
  const cases = files.reduce((sum, file) => sum + file.cases.length, 0);
  console.info(`golden vectors: the ${name} set, ${files.length} groups, ${cases} cases`);

  describe.each(files)(`${name} golden vectors, $group`, (file) => {
    it.each(file.cases)('$id', (golden: GoldenCase) => {
      const adapter = adapters[golden.fn.split(/[ ,]/)[0]!];
      if (!adapter) throw new Error(`nothing computes ${golden.fn}`);
      const input = revive(golden.input) as Record<string, unknown>;
      if ('throws' in golden.expected) {
        const code = golden.expected['throws'];
        expect(() => adapter(input, golden)).toThrow(expect.objectContaining({ code }));
        return;
      }
      expect(Object.keys(golden.expected).length).toBeGreaterThan(0);
      expect(mismatches(adapter(input, golden), golden.expected, golden.tolerance)).toEqual([]);
    });
  });
}
