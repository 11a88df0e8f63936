import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { backupDatabase, checkArchive, restoreDatabase } from '../src/core/database/backup/index.js';
import { dataFolderAt, acquireEmbeddedPostgres } from '../src/core/database/embedded/index.js';
import { upgradeDatabase, type DatabaseTarget } from '../src/core/database/index.js';
import { readSettings } from '../src/core/database/embedded/settings.js';
import { figure, figureAtMost, printFigures, type Figure } from './figure.js';

const BENCH = 'backup';
const POPULATIONS = 20;
const AGENTS = 500_000;
/** Flat: what the archive's pieces, the driver and the compression need, whatever the size of the database. */
const MEMORY_MB = 200;

/** Populations of agents, as the product writes them, by SQL: this is about the way out and back. */
const FILL = `
  INSERT INTO populations (id, digest, specification, seed, count, generator_version, persisted, decision_id)
  SELECT md5('p' || p)::uuid, md5('p' || p), '{}', 's', ${AGENTS / POPULATIONS}, 1, true, md5('d' || p)::uuid
  FROM generate_series(1, ${POPULATIONS}) p;
  INSERT INTO agents
  SELECT md5('a' || p || '-' || n)::uuid, md5('p' || p)::uuid, n, md5(n::text), 'Maria Fernanda ' || n,
    'maria.fernanda.' || n, 'MX', 'Ciudad de Mexico', 'es-MX', 'America/Mexico_City', 18 + n % 60, 'female',
    ARRAY['street art', 'music', 'food'], 'Street art and music in Ciudad de Mexico. ' || md5(p || '-' || n),
    'daily', 'casual', ARRAY['social_proof']
  FROM generate_series(1, ${POPULATIONS}) p, generate_series(1, ${AGENTS / POPULATIONS}) n`;

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** The most memory that this process used beyond what it had at the beginning, in megabytes. */
function memoryGrowth(): () => number {
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  return () => {
    clearInterval(timer);
    return (most - before) / 1e6;
  };
}

async function measure(source: DatabaseTarget, target: DatabaseTarget, path: string): Promise<Figure[]> {
  const memory = memoryGrowth();
  let megabytes = 0;
  let file = 0;
  const backup = await seconds(async () => {
    const { bytes, manifest } = await backupDatabase(source, path);
    megabytes = manifest.tables.reduce((sum, table) => sum + table.bytes, 0) / 1e6;
    file = bytes / 1e6;
  });
  const check = await seconds(() => checkArchive(path));
  const manifest = await checkArchive(path);
  const restore = await seconds(() => restoreDatabase(target, path, manifest));
  return [
    figure(BENCH, `backup of ${AGENTS} agents, ${Math.round(megabytes)} MB`, backup, 's'),
    figure(BENCH, 'backup', megabytes / backup, 'MB/s', 25),
    figure(BENCH, 'text a byte of archive', megabytes / file, 'ratio'),
    figure(BENCH, 'check of the archive', megabytes / check, 'MB/s'),
    figure(BENCH, 'restore, compared again', megabytes / restore, 'MB/s', 10),
    figureAtMost(BENCH, 'memory', memory(), 'MB', MEMORY_MB),
  ];
}

const dataDir = mkdtempSync(join(tmpdir(), 'azt3knet-bench-'));
const server = await acquireEmbeddedPostgres({ dataDir });
const named = (name: string): DatabaseTarget => ({
  kind: 'embedded',
  owner: { url: Object.assign(new URL(server.ownerUrl), { pathname: name }).href },
  application: { url: Object.assign(new URL(server.applicationUrl), { pathname: name }).href },
  release: async () => {},
});
let figures: Figure[];
try {
  await run(server.ownerUrl, 'CREATE DATABASE source');
  await run(server.ownerUrl, 'CREATE DATABASE target');
  await upgradeDatabase(named('source'));
  await run(named('source').owner.url, FILL);
  figures = await measure(named('source'), named('target'), join(dataDir, 'backup.tar'));
} finally {
  await server.release();
  const home = readSettings(dataFolderAt(dataDir).settings)?.external_home;
  if (home !== undefined) rmSync(home, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}
printFigures(figures);
