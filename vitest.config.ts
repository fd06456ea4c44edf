import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    // Files share the modules of their worker: nothing of ours keeps anything outside of a test's own world.
    isolate: false,
    // One more than the two cores of a small machine: scenarios mostly wait for what they made go wrong.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
