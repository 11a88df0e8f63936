// Lets the embedded PostgreSQL meet a full disk, in a folder with a small file system of its own, and says what happened:
//   node postgres-disk-full.mjs <folder>
import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import pg from 'pg';
import {
  acquireEmbeddedPostgres,
  embeddedPostgresStatus,
} from '../../dist/src/core/database/embedded/index.js';

const root = process.argv[2];
const options = { dataDir: join(root, 'data'), rootHomes: [join(root, 'homes')] };
const filler = join(root, 'filler');

/** Leaves so many bytes free. */
function leaveFree(bytes) {
  rmSync(filler, { force: true });
  const { bavail, bsize } = statfsSync(root);
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - bytes)));
}

async function attempt(free) {
  leaveFree(free);
  try {
    const server = await acquireEmbeddedPostgres(options);
    await server.release();
    return { free, code: 'none' };
  } catch (error) {
    return { free, code: error.code, message: error.message };
  }
}

/** Everything outside of complete parts. */
function leftovers() {
  const finished = /\/(cluster|binaries-[^/]*[^w])(\/|$)/;
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !finished.test(`/${path}`));
}

async function query(statement) {
  const server = await acquireEmbeddedPostgres(options);
  const client = new pg.Client(server.ownerUrl);
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  await server.release();
  return rows;
}

const first = [];
for (const free of [0, 1e6, 15e6, 30e6]) first.push(await attempt(free));
const left = leftovers();
rmSync(filler);
await query('CREATE TABLE kept AS SELECT 1 AS row');
// A server that was killed has its last rows only in the write-ahead log.
const crashed = await acquireEmbeddedPostgres(options);
const client = new pg.Client(crashed.ownerUrl);
client.on('error', () => {});
await client.connect();
await client.query('CREATE TABLE bulk AS SELECT * FROM generate_series(1, 400000) AS row');
process.kill(crashed.pid, 'SIGKILL');
await crashed.release();
const later = [];
for (const free of [0, 4096]) later.push(await attempt(free));
rmSync(filler);
const rows = await query('TABLE kept');
const status = embeddedPostgresStatus(options.dataDir);
process.stdout.write(JSON.stringify({ first, left, later, rows, status }));
