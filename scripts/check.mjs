// Every static check, one after the other; prints what fails and a summary, exit 1 when one did.
import { spawnSync } from 'node:child_process';

/** @type {[name: string, command: [string, ...string[]]][]} */
const CHECKS = [
  ['build', ['node', 'scripts/build.mjs', '--if-stale']],
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

const failed = CHECKS.filter(([name, [command, ...args]]) => {
  const started = performance.now();
  const run = spawnSync(command, args, { encoding: 'utf8' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${run.status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
  if (run.status !== 0)
    process.stdout.write(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}\n`);
  return run.status !== 0;
});
process.stdout.write(
  failed.length === 0 ? 'all checks passed\n' : `${failed.length} of ${CHECKS.length} checks failed\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
