import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { compose } from '../../src/composition.js';
import { HeadSigner } from '../../src/core/audit/index.js';
import { auditHash, GENESIS, link, verifyTail } from '../../src/core/audit/audit-chain.js';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { checkCertificate } from '../../src/modules/observability/check-machine.js';
import type { Finding } from '../../src/modules/observability/finding.js';
import { checkSystem } from '../../src/modules/observability/system-check.js';
import { makeAuthority } from '../support/certificates.js';
import { query } from '../support/embedded-postgres.js';
import { testConfig, testDatabase, testRuntime } from '../support/runtime.js';

const ENTRY = { actor: 'test', action: 'test.do', subject: { type: 'thing', id: '1' }, data: {} };

describe('system check', () => {
  let database: DatabaseTarget;
  let folder: string;

  beforeEach(async () => {
    database = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), 'azt3knet-check-'));
  });
  afterEach(async () => {
    await database.release();
    rmSync(folder, { recursive: true });
  });

  /** What is found, by name. */
  async function check(environment: Record<string, string> = {}): Promise<Record<string, Finding>> {
    const { checks } = await checkSystem(
      () => {},
      {
        DATABASE_URL: database.application.url,
        DATABASE_OWNER_URL: database.owner.url,
        API_PORT: '0',
        ...environment,
      },
      folder,
    );
    return Object.fromEntries(checks.map((finding) => [finding.name, finding]));
  }

  async function appendAudit(count: number): Promise<void> {
    const records = link(
      Array.from({ length: count }, () => ENTRY),
      { sequence: '0', hash: GENESIS },
      new Date(),
    );
    for (const record of records) {
      const values = Object.values(record).map((value) =>
        typeof value === 'object' && !(value instanceof Date) ? JSON.stringify(value) : value,
      );
      const list = values.map((value) =>
        value instanceof Date ? `'${value.toISOString()}'` : `'${String(value)}'`,
      );
      await query(
        database.owner.url,
        `INSERT INTO audit (${Object.keys(record).join(', ')}) VALUES (${list.join(', ')})`,
      );
    }
  }

  it('finds everything good where it is', async () => {
    await appendAudit(3);
    const found = await check();
    expect(Object.values(found).map(({ name, status }) => `${name} ${status}`)).toEqual([
      'versions ok',
      'configuration ok',
      'shipped files ok',
      'data folder ok',
      'secrets ok',
      'encryption ok',
      'database ok',
      'clock ok',
      'migrations ok',
      'queue ok',
      'workers ok',
      'events ok',
      'sealed ok',
      'audit ok',
      'server ok',
      'outgoing ok',
    ]);
    expect(found['database']?.detail).toMatch(/^PostgreSQL 18\.\d+, external at \S+, \d+ MB, answers in /);
    expect(found['audit']?.detail).toBe('the last 3 records hold; no key here to check its heads with');
  });

  it('fails for records that a signed head names and that are gone', async () => {
    await appendAudit(3);
    const API_SECRET_KEY = 'a secret of forty characters for the test';
    const signer = new HeadSigner(testConfig({ API_SECRET_KEY }));
    expect((await check({ API_SECRET_KEY }))['audit']?.detail).toContain('; no head was signed yet');
    const head = signer.sign({ sequence: '5', hash: 'f'.repeat(64) }, null, new Date());
    const { key_id, public_key, hash, signed_at, signature } = head;
    await query(
      database.owner.url,
      `INSERT INTO audit_heads (sequence, key_id, public_key, hash, signed_at, signature)
       VALUES (5, '${key_id}', '${public_key}', '${hash}', '${signed_at.toISOString()}', '${signature}')`,
    );
    expect((await check({ API_SECRET_KEY }))['audit']).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/^record 4: it was cut off/) as string,
    });
  });

  it('warns of listed servers that could not be asked', async () => {
    const EGRESS_ALLOW =
      'http://10.1.2.3:8080, http://localhost:9, nowhere.invalid, *.example.org, 10.0.0.0/8';
    expect((await check({ EGRESS_ALLOW }))['outgoing']).toMatchObject({
      status: 'warn',
      detail: expect.stringMatching(/^https:\/\/nowhere\.invalid has no address \(E[A-Z_]+\)$/) as string,
    });
  });

  it('fails for a secret of the API that cannot be used', async () => {
    const path = join(folder, '.azt3knet', 'api-secret-key');
    mkdirSync(path, { recursive: true });
    expect((await check())['secrets']).toMatchObject({
      status: 'fail',
      detail: `${path}: is not an ordinary file; delete it, and the next start makes a new secret there`,
    });
    expect((await check({ API_SECRET_KEY: 'x'.repeat(40) }))['secrets']).toMatchObject({ status: 'ok' });
    rmSync(path, { recursive: true });
    writeFileSync(path, '\n');
    expect((await check())['secrets']).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining(`${path}: is empty; `) as string,
    });
    writeFileSync(path, 'secret-text\n');
    expect((await check())['secrets']).toEqual({ name: 'secrets', status: 'ok', detail: path });
  });

  it('warns of a database that is newer, and names what it has', async () => {
    await query(
      database.owner.url,
      `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'AddFuture9999999999999')`,
    );
    expect((await check())['migrations']).toMatchObject({
      status: 'warn',
      detail: 'a newer version added AddFuture9999999999999',
    });
  });

  it('counts the workers, and warns of jobs that nobody takes', async () => {
    const insert = `INSERT INTO jobs (id, queue, name, payload) VALUES (gen_random_uuid(), 'content', 'content.draft', '{}')`;
    await query(database.owner.url, insert);
    expect((await check())['workers']).toMatchObject({
      status: 'warn',
      detail: '0 alive; 1 job queued, 0 running',
    });
    const runtime = await testRuntime();
    const worker = await NestFactory.createApplicationContext(compose('worker', { ...runtime, database }), {
      logger: false,
    });
    expect((await check())['workers']).toMatchObject({
      status: 'ok',
      detail: expect.stringMatching(/^1 alive/) as string,
    });
    await worker.close();
    await runtime.close();
  });

  it('warns of events that stay behind', async () => {
    await query(
      database.owner.url,
      `INSERT INTO event_batches (events, occurred_at) VALUES (1, now() - interval '90 s')`,
    );
    expect((await check())['events']).toMatchObject({
      status: 'warn',
      detail: expect.stringMatching(/^1 to publish, the oldest for 9/) as string,
    });
  });

  it('fails for an authenticator that the present keys do not open, and says what to do', async () => {
    await query(
      database.owner.url,
      `INSERT INTO users (id, username, role, totp_secret)
       VALUES (gen_random_uuid(), 'sealed', 'viewer', 'v1.default.' || repeat('A', 60))`,
    );
    const found = (await check())['sealed'];
    expect(found).toMatchObject({
      status: 'fail',
      detail: '1 of 1 sealed values do not open with the present keys: 1 of users.totp_secret',
    });
    expect(found?.advice).toContain('azt3knet users reset-totp <user>');
  });

  it('fails for an audit record that was changed, and names it', async () => {
    await appendAudit(4);
    await query(database.owner.url, `UPDATE audit SET actor = 'somebody' WHERE sequence = 3`);
    expect((await check())['audit']).toMatchObject({
      status: 'fail',
      detail: 'broken at record 3: its content does not match its hash',
    });
  });

  it('fails for a database that lacks a migration, and goes no further into it', async () => {
    await query(database.owner.url, `DELETE FROM migrations WHERE name LIKE 'AddJobTraceparents%'`);
    const found = await check();
    expect(found['migrations']).toMatchObject({
      status: 'fail',
      detail: '1 pending',
      advice: 'azt3knet db upgrade',
    });
    expect(found['audit']).toBeUndefined();
  });

  it.each([
    [
      { DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/d', DATABASE_OWNER_URL: '' },
      'database',
      /ECONNREFUSED/,
    ],
    [{ REDIS_URL: 'redis://:hidden@127.0.0.1:1' }, 'queue', /^Redis at 127\.0\.0\.1:1 does not answer/],
    [{ ENABLE_METRICS: 'maybe' }, 'configuration', /^wrong: ENABLE_METRICS$/],
    [{ AZT3KNET_DATA_DIR: '/proc/nowhere' }, 'data folder', /cannot be written to|0\.0 GB free/],
  ])('fails for %o', async (environment, name, detail) => {
    const found = await check(environment);
    expect(found[name]).toMatchObject({ status: 'fail', detail: expect.stringMatching(detail) as string });
    expect(JSON.stringify(found)).not.toContain('hidden');
  });
});

describe('a certificate', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'azt3knet-certificate-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => vi.useRealTimers());

  it('is warned of before it ends, and has failed afterwards', () => {
    const files = makeAuthority(folder).issue('ending');
    expect(checkCertificate(files)).toMatchObject({ status: 'warn', detail: 'good for 1 day' });
    vi.setSystemTime(Date.now() - 30 * 86_400_000);
    expect(checkCertificate(files)).toMatchObject({ status: 'ok', detail: 'good for 31 days' });
    vi.setSystemTime(Date.now() + 40 * 86_400_000);
    expect(checkCertificate(files)).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/^ended on /) as string,
    });
  });
});

const tail = (records: object[], count = 5) =>
  verifyTail(() => Promise.resolve(records.toReversed().slice(0, count)), count);

describe('verifyTail', () => {
  const chain = link(
    Array.from({ length: 5 }, () => ENTRY),
    { sequence: '0', hash: GENESIS },
    new Date(0),
  );

  it('takes the end of a chain for good, wherever it is cut', async () => {
    expect(await tail(chain)).toEqual({ records: 5 });
    expect(await tail(chain, 2)).toEqual({ records: 2 });
    expect(await tail([])).toEqual({ records: 0 });
  });

  it('notices a gap, a forged record, and a first one that follows another', async () => {
    expect(await tail(chain.toSpliced(2, 1))).toMatchObject({ broken: { reason: 'record 3 is missing' } });
    const third = Object.assign({}, chain[2], { actor: 'x' });
    const { hash: _, ...content } = third;
    const rehashed = Object.assign(third, { hash: auditHash(content) });
    expect(await tail(chain.with(2, rehashed))).toMatchObject({
      broken: { sequence: '4', reason: 'it does not follow the record before it' },
    });
    const first = { ...(chain[0] as object), previous_hash: 'f'.repeat(64) };
    expect(await tail([first])).toMatchObject({ broken: { sequence: '1' } });
  });
});
