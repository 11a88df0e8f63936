import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { loadConfig, type Config } from '../../src/core/config/index.js';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { openQueueBackend } from '../../src/core/queue/index.js';
import type { Runtime } from '../../src/runtime.js';

/** A database of a test's own, copied from the migrated template; `release` drops it. */
export function testDatabase(): Promise<DatabaseTarget> {
  return copyOf(new URL(inject('postgres').ownerUrl).pathname.slice(1));
}

/** A database of a test's own without any table. */
export function emptyDatabase(): Promise<DatabaseTarget> {
  return copyOf('template1');
}

async function copyOf(template: string): Promise<DatabaseTarget> {
  const { ownerUrl, applicationUrl } = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(ownerUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const named = (url: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  return {
    kind: 'external',
    owner: { url: named(ownerUrl) },
    application: { url: named(applicationUrl) },
    release: () => administer(ownerUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function administer(ownerUrl: string, statement: string): Promise<void> {
  const client = new pg.Client(Object.assign(new URL(ownerUrl), { pathname: '/postgres' }).href);
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** Tests call as fast as they can; those of the limits set some. */
const NO_LIMITS = {
  RATE_LIMIT_REQUESTS: '0',
  RATE_LIMIT_ADDRESS_REQUESTS: '0',
  RATE_LIMIT_LOGINS: '0',
  RATE_LIMIT_TOKEN_REQUESTS: '0',
  RATE_LIMIT_KEY_REQUESTS: '0',
  RATE_LIMIT_BOT_REQUESTS: '0',
};

/** A configuration with a data folder of its own, a quiet log and no rate limits. */
export function testConfig(environment: Record<string, string> = {}): Config {
  const dataDir = mkdtempSync(join(tmpdir(), 'azt3knet-test-'));
  return loadConfig(
    {
      AZT3KNET_LOG_LEVEL: 'silent',
      AZT3KNET_DATA_DIR: dataDir,
      API_PORT: '0',
      WORKER_DRAIN_SECONDS: '0',
      ...NO_LIMITS,
      ...environment,
    },
    dataDir,
  );
}

/** A runtime on a database and a data folder of its own; `close` removes both. */
export async function testRuntime(
  environment: Record<string, string> = {},
  target: Promise<DatabaseTarget> = testDatabase(),
): Promise<Runtime> {
  const config = testConfig(environment);
  const database = await target;
  const queue = await openQueueBackend(config, database, () => {});
  const close = async (): Promise<void> => {
    await queue.close();
    await database.release();
    rmSync(config.dataDir, { recursive: true, force: true });
  };
  return { config, database, queue, close };
}
