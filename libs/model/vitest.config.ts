import { defineConfig } from 'vitest/config';
import { softwareVulkan } from '../../tools/vulkan.mjs';

// Before the tests' processes start: their loader reads its paths but once.
Object.assign(process.env, softwareVulkan());

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    testTimeout: 60_000,
    // Threads and the check process are started from dist, so it must be of this very source.
    globalSetup: ['./build-before-tests.ts'],
  },
});
