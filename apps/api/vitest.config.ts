import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // One copy of graphql: its CommonJS and ESM builds refuse each other's objects.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['src/**/*.test.ts'],
    // As every entry point does: decorators need it before the first object type loads.
    setupFiles: ['reflect-metadata'],
    globalSetup: ['src/testing/build-before-tests.ts', 'src/testing/postgres.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
