// Prints `N passed, N failed, N skipped` of the last test run, and fails when it ran nothing or something failed.
import { readFileSync } from 'node:fs';

const results = JSON.parse(readFileSync(new URL('../coverage/results.json', import.meta.url), 'utf8'));
const skipped = results.numPendingTests + results.numTodoTests;
process.stdout.write(
  `${results.numPassedTests} passed, ${results.numFailedTests} failed, ${skipped} skipped\n`,
);
process.exitCode = results.numPassedTests > 0 && results.numFailedTests === 0 ? 0 : 1;
