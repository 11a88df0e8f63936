import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { BlobStore } from '../../src/core/blobs/index.js';
import { openConfig, type Config } from '../../src/core/config/index.js';
import { openDatabase, type DatabaseTarget } from '../../src/core/database/index.js';
import { Metrics } from '../../src/core/metrics/index.js';
import { openQueueBackend, type QueueBackend } from '../../src/core/queue/index.js';
import { SealBrokenError, Sealing } from '../../src/core/secrets/index.js';
import type { AuditTally } from '../../src/core/audit/index.js';
import { ExportLinks } from '../../src/modules/exports/export-links.js';
import { testDatabase } from '../support/runtime.js';
import { S3Server } from '../support/s3-server.js';
import { VaultServer } from '../support/vault-server.js';

const PATH = 'secret/azt3knet';
const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;

describe('a running process whose secrets change in Vault', () => {
  const role = `live_${randomBytes(4).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'azt3knet-live-'));
  let vault: VaultServer;
  let s3: S3Server;
  let server: DatabaseTarget;
  let owner: pg.Client;
  let config: Config;
  let queue: QueueBackend;
  let app: INestApplicationContext;
  let secrets: Record<string, string>;

  const change = (changed: Record<string, string>): void => {
    secrets = { ...secrets, ...changed };
    vault.put(PATH, secrets);
  };
  const databaseUrl = (password: string): string =>
    Object.assign(new URL(server.owner.url), { username: role, password }).href;
  const whoAmI = () => app.get(DataSource).query<{ who: string }[]>('SELECT session_user AS who');
  const refreshes = async (outcome: string): Promise<number> => {
    const text = await app.get(Metrics).registry.metrics();
    const found = new RegExp(`secret_refreshes_total\\{outcome="${outcome}"\\} (\\d+)`).exec(text);
    return Number(found?.[1] ?? 0);
  };

  beforeAll(async () => {
    [vault, s3, server] = await Promise.all([VaultServer.start(), S3Server.start(), testDatabase()]);
    owner = new pg.Client(server.owner.url);
    await owner.connect();
    await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'one' IN ROLE azt3knet_app`);
    const { MINIO_ENDPOINT, ...keys } = s3.environment;
    secrets = {
      ...(keys as Record<string, string>),
      DATABASE_URL: databaseUrl('one'),
      DATABASE_OWNER_URL: server.owner.url,
      API_SECRET_KEY: 'the first of two keys that the API has in this test',
      AZT3KNET_ENCRYPTION_KEYS: key('one'),
    };
    vault.put(PATH, secrets);
    const environment = {
      VAULT_ADDR: vault.address,
      VAULT_TOKEN: vault.issue(),
      MINIO_ENDPOINT: String(MINIO_ENDPOINT),
      AZT3KNET_DATA_DIR: folder,
      AZT3KNET_LOG_LEVEL: 'silent',
      AZT3KNET_SECRETS_REFRESH_SECONDS: '1',
    };
    config = await openConfig(environment, folder);
    const database = await openDatabase(config);
    queue = await openQueueBackend(config, database, () => {});
    const runtime = { config, database, queue, close: () => Promise.resolve() };
    app = await NestFactory.createApplicationContext(compose('services', runtime), { logger: false });
    await app.get(BlobStore).setup(false);
  });

  afterAll(async () => {
    await app.close();
    await queue.close();
    await owner.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    await owner.end();
    await Promise.all([vault.close(), s3.close(), server.release()]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('connects to the database with the new password', async () => {
    expect(await whoAmI()).toEqual([{ who: role }]);
    await owner.query(`ALTER ROLE ${role} PASSWORD 'two'`);
    await owner.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [role]);
    const refused = () => whoAmI().then(() => '', String);
    await expect.poll(refused).toMatch(/password authentication failed/);
    change({ DATABASE_URL: databaseUrl('two') });
    await expect.poll(whoAmI, { timeout: 5_000 }).toEqual([{ who: role }]);
    await expect.poll(() => queue.ping().then(() => 'up', String), { timeout: 5_000 }).toBe('up');
  });

  it('signs requests to the object storage with the new key', async () => {
    const blobs = app.get(BlobStore);
    const put = () =>
      blobs.put('exports/live', ['x'], 'text/plain').then(
        () => 'done',
        () => 'refused',
      );
    expect(await put()).toBe('done');
    s3.credentials.secretKey = `another-${randomBytes(8).toString('hex')}`;
    expect(await put()).toBe('refused');
    change({ MINIO_SECRET_KEY: s3.credentials.secretKey });
    await expect.poll(put, { timeout: 5_000 }).toBe('done');
  });

  it('signs links with the new key of the API, and the old ones end', async () => {
    const links = new ExportLinks(config, { add: () => {} } as unknown as AuditTally);
    const before = links.sign('an export', 3_600);
    change({ API_SECRET_KEY: 'the second of two keys that the API has in this test' });
    const verified = (proof: typeof before): string => {
      try {
        links.use('an export', proof, '127.0.0.1');
        return 'good';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    await expect.poll(() => verified(before), { timeout: 5_000 }).toBe('link_invalid');
    expect(verified(links.sign('an export', 3_600))).toBe('good');
  });

  it('seals with a new key, and opens with the old one while it is there', async () => {
    const sealing = app.get(Sealing);
    const before = sealing.seal('secret', 'here');
    const two = key('two');
    change({ AZT3KNET_ENCRYPTION_KEYS: `${two},${secrets['AZT3KNET_ENCRYPTION_KEYS']}` });
    await expect.poll(() => sealing.isCurrent(before), { timeout: 5_000 }).toBe(false);
    expect(sealing.open(before, 'here')).toBe('secret');
    change({ AZT3KNET_ENCRYPTION_KEYS: two });
    await expect.poll(() => sealing.keyIds, { timeout: 5_000 }).toEqual(['two', 'default']);
    expect(() => sealing.open(before, 'here')).toThrow(SealBrokenError);
  });

  it('goes on with the old values while Vault is sealed, and counts it', async () => {
    const before = await refreshes('failed');
    const { secret } = config.auth;
    vault.sealed = true;
    await expect.poll(() => refreshes('failed'), { timeout: 5_000 }).toBeGreaterThan(before);
    expect(config.auth.secret).toBe(secret);
    expect(await app.get(DataSource).query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    vault.sealed = false;
  });
});
