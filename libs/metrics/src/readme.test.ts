import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import { describe, expect, it } from 'vitest';
import * as metrics from './index.js';
import { mismatches } from '../testing/golden.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block]) => block!);

type Check = (got: unknown, expected: unknown, line: string) => void;

/** `expression; // => value` becomes a check of the value; the import takes from this library. */
function runnable(block: string): (library: typeof metrics, check: Check) => void {
  const code = block
    .replace(/import (\{[^}]*\}) from '@lesionwise\/metrics';/, 'const $1 = metrics;')
    .replace(/^(.*?);\s*\/\/ => (.*)$/gm, (line, expression: string, expected: string) => {
      return `check((${expression}), (${expected}), ${JSON.stringify(line)});`;
    });
  return compileFunction(code, ['metrics', 'check']) as (
    library: typeof metrics,
    check: Check,
  ) => void;
}

describe('the examples of the README', () => {
  it.each(blocks.map((block, k) => [k + 1, block]))('example %i gives what it says', (_, block) => {
    let checked = 0;
    runnable(block)(metrics, (got, expected, line) => {
      checked++;
      expect(mismatches(got, expected, { abs: 1e-12, rel: 0 }), line).toEqual([]);
    });
    expect(checked).toBeGreaterThan(0);
  });

  it('name only functions that are there, and every one of them', () => {
    const table = readme.slice(readme.indexOf('## What is there'), readme.indexOf('## Examples'));
    const named = [...table.matchAll(/`([A-Za-z0-9]+)`/g)].map(([, name]) => name!);
    const exported = Object.entries(metrics)
      .filter(([, of]) => typeof of === 'function')
      .map(([name]) => name);
    const elsewhere = [
      'MetricInputError',
      'isDefined',
      'mapValue',
      'undef',
      'cohortV1',
      'mulberry32',
    ];
    expect(named.filter((name) => !(name in metrics))).toEqual([]);
    expect(exported.filter((name) => !named.includes(name) && !elsewhere.includes(name))).toEqual(
      [],
    );
  });
});
