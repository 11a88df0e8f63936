import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { AuditService, HeadSigner } from '../../src/core/audit/index.js';
import { auditHash, link } from '../../src/core/audit/audit-chain.js';
import type { AuditHead } from '../../src/core/audit/audit-head.entity.js';
import { AuditHeads } from '../../src/core/audit/audit-heads.service.js';
import type { AuditRecord } from '../../src/core/audit/audit.entity.js';
import { BlobStore } from '../../src/core/blobs/index.js';
import { keyFromText, RandomStream } from '../../src/engine/random.js';
import { Program } from '../support/program.js';
import { testConfig, testDatabase, testRuntime } from '../support/runtime.js';
import type { Runtime } from '../../src/runtime.js';

const entries = (...ids: string[]) =>
  ids.map((id) => ({
    actor: 'test',
    action: 'test.act',
    subject: { type: 'thing', id },
    data: { id, n: 1.5, ü: 'ñ', deep: { list: [1, null, 'x'] } },
  }));

const lengthened = (column: string) => (n: number) =>
  `UPDATE audit SET ${column} = ${column} || 'x' WHERE sequence = ${n}`;

describe('signed heads', () => {
  let runtime: Runtime;
  let app: INestApplicationContext;
  let audit: AuditService;
  let heads: AuditHeads;
  let store: BlobStore;
  let owner: pg.Client;

  const append = (...ids: string[]): Promise<void> =>
    app.get(DataSource).transaction((manager) => audit.append(manager, ...entries(...ids)));

  beforeAll(async () => {
    runtime = await testRuntime();
    app = await NestFactory.createApplicationContext(compose('services', runtime), { logger: false });
    audit = app.get(AuditService);
    heads = app.get(AuditHeads);
    store = app.get(BlobStore);
    owner = new pg.Client(runtime.database.owner.url);
    await owner.connect();
    await append(...Array.from({ length: 10 }, (_, n) => `first ${n}`));
    await heads.sign();
    await append(...Array.from({ length: 10 }, (_, n) => `second ${n}`));
    await heads.sign();
    await owner.query(`CREATE SCHEMA kept; CREATE TABLE kept.audit AS TABLE audit;
      CREATE TABLE kept.audit_heads AS TABLE audit_heads`);
  });
  afterAll(async () => {
    await owner?.end();
    await app?.close();
    await runtime?.close();
  });

  let file: { key: string; text: string };
  beforeEach(async () => {
    const keys: string[] = [];
    for await (const { key } of store.list('audit/heads')) keys.push(key);
    const [key] = keys as [string];
    const parts: Buffer[] = [];
    for await (const part of (await store.get(key)).stream) parts.push(part as Buffer);
    file = { key, text: Buffer.concat(parts).toString() };
  });
  afterEach(async () => {
    await restore();
    await store.put(file.key, [file.text], 'application/json');
  });

  /** Everything as it was. */
  const restore = (): Promise<unknown> =>
    owner.query(`TRUNCATE audit, audit_heads; INSERT INTO audit TABLE kept.audit;
      INSERT INTO audit_heads TABLE kept.audit_heads`);

  /** Puts a head beside the others. */
  const put = (head: AuditHead): Promise<unknown> =>
    owner.query('INSERT INTO audit_heads SELECT * FROM jsonb_populate_record(NULL::audit_heads, $1)', [
      JSON.stringify(head),
    ]);

  /** Makes the chain anew from a record on, as who knows how it is made. */
  async function remake(from: number, change: (record: AuditRecord) => Partial<AuditRecord>): Promise<void> {
    const { rows } = await owner.query<AuditRecord>(
      'SELECT * FROM audit WHERE sequence >= $1 ORDER BY sequence',
      [from],
    );
    let previous = rows[0]?.previous_hash ?? '';
    for (const { hash: _, ...row } of rows) {
      const changed = Number(row.sequence) === from ? change(row as AuditRecord) : {};
      const record = { ...row, ...changed, previous_hash: previous };
      previous = auditHash(record);
      await owner.query(
        'UPDATE audit SET actor = $2, data = $3, previous_hash = $4, hash = $5 WHERE sequence = $1',
        [record.sequence, record.actor, JSON.stringify(record.data), record.previous_hash, previous],
      );
    }
  }

  it('stand in the table and in a file, and hold', async () => {
    const { rows } = await owner.query<AuditHead>('SELECT * FROM audit_heads ORDER BY sequence');
    expect(rows.map(({ sequence }) => sequence)).toEqual(['10', '20']);
    expect(JSON.parse(file.text)).toMatchObject({ sequence: '20', hash: rows[1]?.hash });
    expect(await audit.verify()).toMatchObject({
      intact: true,
      heads: { signed: 2, earlier_keys: 0, other_keys: 0, days_without_file: 0 },
    });
    expect(await heads.sign()).toBeUndefined();
    expect((await owner.query('SELECT 1 FROM audit_heads')).rowCount).toBe(2);
  });

  it('find a tail that was cut off, also when the table’s heads went with it', async () => {
    await owner.query('DELETE FROM audit WHERE sequence > 15');
    const broken = { where: 'tail', sequence: '16', reason: expect.stringContaining('cut off') as string };
    expect(await audit.verify()).toMatchObject({ intact: false, records: 15, broken });
    await owner.query('TRUNCATE audit_heads');
    expect(await audit.verify()).toMatchObject({ intact: false, broken });
    await owner.query('TRUNCATE audit');
    expect(await audit.verify()).toMatchObject({ intact: false, broken: { where: 'tail', sequence: '1' } });
  });

  it('find a chain that was made anew', async () => {
    await remake(12, () => ({ actor: 'somebody else' }));
    expect(await audit.verify()).toMatchObject({
      intact: false,
      broken: { where: 'record', sequence: '20', reason: expect.stringContaining('made anew') as string },
    });
    await restore();
    await remake(1, () => ({ data: {} }));
    expect(await audit.verify()).toMatchObject({
      intact: false,
      broken: { where: 'record', sequence: '10' },
    });
  });

  it.each([
    `UPDATE audit_heads SET hash = repeat('0', 64) WHERE sequence = 10`,
    'UPDATE audit_heads SET sequence = 11 WHERE sequence = 10',
    `UPDATE audit_heads SET signed_at = signed_at - interval '1 day' WHERE sequence = 10`,
    `UPDATE audit_heads SET signed_at = 'infinity' WHERE sequence = 10`,
    `UPDATE audit_heads SET signature = 'x' WHERE sequence = 10`,
  ])('tell that one is forged: %s', async (forging) => {
    await owner.query(forging);
    expect(await audit.verify()).toMatchObject({
      intact: false,
      broken: { where: 'head', reason: expect.stringMatching(/^the head of .* is forged/) as string },
    });
  });

  it('of another key are counted and not believed', async () => {
    const stranger = new HeadSigner(
      testConfig({ API_SECRET_KEY: 'another secret, of forty characters, here' }),
    );
    const [last] = (await owner.query<AuditRecord>('SELECT * FROM audit WHERE sequence = 15')).rows;
    await owner.query('DELETE FROM audit WHERE sequence > 15; TRUNCATE audit_heads');
    await put(stranger.sign({ sequence: '15', hash: last?.hash ?? '' }, null, new Date()));
    expect(await audit.verify()).toMatchObject({
      intact: false,
      heads: { signed: 1, other_keys: 1 },
      broken: { where: 'tail', sequence: '16' },
    });
  });

  it('are not signed over a chain that contradicts one, however it goes on', async () => {
    await owner.query('DELETE FROM audit WHERE sequence > 15; TRUNCATE audit_heads');
    await append(...Array.from({ length: 8 }, (_, n) => `covers it up ${n}`));
    expect(await heads.sign()).toMatchObject({ where: 'record', sequence: '20' });
    expect((await owner.query('SELECT 1 FROM audit_heads')).rowCount).toBe(0);
    expect(await audit.verify()).toMatchObject({ intact: false, records: 23 });
  });

  it('say which of their files are gone, and still hold; without any, that nothing would show', async () => {
    await store.delete(file.key);
    expect(await audit.verify()).toMatchObject({
      intact: true,
      heads: { signed: 2, days_without_file: 1 },
    });
    await owner.query('TRUNCATE audit_heads');
    expect(await audit.verify()).toMatchObject({ intact: true, heads: { signed: 0, days_without_file: 0 } });
  });

  it('in a file that is damaged do not pass for none', async () => {
    await store.put(file.key, ['{"sequence":"20"}'], 'application/json');
    expect(await audit.verify()).toMatchObject({
      intact: false,
      broken: { where: 'head', reason: expect.stringContaining('is no head') as string },
    });
  });

  it('find a chain that was made anew from any record on, with hashes that are right', async () => {
    const random = new RandomStream(keyFromText('making the chain anew'), 0);
    const changes: ((record: AuditRecord) => Partial<AuditRecord>)[] = [
      () => ({ actor: 'another' }),
      ({ data }) => ({ data: { ...data, forged: true } }),
      ({ data }) => ({ data: { ...data, n: 2 } }),
    ];
    const unseen: number[] = [];
    for (const from of [1, 10, 11, 20, ...Array.from({ length: 20 }, () => 1 + random.below(20))]) {
      await remake(from, changes[random.below(changes.length)] as (typeof changes)[number]);
      const { intact, records, broken } = await audit.verify();
      const named = from <= 10 ? '10' : '20';
      if (intact || records !== 20 || broken?.sequence !== named) unseen.push(from);
      await restore();
    }
    expect(unseen).toEqual([]);
  });

  it('find every change of the owner, whatever it is', async () => {
    const random = new RandomStream(keyFromText('tampering with the audit'), 0);
    const kinds: ((n: number) => string)[] = [
      ...['actor', 'action', 'subject_type', 'subject_id', 'hash', 'previous_hash'].map(lengthened),
      (n) => `UPDATE audit SET data = data || '{"forged":true}' WHERE sequence = ${n}`,
      (n) => `UPDATE audit SET data = data - 'n' WHERE sequence = ${n}`,
      (n) => `UPDATE audit SET data = jsonb_set(data, '{deep,list,0}', '2') WHERE sequence = ${n}`,
      (n) => `UPDATE audit SET occurred_at = occurred_at + interval '1 microsecond' WHERE sequence = ${n}`,
      (n) => `UPDATE audit SET occurred_at = 'infinity' WHERE sequence = ${n}`,
      (n) => `UPDATE audit SET occurred_at = '20000-01-01' WHERE sequence = ${n}`,
      (n) => `UPDATE audit SET sequence = sequence + 1000 WHERE sequence = ${n}`,
      (n) => `DELETE FROM audit WHERE sequence = ${n}`,
      (n) => `DELETE FROM audit WHERE sequence >= ${n}`,
      (n) => `DELETE FROM audit WHERE sequence <= ${n}`,
      (n) => `DELETE FROM audit WHERE sequence >= ${n}; DELETE FROM audit_heads`,
      () => 'TRUNCATE audit',
      (n) => `INSERT INTO audit SELECT 1 - sequence, ${COLUMNS} FROM audit WHERE sequence = ${n}`,
      (n) => `INSERT INTO audit SELECT 21, ${COLUMNS} FROM audit WHERE sequence = ${n}`,
      (n) => `UPDATE audit SET sequence = -sequence WHERE sequence > ${n};
              UPDATE audit SET sequence = 1 - sequence WHERE sequence < 0;
              INSERT INTO audit SELECT ${n} + 1, ${COLUMNS} FROM audit WHERE sequence = ${n}`,
      (n) => {
        const other = 1 + (n % 20);
        return `UPDATE audit SET sequence = -sequence WHERE sequence IN (${n}, ${other});
          UPDATE audit SET sequence = ${n} + ${other} + sequence WHERE sequence < 0`;
      },
      (n) =>
        `DELETE FROM audit WHERE sequence = ${n}; UPDATE audit SET sequence = sequence - 1 WHERE sequence > ${n}`,
    ];
    const unseen: string[] = [];
    for (const kind of [...kinds, ...kinds, ...kinds]) {
      const statement = kind(1 + random.below(20));
      await owner.query(statement);
      const { intact, broken } = await audit.verify();
      if (intact || broken === undefined) unseen.push(statement);
      await restore();
    }
    expect(unseen).toEqual([]);
    expect(await audit.verify()).toMatchObject({ intact: true, records: 20 });
  });
});

const COLUMNS = 'occurred_at, actor, action, subject_type, subject_id, data, previous_hash, hash';

/** Appends and signs in turns. @returns what contradicted an earlier head */
async function write(app: INestApplicationContext, name: number): Promise<unknown[]> {
  const flaws: unknown[] = [];
  for (let n = 0; n < 25; n += 1) {
    const added = entries(`${name}/${n}`, `${name}/${n}b`);
    await app.get(DataSource).transaction((manager) => app.get(AuditService).append(manager, ...added));
    if (n % 5 === 0) flaws.push((await app.get(AuditHeads).sign()) ?? 'none');
  }
  return flaws;
}

describe('many processes', () => {
  it('write one chain and sign one line of heads', async () => {
    const database = testDatabase();
    const target = await database;
    const runtimes = await Promise.all(
      Array.from({ length: 8 }, () =>
        testRuntime(
          { API_SECRET_KEY: 'k'.repeat(40) },
          Promise.resolve({ ...target, release: () => Promise.resolve() }),
        ),
      ),
    );
    const apps = await Promise.all(
      runtimes.map((runtime) =>
        NestFactory.createApplicationContext(compose('services', runtime), { logger: false }),
      ),
    );
    try {
      const flaws = await Promise.all(apps.map((app, n) => write(app, n)));
      expect(new Set(flaws.flat())).toEqual(new Set(['none']));
      expect(await apps[0]?.get(AuditService).verify()).toMatchObject({ intact: true, records: 400 });
    } finally {
      for (const app of apps) await app.close();
      for (const runtime of runtimes) await runtime.close();
    }
    const last = await testRuntime({ API_SECRET_KEY: 'k'.repeat(40) }, database);
    const app = await NestFactory.createApplicationContext(compose('services', last), { logger: false });
    const found = await app.get(AuditService).verify();
    const newest = (await app.get(AuditHeads).all())[0];
    await app.close();
    await last.close();
    expect(found).toMatchObject({ intact: true, records: 400, heads: { other_keys: 0 } });
    expect(newest).toMatchObject({ sequence: '400' });
  });
});

/** Works with the services of a process that has this secret. */
async function withSecret<T>(
  secret: string,
  place: { database: Awaited<ReturnType<typeof testDatabase>>; dataDir: string },
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const runtime = await testRuntime(
    { API_SECRET_KEY: secret.repeat(40), AZT3KNET_DATA_DIR: place.dataDir },
    Promise.resolve({ ...place.database, release: () => Promise.resolve() }),
  );
  const app = await NestFactory.createApplicationContext(compose('services', runtime), { logger: false });
  try {
    return await work(app);
  } finally {
    await app.close();
    await runtime.database.release();
  }
}

describe('a key that is replaced', () => {
  let place: { database: Awaited<ReturnType<typeof testDatabase>>; dataDir: string };
  let owner: pg.Client;
  beforeEach(async () => {
    place = { database: await testDatabase(), dataDir: mkdtempSync(join(tmpdir(), 'azt3knet-heads-')) };
    owner = new pg.Client(place.database.owner.url);
    await owner.connect();
  });
  afterEach(async () => {
    await owner.end();
    await place.database.release();
    rmSync(place.dataDir, { recursive: true, force: true });
  });

  const extend = (secret: string, id: string): Promise<unknown> =>
    withSecret(secret, place, async (app) => {
      const audit = app.get(AuditService);
      await app.get(DataSource).transaction((manager) => audit.append(manager, ...entries(id, `${id}b`)));
      return app.get(AuditHeads).sign();
    });
  const verified = (secret: string) => withSecret(secret, place, (app) => app.get(AuditService).verify());

  it('is vouched for by the next, so that its heads hold for ever', async () => {
    for (const secret of ['a', 'b', 'c']) expect(await extend(secret, secret)).toBeUndefined();
    expect(await verified('c')).toMatchObject({
      intact: true,
      records: 6,
      heads: { signed: 3, earlier_keys: 2, other_keys: 0 },
    });
    await owner.query(`UPDATE audit_heads SET hash = repeat('0', 64) WHERE sequence = 2`);
    expect(await verified('c')).toMatchObject({
      intact: false,
      broken: { where: 'head', sequence: '2', reason: expect.stringContaining('is forged') as string },
    });
  });

  it('is not followed by one that signs a chain that contradicts it', async () => {
    await extend('a', 'a');
    await owner.query('TRUNCATE audit');
    expect(await extend('b', 'b')).toMatchObject({ where: 'record', sequence: '2' });
    expect((await owner.query('SELECT 1 FROM audit_heads')).rowCount).toBe(1);
  });

  it('is not vouched for by one that has signed already', async () => {
    await extend('a', 'a');
    await extend('b', 'b');
    await extend('a', 'a again');
    expect(await verified('a')).toMatchObject({ intact: true, heads: { signed: 2, other_keys: 1 } });
  });
});

describe('several processes of the program', () => {
  it('write one chain', async () => {
    const database = await testDatabase();
    const program = new Program({
      DATABASE_URL: database.application.url,
      DATABASE_OWNER_URL: database.owner.url,
    });
    try {
      await program.run('populations', 'list');
      const names = Array.from({ length: 4 }, (_, n) => `role_${n}`);
      const ended = await Promise.all(
        names.map((name) => program.run('roles', 'put', name, '--permission', 'jobs:read')),
      );
      expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual(names.map(() => [0, '']));
      const { code, stdout } = await program.run('audit', 'verify', '--json');
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ intact: true });
      const owner = new pg.Client(database.owner.url);
      await owner.connect();
      const { rows } = await owner.query<{ subject_id: string }>(
        `SELECT subject_id FROM audit WHERE action = 'role.put' ORDER BY 1`,
      );
      await owner.end();
      expect(rows.map(({ subject_id }) => subject_id)).toEqual(names);
    } finally {
      program.remove();
      await database.release();
    }
  }, 120_000);
});

describe('link', () => {
  it('numbers beyond what a number of JavaScript can hold', () => {
    const [record] = link(entries('x'), { sequence: '9007199254740993', hash: 'h' }, new Date(0));
    expect(record?.sequence).toBe('9007199254740994');
  });
});

describe('azt3knet audit', () => {
  it('lists the heads, and compares with those that were kept elsewhere', async () => {
    const database = await testDatabase();
    const program = new Program({
      DATABASE_URL: database.application.url,
      DATABASE_OWNER_URL: database.owner.url,
    });
    try {
      await program.run('populations', 'list');
      expect((await program.run('roles', 'put', 'x', '--permission', 'jobs:read')).code).toBe(0);
      const listed = await program.run('audit', 'heads', '--json');
      const document = JSON.parse(listed.stdout) as { heads: { sequence: string; signed: string }[] };
      expect(document.heads[0]).toMatchObject({ signed: 'ours' });
      const kept = join(program.dataDir, 'kept.json');
      writeFileSync(kept, listed.stdout);
      expect((await program.run('audit', 'verify', '--heads', kept)).stdout).toMatch(
        /^audit chain intact: \d+ records?, head [\da-f]{64}; \d+ signed heads? holds?\n$/,
      );
      const owner = new pg.Client(database.owner.url);
      await owner.connect();
      await owner.query('TRUNCATE audit, audit_heads');
      await owner.end();
      rmSync(join(program.dataDir, 'data', 'audit'), { recursive: true });
      const without = await program.run('audit', 'verify');
      expect(without).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('no signed head: records that were cut off would not show') as string,
      });
      expect(await program.run('audit', 'verify', '--heads', kept)).toMatchObject({
        code: 5,
        stderr: expect.stringContaining('it was cut off') as string,
      });
      writeFileSync(kept, '[]');
      expect((await program.run('audit', 'verify', '--heads', kept)).code).toBe(2);
    } finally {
      program.remove();
      await database.release();
    }
  }, 120_000);
});
