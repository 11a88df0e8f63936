// Builds packages/client/dist, on top of it dist/, of that the programs in dist/program, and beside them the WebAssembly kernel and the
// policies as they were checked.
// With --if-stale, only what is older than its sources.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const settings = ['package.json', 'package-lock.json', 'tsconfig.json'];
const client = {
  stamp: 'packages/client/dist/.built',
  inputs: [
    'packages/client/src',
    'packages/client/package.json',
    'packages/client/tsconfig.json',
    ...settings,
  ],
  command: ['typescript/bin/tsc', '-p', 'packages/client'],
};
const product = {
  stamp: 'dist/.built',
  inputs: [
    'bench',
    'src',
    'migrations',
    'training',
    'nest-cli.json',
    'tsconfig.build.json',
    client.stamp,
    ...settings,
  ],
  command: ['@nestjs/cli/bin/nest.js', 'build'],
};
const programs = {
  stamp: 'dist/program/.built',
  inputs: ['scripts/bundle.mjs', product.stamp],
  command: ['../scripts/bundle.mjs'],
};
// The bundler empties its folder, so the kernel and the policies come after it.
const kernel = {
  stamp: 'dist/program/.kernel',
  inputs: ['assembly', programs.stamp],
  command: ['assemblyscript/bin/asc.js', '--config', 'assembly/asconfig.json'],
};
const policies = {
  stamp: 'dist/program/.policies',
  inputs: ['policies', 'scripts/policies.mjs', programs.stamp],
  command: ['../scripts/policies.mjs'],
};

/** The newest modification time (ms) of a file or of anything below a folder. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isFresh({ stamp, inputs }) {
  const file = join(root, stamp);
  return existsSync(file) && inputs.every((path) => newest(join(root, path)) <= statSync(file).mtimeMs);
}

function build({ stamp, command: [script, ...args] }) {
  const path = join(root, 'node_modules', script);
  if (!existsSync(path)) {
    process.stderr.write('azt3knet: the dependencies are not installed; run `npm ci` first.\n');
    process.exit(1);
  }
  // Standard output belongs to the command that asked for the build.
  const { status } = spawnSync(process.execPath, [path, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(join(root, stamp), '');
}

for (const part of [client, product, programs, kernel, policies]) {
  if (!process.argv.includes('--if-stale') || !isFresh(part)) build(part);
}

// So that `npx azt3knet` in a checkout is this checkout, and not a copy that npm would install and build first.
const link = join(root, 'node_modules', '.bin', 'azt3knet');
if (!existsSync(link)) symlinkSync(join('..', '..', 'bin', 'azt3knet'), link);
