import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { metricsVersion } from './version.js';

it('metricsVersion is the version of the package', () => {
  const file = new URL('../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  expect(metricsVersion).toBe(version);
});
