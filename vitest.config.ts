import { defineConfig } from 'vitest/config';

// CI wants counts beside the result.
const ci = process.env['CI'] !== undefined;

/** It puts a file system of its own in the place of Node's, before anything else of its worker loads the real one. */
const ALONE = ['src/core/secrets/secret-file.spec.ts'];

export default defineConfig({
  test: {
    // Those that start the product come first, each file in a worker of its own; those of units share workers, and fill the end.
    projects: [
      {
        extends: true,
        test: {
          name: 'programs',
          include: ['test/**/*.test.ts', 'test/adversarial/*.spec.ts', ...ALONE],
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'units',
          include: ['src/**/*.spec.ts', 'training/**/*.spec.ts', 'packages/*/src/**/*.spec.ts'],
          exclude: ALONE,
          isolate: false,
        },
      },
    ],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // Machines are shared: what is waited for comes late there, and no test may hang on a second.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
    // A shared machine stops now and then: CI asks once more, and names whoever needed it (scripts/test-counts.mjs).
    retry: ci ? 1 : 0,
    reporters: ci ? ['default', ['json', { outputFile: 'coverage/results.json' }]] : ['default'],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.spec.ts'],
      reporter: ['text-summary', 'json-summary'],
      clean: false,
      thresholds: { lines: 85 },
    },
  },
});
