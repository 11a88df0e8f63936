// Every static check, as many at a time as there are processors; prints what fails and a summary, exit 1 when one did.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** All others read what it makes. */
const BUILD = ['build', ['node', 'scripts/build.mjs', '--if-stale']];
// The longest are first.
/** @type {[name: string, command: [string, ...string[]]][]} */
const CHECKS = [
  ['format', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['lint', ['oxlint', '--type-aware', '--deny-warnings']],
  ['types', ['tsc', '--noEmit', '-p', '.']],
  ['types of the client', ['tsc', '--noEmit', '-p', 'packages/client']],
  [
    'boundaries',
    [
      'depcruise',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err',
      'src',
      'migrations',
      'packages/client/src',
    ],
  ],
  ['dead code', ['knip']],
  ['licences', ['node', 'scripts/licences.mjs']],
  ['openapi', ['node', 'scripts/openapi.mjs', '--check']],
  ['asyncapi', ['node', 'scripts/asyncapi.mjs', '--check']],
  ['permissions', ['node', 'scripts/permissions.mjs', '--check']],
  ['client types', ['node', 'scripts/client.mjs', '--check']],
  ['integrity', ['node', 'scripts/integrity.mjs', '--check']],
  ['migration drift', ['node', 'scripts/drift.mjs']],
];

/** Runs one, and tells of it when it has ended, so that what it prints stays together. @returns whether it passed */
function run([name, [command, ...args]]) {
  const started = performance.now();
  const { promise, resolve } = Promise.withResolvers();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (printed += text));
  child.once('error', (error) => (printed += `${error.message}\n`));
  child.once('close', (code) => {
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
    if (code !== 0) process.stdout.write(`${printed}\n`);
    resolve(code === 0);
  });
  return promise;
}

let failed = (await run(BUILD)) ? 0 : 1;
const waiting = [...CHECKS];
async function runWaiting() {
  for (let next = waiting.shift(); next; next = waiting.shift()) if (!(await run(next))) failed += 1;
}
await Promise.all(Array.from({ length: availableParallelism() }, runWaiting));
process.stdout.write(
  failed === 0 ? 'all checks passed\n' : `${failed} of ${CHECKS.length + 1} checks failed\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
