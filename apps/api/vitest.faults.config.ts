import usual from './vitest.config.js';

/** What takes minutes: `npm run test:faults`. */
export default {
  ...usual,
  test: { ...usual.test, include: ['faults/**/*.test.ts'], testTimeout: 1_800_000 },
};
