import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    testTimeout: 60_000,
    // Threads and the check process are started from dist, so it must be of this very source.
    globalSetup: ['./build-before-tests.ts'],
  },
});
