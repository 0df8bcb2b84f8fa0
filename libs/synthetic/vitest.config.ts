import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    testTimeout: 60_000,
    // Drawing threads are started from dist, so it must be of this very source.
    globalSetup: ['./build-before-tests.ts'],
  },
});
