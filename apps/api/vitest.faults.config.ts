import { defineConfig, mergeConfig } from 'vitest/config';
import usual from './vitest.config.js';

/** What takes minutes: `npm run test:faults`. */
export default mergeConfig(
  { ...usual, test: { ...usual.test, include: [] } },
  defineConfig({ test: { include: ['faults/**/*.test.ts'], testTimeout: 1_800_000 } }),
);
