// Writes what is generated: .env.example, docs/openapi.json, and the client's types from that.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

function run(...args) {
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;
}

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

// A command may call a route that the client does not know before this has run: the compiler complains and emits anyway.
if (!run(path('build.mjs'), '--if-stale') && !existsSync(path('../dist/src/composition.js'))) process.exit(1);
const written = ['env-example.mjs', 'openapi.mjs', 'client.mjs'].every((name) => run(path(name)));
process.exitCode = written && run(path('build.mjs'), '--if-stale') ? 0 : 1;
