// Writes what is generated: .env.example, docs/openapi.json, docs/asyncapi.yaml, docs/security/permissions.md, the client's
// types, and integrity.json.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

function run(stdio, name, ...args) {
  return spawnSync(process.execPath, [path(name), ...args], { stdio }).status === 0;
}

// A command may call a route that the client does not know before this has run. The compiler emits in spite of that; what
// is really wrong is told by the second build.
const emitted = run('ignore', 'build.mjs', '--if-stale') || existsSync(path('../dist/src/composition.js'));
const SCRIPTS = [
  'env-example.mjs',
  'openapi.mjs',
  'asyncapi.mjs',
  'permissions.mjs',
  'client.mjs',
  'integrity.mjs',
];
const written = SCRIPTS.every((name) => emitted && run('inherit', name));
process.exitCode = run('inherit', 'build.mjs', '--if-stale') && written ? 0 : 1;
