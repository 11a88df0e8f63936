import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { AuditService } from '../../src/core/audit/index.js';
import { sealContext, SealedValues, Sealing } from '../../src/core/secrets/index.js';
import { APPLICATION_ROLE } from '../../src/core/database/database-target.js';
import type { Runtime } from '../../src/runtime.js';
import { testConfig, testRuntime } from '../support/runtime.js';
import pg from 'pg';

const OLD = `old:${randomBytes(32).toString('base64')}`;
const NEW = `new:${randomBytes(32).toString('base64')}`;
const ROWS = 1_234;
const COLUMN = { table: 'credentials', column: 'secret', id: 'name' };

/** A process of its own, as far as the database can tell: another pool, and other keys. */
interface Process {
  app: INestApplicationContext;
  sealing: Sealing;
  values: SealedValues;
  database: DataSource;
}

/** What a rotation did to the values of this test. */
const rotate = async ({ values }: Process, onBatch?: Parameters<SealedValues['rotate']>[0]) =>
  (await values.rotate(onBatch)).filter(({ table }) => table === COLUMN.table);

const store = ({ sealing, database }: Process, name: string): Promise<unknown> => {
  const sealed = sealing.seal(`secret of ${name}`, sealContext('credentials', 'secret', name));
  return database.query(
    `INSERT INTO credentials VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET secret = excluded.secret`,
    [name, sealed],
  );
};

const stored = async ({ sealing, database }: Process): Promise<{ wrong: string[]; current: number }> => {
  const rows = await database.query<{ name: string; secret: string }[]>(
    'SELECT * FROM credentials WHERE secret IS NOT NULL',
  );
  const plain = ({ name, secret }: { name: string; secret: string }): string =>
    sealing.open(secret, sealContext('credentials', 'secret', name));
  return {
    wrong: rows.filter((row) => plain(row) !== `secret of ${row.name}`).map(({ name }) => name),
    current: rows.filter(({ secret }) => sealing.isCurrent(secret)).length,
  };
};

describe('the rotation of sealed values', () => {
  let runtime: Runtime;
  const open: INestApplicationContext[] = [];

  const start = async (keys: string): Promise<Process> => {
    const config = { ...testConfig({ AZT3KNET_ENCRYPTION_KEYS: keys }), dataDir: runtime.config.dataDir };
    const composed = compose('services', { ...runtime, config });
    const app = await NestFactory.createApplicationContext(composed, { logger: false });
    open.push(app);
    const values = app.get(SealedValues);
    values.register(COLUMN);
    return { app, sealing: app.get(Sealing), values, database: app.get(DataSource) };
  };

  beforeEach(async () => {
    runtime = await testRuntime();
    const owner = new pg.Client(runtime.database.owner.url);
    await owner.connect();
    await owner.query('CREATE TABLE credentials (name text PRIMARY KEY, secret text)');
    await owner.query(`GRANT SELECT, INSERT, UPDATE ON credentials TO ${APPLICATION_ROLE}`);
    await owner.end();
    const before = await start(OLD);
    for (let row = 0; row < ROWS; row++) await store(before, `row-${row}`);
    await before.database.query(`INSERT INTO credentials VALUES ('empty', NULL)`);
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((app) => app.close()));
    await runtime.close();
  });

  it('seals everything anew, once, and tells of it in the audit', async () => {
    const after = await start(`${NEW},${OLD}`);
    const column = { table: 'credentials', column: 'secret' };
    expect(await after.values.uses()).toEqual([
      { ...column, key: 'old', state: 'old', values: ROWS, broken: 0 },
    ]);
    expect(await rotate(after)).toEqual([{ ...column, rotated: ROWS, broken: [] }]);
    expect(await after.values.uses()).toEqual([
      { ...column, key: 'new', state: 'current', values: ROWS, broken: 0 },
    ]);
    expect(await stored(after)).toEqual({ wrong: [], current: ROWS });
    expect(await rotate(after)).toEqual([{ ...column, rotated: 0, broken: [] }]);
    const audited = await after.database.query<{ data: { key: string; values: number } }[]>(
      `SELECT data FROM audit WHERE action = 'secrets.rotate'`,
    );
    expect(audited.reduce((sum, { data }) => sum + data.values, 0)).toBe(ROWS);
    expect((await after.app.get(AuditService).verify()).intact).toBe(true);
    // The old key is not needed any more.
    const later = await start(NEW);
    expect(await stored(later)).toEqual({ wrong: [], current: ROWS });
  });

  it('is done by two processes at once without losing what a third writes', async () => {
    const [one, two] = [await start(`${NEW},${OLD}`), await start(`${NEW},${OLD}`)];
    // A process that knows the new key and still seals with the old one.
    const third = await start(`${OLD},${NEW}`);
    const writing = new AbortController();
    const written = (async () => {
      let count = 0;
      for (; !writing.signal.aborted; count++) await store(third, `row-${(count * 37) % ROWS}`);
      return count;
    })();
    const [first, second] = await Promise.all([rotate(one), rotate(two)]);
    writing.abort();
    expect(await written).toBeGreaterThan(0);
    expect((first[0]?.rotated ?? 0) + (second[0]?.rotated ?? 0)).toBeGreaterThanOrEqual(ROWS);
    expect((await stored(one)).wrong).toEqual([]);
    await one.values.rotate();
    expect(await stored(one)).toEqual({ wrong: [], current: ROWS });
  });

  it('is continued after its process died in the middle of a batch', async () => {
    const dying = await start(`${NEW},${OLD}`);
    let batches = 0;
    const killed = rotate(dying, ({ table }) => {
      if (table === COLUMN.table) batches += 1;
      if (batches === 2) throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    const next = await start(`${NEW},${OLD}`);
    expect(await stored(next)).toEqual({ wrong: [], current: 1_000 });
    // A batch whose connection is cut before it commits leaves nothing.
    const append = dying.app.get(AuditService);
    append.append = async (manager) => {
      await manager.query('SELECT pg_terminate_backend(pg_backend_pid())');
    };
    await expect(dying.values.rotate()).rejects.toThrow(/terminat/);
    expect(await stored(next)).toEqual({ wrong: [], current: 1_000 });
    expect(await rotate(next)).toMatchObject([{ rotated: ROWS - 1_000 }]);
    expect(await stored(next)).toEqual({ wrong: [], current: ROWS });
  });

  it('leaves what no key opens, names it, and does the rest', async () => {
    const after = await start(`${NEW},${OLD}`);
    await after.database.query(`UPDATE credentials SET secret = secret || 'A' WHERE name = 'row-7'`);
    await after.database.query(`UPDATE credentials SET secret = 'plain' WHERE name = 'row-8'`);
    // What belongs to another row.
    await after.database.query(
      `UPDATE credentials SET secret = (SELECT secret FROM credentials WHERE name = 'row-10') WHERE name = 'row-9'`,
    );
    const [found] = await rotate(after);
    const broken = ['row-7', 'row-8', 'row-9'].map((name) => `credentials.secret:${name}`);
    expect(found).toMatchObject({ rotated: ROWS - 3, broken });
    expect(await after.values.uses()).toEqual([
      { table: 'credentials', column: 'secret', key: 'new', state: 'current', values: ROWS - 3, broken: 0 },
      { table: 'credentials', column: 'secret', key: 'old', state: 'old', values: 2, broken: 2 },
      { table: 'credentials', column: 'secret', key: null, state: 'missing', values: 1, broken: 1 },
    ]);
  });
});
