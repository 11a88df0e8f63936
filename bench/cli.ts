import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { externalHome } from './external-home.js';
import { figure, figureAtMost, printFigures } from './figure.js';

const CLI = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'cli.js');
const home = mkdtempSync(join(tmpdir(), 'azt3knet-bench-'));
const env = { PATH: process.env['PATH'], HOME: home, AZT3KNET_DATA_DIR: join(home, 'data') };
const POPULATE = 'populate --gender female --count 100 --country MX --seed 1 --preview 1 --json'.split(' ');

/** The median of so many runs of Node.js with these arguments, in milliseconds. */
function median(runs: number, ...args: string[]): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    const { status } = spawnSync(process.execPath, args, { env, stdio: 'ignore' });
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
    return performance.now() - started;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN;
}

// The first runs fill the cache of compiled code and make the database.
median(1, CLI, '--help');
median(1, CLI, ...POPULATE);
const bare = median(21, '-e', '0');
const help = median(21, CLI, '--help');
const deep = median(21, CLI, 'sim', 'run', '--help');
const completion = median(21, CLI, 'complete', '--', 'populate', '--gender', '');
const call = median(5, CLI, ...POPULATE);
const outside = externalHome(env.AZT3KNET_DATA_DIR);
for (const folder of [home, ...(outside === undefined ? [] : [outside])])
  rmSync(folder, { recursive: true, force: true });
printFigures([
  figureAtMost('cli', '--help', help, 'ms', 300),
  figureAtMost('cli', 'sim run --help', deep, 'ms', 300),
  figureAtMost('cli', 'a completion', completion, 'ms', 300),
  figure('cli', '--help over node -e 0', help / bare, 'x'),
  figure('cli', 'a local call, starting and stopping the database', call, 'ms'),
]);
