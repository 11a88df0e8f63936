import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { loadConfig } from '../../src/core/config/index.js';
import { databaseStatus, openDatabase, upgradeDatabase } from '../../src/core/database/index.js';
import { downgradeDatabase, plannedDowngrade } from '../../src/core/database/migrator.js';
import { openRuntime } from '../../src/runtime.js';
import { query } from '../support/embedded-postgres.js';
import { HostedProgram } from '../support/command-host.js';
import { testDatabase } from '../support/runtime.js';

/** Runs a statement on a database of the test server, as its superuser. */
async function administer(database: string, statement: string): Promise<void> {
  const url = Object.assign(new URL(inject('postgres').ownerUrl), { pathname: `/${database}` });
  const client = new pg.Client(url.href);
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function tables(url: string): Promise<string[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
  );
  await client.end();
  return rows.map(({ name }) => name);
}

describe('migrations', () => {
  it('go all the way down and up again', async () => {
    const database = await testDatabase();
    const all = (await databaseStatus(database)).map(({ name }) => name);
    expect(await plannedDowngrade(database, 100)).toEqual(all.toReversed());
    expect(await downgradeDatabase(database, 100)).toEqual(all.toReversed());
    expect(await tables(database.owner.url)).toEqual(['migrations']);
    expect(await upgradeDatabase(database)).toEqual(all);
    expect(await tables(database.owner.url)).toContain('jobs');
    expect(await upgradeDatabase(database)).toEqual([]);
    await database.release();
  });

  it('keep events at their positions, with their times, and those that wait for one in their order', async () => {
    const database = await testDatabase();
    const steps = (await databaseStatus(database)).findIndex(({ name }) => name.startsWith('BatchEvents'));
    await downgradeDatabase(database, (await databaseStatus(database)).length - steps);
    // Seven were swept; 9 and 11 happened at one time, with another between them; two are not published.
    await query(
      database.owner.url,
      `INSERT INTO outbox (topic, type, payload, occurred_at, published_at, position)
       SELECT 'a.' || n, 'a', jsonb_build_object('n', n), timestamptz '2026-11-21 10:00Z' + second * interval '1 s',
         CASE WHEN position IS NOT NULL THEN timestamptz '2026-11-21 11:00Z' END, position
       FROM (VALUES (1, 3, 10), (2, 1, 8), (3, 2, 9), (4, 2, 11), (5, 4, NULL), (6, 2, 12), (7, 4, NULL), (8, 1, NULL)) AS rows(n, second, position)`,
    );
    await query(database.owner.url, 'UPDATE event_log SET head = 12, swept_through = 7');
    const events = `topic, type, payload, occurred_at`;
    const single = `SELECT ${events}, published_at, position FROM outbox ORDER BY position, id`;
    const before = await query(database.owner.url, single);
    await upgradeDatabase(database);
    expect(
      await query(
        database.owner.url,
        `SELECT ${events}, published_at, position - events + n AS position FROM outbox
         JOIN event_batches ON event_batches.id = batch ORDER BY position, batch, n`,
      ),
    ).toEqual(before);
    expect(await query(database.owner.url, 'SELECT events FROM event_batches ORDER BY id')).toEqual(
      [1, 1, 1, 2, 2, 1].map((count) => ({ events: count })),
    );
    expect(
      await query(database.owner.url, 'INSERT INTO event_batches (events) VALUES (1) RETURNING id'),
    ).toEqual([{ id: '7' }]);
    await query(database.owner.url, 'DELETE FROM event_batches WHERE id = 7');
    await downgradeDatabase(database, (await databaseStatus(database)).length - steps);
    expect(await query(database.owner.url, single)).toEqual(before);
    await database.release();
  });

  it('of several processes at once are applied once', async () => {
    const database = await testDatabase();
    await downgradeDatabase(database, 100);
    const applied = await Promise.all([
      upgradeDatabase(database),
      upgradeDatabase(database),
      upgradeDatabase(database),
    ]);
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    await database.release();
  });
});

describe('an external database', () => {
  const name = `external_${randomBytes(4).toString('hex')}`;
  const role = `operator_${randomBytes(4).toString('hex')}`;
  let url: string;

  beforeAll(async () => {
    await administer('postgres', `CREATE ROLE ${role} LOGIN CREATEROLE PASSWORD 'operator'`);
    await administer('postgres', `CREATE DATABASE ${name} OWNER ${role}`);
    // In a cluster of its own the operator would make the role; here the superuser did, and lets it be granted.
    await administer('postgres', `GRANT azt3knet_app TO ${role} WITH ADMIN OPTION`);
    const own = Object.assign(new URL(inject('postgres').ownerUrl), {
      pathname: `/${name}`,
      username: role,
      password: 'operator',
    });
    url = own.href;
  });

  afterAll(async () => {
    await administer('postgres', `DROP DATABASE ${name} WITH (FORCE)`);
    await administer('postgres', `DROP ROLE ${role}`);
  });

  it('is migrated when its operator says so, by db upgrade, and serves then', async () => {
    const program = new HostedProgram({ DATABASE_URL: url.replace('postgres:', 'postgresql+asyncpg:') });
    const behind = await program.run('audit', 'verify');
    expect(behind.code).toBe(7);
    expect(behind.stderr).toMatch(
      /^azt3knet: the database lacks \d+ migrations, .*: run `azt3knet db upgrade`\n$/,
    );
    const upgraded = await program.run('db', 'upgrade', '--json');
    expect(upgraded).toMatchObject({ code: 0, stderr: '' });
    expect((await program.run('db', 'status', '--json')).stdout).not.toContain('false');
    expect((await program.run('audit', 'verify')).stdout).toMatch(/^audit chain intact: 0 records/);
    const run = await program.run('sim', 'run', '--scenario', 'metro_cdmx', '--ticks', '5', '--json');
    expect(JSON.parse(run.stdout)).toMatchObject({ status: 'completed' });
    program.remove();
  });

  it('is used as the application role, which can neither change the schema nor rewrite the audit', async () => {
    const config = loadConfig({ DATABASE_URL: url, AZT3KNET_DATA_DIR: '/nonexistent' }, '/nonexistent');
    const runtime = await openRuntime(config, () => {});
    const { rows } = await (runtime.queue.connection as unknown as pg.Pool).query<{ role: string }>(
      'SELECT current_user AS role',
    );
    expect(rows).toEqual([{ role: 'azt3knet_app' }]);
    await runtime.close();
  });

  it('goes down step by step', async () => {
    const program = new HostedProgram({ DATABASE_URL: url });
    const pending = async () =>
      JSON.parse((await program.run('db', 'status', '--json')).stdout) as {
        migrations: { name: string; applied: boolean }[];
      };
    const all = (await pending()).migrations.map((each) => each.name);
    const newest = all.slice(-2).toReversed();
    const unasked = await program.run('db', 'downgrade', '--steps', '2');
    expect(unasked).toMatchObject({
      code: 2,
      stderr:
        'azt3knet: there is no terminal to ask on: give --yes, or --dry-run to see what would be done\n',
    });
    const planned = await program.run('db', 'downgrade', '--steps', '2', '--dry-run');
    expect(planned).toMatchObject({
      code: 0,
      stdout: newest.map((each) => `would revert ${each}\n`).join(''),
    });
    expect((await pending()).migrations.filter(({ applied }) => !applied)).toEqual([]);
    const done = await program.run('db', 'downgrade', '--steps', '2', '--yes', '--json');
    expect(done.code).toBe(0);
    expect(JSON.parse(done.stdout)).toEqual({ dry_run: false, reverted: newest });
    const left = (await pending()).migrations.filter(({ applied }) => !applied).map((each) => each.name);
    expect(left.toReversed()).toEqual(newest);
    expect((await program.run('db', 'downgrade', '--steps', 'all')).code).toBe(2);
    program.remove();
  });

  it('that a newer version has added to is left to that version', async () => {
    const database = await testDatabase();
    await query(
      database.owner.url,
      `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'AddFuture9999999999999')`,
    );
    const program = new HostedProgram({ DATABASE_URL: database.owner.url });
    for (const option of ['--dry-run', '--yes']) {
      expect(await program.run('db', 'downgrade', option)).toMatchObject({
        code: 5,
        stderr:
          'azt3knet: a newer Azt3kNet made the newest of the schema, AddFuture9999999999999: only that version reverts it\n',
      });
    }
    program.remove();
    await database.release();
  });

  it('that does not answer is said in one line', async () => {
    const program = new HostedProgram({ DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/nothing' });
    for (const command of [
      ['db', 'status'],
      ['audit', 'verify'],
    ]) {
      const { code, stderr } = await program.run(...command);
      expect(code).toBe(7);
      expect(stderr).toMatch(/^azt3knet: the database does not answer: .*\n$/);
      expect(stderr).not.toContain('secret');
    }
    const target = await openDatabase(
      loadConfig({ DATABASE_URL: 'postgres://u@127.0.0.1:1/n' }, '/nonexistent'),
    );
    expect(target.kind).toBe('external');
    program.remove();
  });
});
