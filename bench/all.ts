import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT_ROOT } from '../src/core/project.js';
import { formatValue, printFigures, type Figure } from './figure.js';

const NOT_BENCHES = new Set([
  'all.js',
  'api-bare.js',
  'external-home.js',
  'feedsim-baselines.js',
  'figure.js',
  'gateway-server.js',
  'redis-server.js',
  'server-load.js',
]);
const folder = dirname(fileURLToPath(import.meta.url));

/** Runs one benchmark in a process of its own. */
function run(file: string): Figure[] {
  const child = spawnSync(process.execPath, [join(folder, file), '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`${file} ended with ${child.status}`);
  return child.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Figure);
}

const figures = readdirSync(folder)
  .filter((name) => name.endsWith('.js') && !NOT_BENCHES.has(name))
  .toSorted()
  .flatMap((name) => run(name));
const rows = figures.map(
  ({ bench, case: name, value, unit, goal, met }) =>
    `| ${bench} | ${name} | ${formatValue(value)} | ${unit} | ${goal === null ? '' : formatValue(goal)} | ${met === null ? '' : met ? 'yes' : 'no'} |`,
);
const readme = join(PROJECT_ROOT, 'bench', 'README.md');
/** What people have written about the figures stays. */
const remarks = /^## [^]*/mu.exec(readFileSync(readme, 'utf8'))?.[0] ?? '';
writeFileSync(
  readme,
  `# Benchmarks

\`npm run bench:<name>\` prints a table, with \`-- --json\` one object a line; \`npm run bench\` runs them all and writes this file, but for the remarks below.
Rates depend on the machine; the cases that are ratios compare within one run.

Last run: ${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, Node.js ${process.version}.

| bench | case | value | unit | goal | met |
|---|---|---:|---|---:|---|
${rows.join('\n')}

${remarks}`,
);
printFigures(figures);
