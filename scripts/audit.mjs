// Asks the registry for known vulnerabilities of what the product is installed with. Exit 0: none of high or critical
// severity; 1: there are; 2: the registry could not be asked, which is not the same as none.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const NOT_RUN = 2;
const GRAVE = new Set(['critical', 'high']);

const { stdout, error } = spawnSync('npm', ['audit', '--json', '--omit=dev', '--audit-level=high'], {
  cwd: dirname(dirname(fileURLToPath(import.meta.url))),
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
  maxBuffer: 64 * 1024 * 1024,
});

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const report = parsed(stdout ?? '');
const counts = report?.metadata?.vulnerabilities;
if (counts === undefined) {
  const reason = error?.message ?? report?.message ?? 'npm gave no report';
  process.stdout.write(`audit: NOT RUN, so nothing is known of vulnerabilities (${reason})\n`);
  process.exitCode = NOT_RUN;
} else {
  const grave = Object.values(report.vulnerabilities).filter(({ severity }) => GRAVE.has(severity));
  for (const { name, severity, range } of grave) process.stdout.write(`${severity}: ${name} ${range}\n`);
  process.stdout.write(
    `audit: ${counts.critical} critical, ${counts.high} high, ${counts.moderate} moderate, ${counts.low} low\n`,
  );
  process.exitCode = grave.length > 0 ? 1 : 0;
}
