import { defineConfig } from 'vitest/config';

// CI wants counts beside the result.
const ci = process.env['CI'] !== undefined;

export default defineConfig({
  test: {
    include: [
      'src/**/*.spec.ts',
      'training/**/*.spec.ts',
      'packages/*/src/**/*.spec.ts',
      'test/**/*.test.ts',
      'test/adversarial/*.spec.ts',
    ],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
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
