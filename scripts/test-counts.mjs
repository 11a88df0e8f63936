// Names the tests of the last run that passed only when asked again, and prints `N passed, N failed, N skipped`. It fails
// where nothing ran, where something failed, and where more were unsure than a busy machine explains.
import { readFileSync } from 'node:fs';

const MOST_UNSURE = 5;

const results = JSON.parse(readFileSync(new URL('../coverage/results.json', import.meta.url), 'utf8'));
const unsure = results.testResults.flatMap(({ name, assertionResults }) =>
  assertionResults
    .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
    .map(({ fullName, failureMessages }) => ({ name, fullName, why: failureMessages[0].split('\n')[0] })),
);
for (const { name, fullName, why } of unsure) {
  process.stdout.write(`passed when asked again: ${name} › ${fullName}: ${why}\n`);
}
const skipped = results.numPendingTests + results.numTodoTests;
process.stdout.write(
  `${results.numPassedTests} passed, ${results.numFailedTests} failed, ${skipped} skipped\n`,
);
const sound = results.numPassedTests > 0 && results.numFailedTests === 0 && unsure.length <= MOST_UNSURE;
process.exitCode = sound ? 0 : 1;
