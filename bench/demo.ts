import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { externalHome } from './external-home.js';
import { figureAtMost, printFigures } from './figure.js';

const CLI = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'cli.js');

/** Seconds that `npm run demo` takes after the build, as a person waits for it. */
function demo(dataDir: string): number {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [CLI, 'demo', '--json'], {
    env: { PATH: process.env['PATH'], AZT3KNET_DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  if (status !== 0) throw new Error(`the demo ended with ${status}`);
  return (performance.now() - started) / 1000;
}

const dataDir = mkdtempSync(join(tmpdir(), 'azt3knet-bench-'));
const first = demo(dataDir);
const second = demo(dataDir);
const home = externalHome(dataDir);
if (home !== undefined) rmSync(home, { recursive: true, force: true });
rmSync(dataDir, { recursive: true, force: true });
printFigures([
  figureAtMost('demo', 'first run, empty data folder', first, 's', 15),
  figureAtMost('demo', 'second run', second, 's', 15),
]);
