import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

/** Where root keeps the database outside of the data folder. */
function externalHome(dataDir: string): string | undefined {
  const settings = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as {
    external_home?: string;
  };
  return settings.external_home;
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
