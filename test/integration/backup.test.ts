import { execFileSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { pack } from 'tar-stream';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AuditService } from '../../src/core/audit/index.js';
import { BlobJanitor, openBlobStore } from '../../src/core/blobs/index.js';
import {
  backupDatabase,
  checkArchive,
  restoreDatabase,
  type Manifest,
} from '../../src/core/database/backup/index.js';
import { ArchiveWriter } from '../../src/core/database/backup/archive-writer.js';
import { databaseStatus, type DatabaseTarget } from '../../src/core/database/index.js';
import { downgradeDatabase } from '../../src/core/database/migrator.js';
import { EventsService } from '../../src/core/events/index.js';
import { JobsService } from '../../src/modules/jobs/index.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { query } from '../support/embedded-postgres.js';
import { HostedProgram } from '../support/command-host.js';
import { Program } from '../support/program.js';
import { emptyDatabase, testDatabase } from '../support/runtime.js';
import { watchJob } from '../support/watch-job.js';

const PASSWORD = 'a password for the tests of backups';
const ENVIRONMENT = { AZT3KNET_ADMIN_PASSWORD: PASSWORD };

/** Tables of the moment, which no crash and no backup keeps. */
const FLEETING = ['healing_leases', 'spent_budgets', 'workers'];

/** A digest of every table that is to last, whatever the order of its rows. */
async function digests(url: string): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  const tables = await query(url, `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`);
  for (const { name } of tables) {
    if (FLEETING.includes(String(name))) continue;
    const columns = name === 'migrations' ? 'name' : 't::text';
    const [row] = await query(
      url,
      `SELECT count(*) AS rows, md5(string_agg(md5(${columns}), '' ORDER BY md5(${columns}))) AS digest FROM "${String(name)}" t`,
    );
    found[String(name)] = row;
  }
  return found;
}

/** Constraints, indexes and grants of the schema. */
async function shapeOf(url: string): Promise<unknown[]> {
  const constraints = `SELECT conrelid::regclass::text AS t, conname, pg_get_constraintdef(oid) AS d, convalidated
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`;
  const grants = `SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1`;
  return [await query(url, constraints), await query(url, grants)];
}

async function run(application: TestApplication, seed: string): Promise<Record<string, unknown>> {
  const accepted = await application.call('POST', '/api/v1/simulations/metro_cdmx/run', { ticks: 4, seed });
  const jobs = application.app.get(JobsService, { strict: false });
  let status = '';
  for await (const job of watchJob(jobs, String(accepted.body['job_id']))) ({ status } = job);
  expect(status).toBe('completed');
  return (await application.call('GET', `/api/v1/runs/${String(accepted.body['run_id'])}`)).body;
}

describe('a backup of a used database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'azt3knet-backup-'));
  const archive = join(folder, 'used.tar');
  let used: TestApplication;
  let original: Record<string, unknown>;
  let firstRun: Record<string, unknown>;
  let manifest: Manifest;

  beforeAll(async () => {
    used = await testApplication(ENVIRONMENT);
    firstRun = await run(used, 'one');
    const { app } = used;
    // A job that waits for its time.
    await app.get(DataSource).transaction((manager) =>
      app.get(JobsService, { strict: false }).submit(manager, {
        queue: 'simulation',
        name: 'simulation.run',
        payload: { run_id: '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11', actor: 'test' },
        delaySeconds: 31_536_000,
      }),
    );
    await app.get(EventsService).publish();
    const { url } = used.runtime.database.owner;
    const isSettled = async (): Promise<boolean> => {
      original = await digests(url);
      await setTimeout(1_500);
      return isDeepStrictEqual(await digests(url), original);
    };
    // What workers count of their queues is written within a second.
    while (!(await isSettled()));
    const blobs = await openBlobStore(used.runtime.config);
    ({ manifest } = await backupDatabase(used.runtime.database, archive, { blobs }));
  });

  afterAll(async () => {
    await used.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const restored = async (target: DatabaseTarget, path = archive): Promise<void> =>
    restoreDatabase(target, path, await checkArchive(path));

  it('holds every table of the schema that is to last, and is private', async () => {
    const keyless = `SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND NOT EXISTS (SELECT 1 FROM pg_index WHERE indrelid = c.oid AND indisprimary)`;
    expect(await query(used.runtime.database.owner.url, keyless)).toEqual([]);
    const fleeting = `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relpersistence = 'u'
      AND relkind = 'r' ORDER BY relname`;
    const unlogged = await query(used.runtime.database.owner.url, fleeting);
    expect(unlogged).toEqual(FLEETING.map((relname) => ({ relname })));
    const names = Object.keys(original)
      .filter((name) => name !== 'migrations')
      .toSorted();
    expect(manifest.tables.map(({ name }) => name)).toEqual(names);
    expect(manifest.tables.find(({ name }) => name === 'drafts')?.rows).toBeGreaterThan(100);
    expect(statSync(archive).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['used.tar']);
  });

  it('holds the files of runs and exports, which are there again with the rows', async () => {
    const target = await emptyDatabase();
    const dataDir = mkdtempSync(join(folder, 'data-'));
    const blobs = await openBlobStore({ s3: undefined, dataDir });
    await restoreDatabase(target, archive, await checkArchive(archive), { blobs });
    const environment = { ...ENVIRONMENT, AZT3KNET_DATA_DIR: dataDir };
    const path = `/api/v1/runs/${String(firstRun['id'])}/files/report.json`;
    const report = await used.call('GET', path);
    expect(report.status).toBe(200);
    const again = await testApplication(environment, 'api', Promise.resolve(target));
    try {
      expect(manifest.blobs).toHaveLength(4);
      expect(await again.app.get(BlobJanitor).check(true)).toEqual({ checked: 4, lost: [] });
      expect((await again.call('GET', path)).body).toEqual(report.body);
    } finally {
      await again.close();
    }
  });

  it('leaves what survived in the storage, replaces nothing there, and takes back what it put', async () => {
    const target = await emptyDatabase();
    const dataDir = mkdtempSync(join(folder, 'data-'));
    const blobs = await openBlobStore({ s3: undefined, dataDir });
    const keys = manifest.blobs?.map(({ key }) => key) ?? [];
    await blobs.put(keys[2] ?? '', ['something else'], 'text/plain');
    const checked = await checkArchive(archive);
    await expect(restoreDatabase(target, archive, checked, { blobs })).rejects.toMatchObject({
      code: 'blob_in_the_way',
    });
    const left = await Promise.all(keys.map((key) => blobs.stat(key)));
    expect(left.map((blob) => blob?.bytes)).toEqual([undefined, undefined, 14, undefined]);
    expect(await digests(target.owner.url)).toEqual({});
    await blobs.delete(keys[2] ?? '');
    await restoreDatabase(target, archive, checked, { blobs });
    const second = await emptyDatabase();
    await restoreDatabase(second, archive, checked, { blobs });
    expect(await digests(second.owner.url)).toEqual(original);
    await target.release();
    await second.release();
  });

  it('tells of files that are lost, and can leave them all out', async () => {
    const blobs = await openBlobStore({ s3: undefined, dataDir: mkdtempSync(join(folder, 'data-')) });
    const path = join(folder, 'lost.tar');
    const { lost, manifest: empty } = await backupDatabase(used.runtime.database, path, { blobs });
    expect(lost).toEqual(manifest.blobs?.map(({ key }) => key));
    expect(empty.blobs).toEqual([]);
    const without = await backupDatabase(used.runtime.database, join(folder, 'without.tar'));
    expect(without.manifest.blobs).toBeNull();
    const target = await emptyDatabase();
    await restored(target, join(folder, 'without.tar'));
    expect(await digests(target.owner.url)).toEqual(original);
    await target.release();
  });

  it('fills an empty database with the same rows, and a run goes on there as it did', async () => {
    const target = await emptyDatabase();
    await restored(target);
    const { url } = target.owner;
    expect(await digests(url)).toEqual(original);
    const again = await testApplication(ENVIRONMENT, 'all', Promise.resolve(target));
    try {
      expect(await shapeOf(url)).toEqual(await shapeOf(used.runtime.database.owner.url));
      const audit = again.app.get(AuditService);
      expect(await audit.verify()).toMatchObject({ intact: true });
      await expect(again.app.get(DataSource).query('DELETE FROM audit')).rejects.toThrow('permission denied');
      expect(await run(again, 'two')).toMatchObject({ status: 'completed' });
      expect(await audit.verify()).toMatchObject({ intact: true });
      const same = await again.call('GET', `/api/v1/runs/${String(firstRun['id'])}`);
      expect(same.body).toEqual(firstRun);
    } finally {
      await again.close();
    }
  });

  it('goes into a database that was migrated and never used', async () => {
    const target = await testDatabase();
    await restored(target);
    expect(await digests(target.owner.url)).toEqual(original);
    await target.release();
  });

  it('gives the same digests when it is backed up again', async () => {
    const target = await emptyDatabase();
    await restored(target);
    const again = await backupDatabase(target, join(folder, 'again.tar'));
    expect(again.manifest.tables).toEqual(manifest.tables);
    expect(again.manifest.sequences).toEqual(manifest.sequences);
    await target.release();
  });

  it('is refused by a database that is used, and by one of somebody else', async () => {
    const { database } = used.runtime;
    await expect(restored(database)).rejects.toMatchObject({
      code: 'database_not_empty',
      message: expect.stringMatching(/this one is not: there are agents, audit, .*users$/) as string,
    });
    const target = await emptyDatabase();
    await query(target.owner.url, 'CREATE TABLE recipes (id integer PRIMARY KEY)');
    await expect(restored(target)).rejects.toThrow('it has tables of others (recipes)');
    expect(Object.keys(await digests(target.owner.url))).toEqual(['recipes']);
    await target.release();
  });

  it('sees one moment while others write', async () => {
    const { app, runtime } = used;
    const audit = app.get(AuditService);
    const over = new AbortController();
    const first = new EventEmitter();
    const written = once(first, 'written');
    const writing = (async () => {
      while (!over.signal.aborted) {
        await app.get(DataSource).transaction(async (manager) => {
          await manager.query(`WITH batch AS (INSERT INTO event_batches (events) VALUES (1) RETURNING id)
             INSERT INTO outbox SELECT id, 1, 'pairs.1', 'pair', '{}' FROM batch`);
          const subject = { type: 'pair', id: '1' };
          await audit.append(manager, { actor: 'test', action: 'test.pair', subject, data: {} });
        });
        first.emit('written');
      }
    })();
    await written;
    const path = join(folder, 'busy.tar');
    await backupDatabase(runtime.database, path);
    over.abort();
    await writing;
    const target = await emptyDatabase();
    await restored(target, path);
    const [pairs] = await query(
      target.owner.url,
      `SELECT (SELECT count(*) FROM outbox WHERE type = 'pair') AS events,
              (SELECT count(*) FROM audit WHERE action = 'test.pair') AS records`,
    );
    expect(Number(pairs?.['events'])).toBe(Number(pairs?.['records']));
    expect(Number(pairs?.['events'])).toBeGreaterThan(0);
    await target.release();
  });

  it('takes no file’s place and needs a folder that is there', async () => {
    await expect(backupDatabase(used.runtime.database, archive)).rejects.toMatchObject({
      code: 'backup_exists',
    });
    const lost = join(folder, 'nowhere', 'a.tar');
    await expect(backupDatabase(used.runtime.database, lost)).rejects.toThrow(
      `${lost}: no file can be made there`,
    );
  });
});

describe('a backup of an older version', () => {
  it('is restored at its schema and upgraded', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'azt3knet-backup-'));
    const path = join(folder, 'old.tar');
    const old = await testDatabase();
    const target = await testDatabase();
    await downgradeDatabase(old, 2);
    await query(
      old.owner.url,
      `INSERT INTO users (id, username, password_hash, role)
       VALUES ('0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11', 'ana', '-', 'viewer')`,
    );
    const { manifest } = await backupDatabase(old, path);
    const all = await databaseStatus(target);
    expect(manifest.migrations).toHaveLength(all.length - 2);
    await restoreDatabase(target, path, await checkArchive(path));
    expect(await databaseStatus(target)).toEqual(all);
    expect(await query(target.owner.url, 'SELECT username FROM users')).toEqual([{ username: 'ana' }]);
    await old.release();
    await target.release();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('a backup that is stopped', () => {
  const folder = mkdtempSync(join(tmpdir(), 'azt3knet-backup-'));
  let database: DatabaseTarget;

  beforeAll(async () => {
    database = await testDatabase();
    await query(
      database.owner.url,
      `INSERT INTO outbox SELECT 1, n, 'x.' || n, 'x', jsonb_build_object('text', repeat(md5(n::text), 20)) FROM generate_series(1, 150000) n`,
    );
  });

  afterAll(async () => {
    await database.release();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leaves nothing, at any moment', async () => {
    for (const bytes of [0, 1_000_000, 40_000_000]) {
      const abort = new AbortController();
      const onProgress = (progress: { bytes: number }): void => {
        if (progress.bytes >= bytes) abort.abort();
      };
      const path = join(folder, 'stopped.tar');
      await expect(
        backupDatabase(database, path, { signal: abort.signal, onProgress }),
      ).rejects.toMatchObject({ name: 'AbortError' });
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('by %s leaves nothing either', async (signal) => {
    const program = new Program({ DATABASE_URL: database.owner.url });
    const path = join(folder, 'stopped.tar');
    const child = program.start(['db', 'backup', '--path', path]);
    while (readdirSync(folder).length === 0) await setTimeout(10);
    child.kill(signal);
    const code = await new Promise((resolve) => void child.once('close', resolve));
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(readdirSync(folder)).toEqual([]);
    program.remove();
  });

  it('by a full disk says so and leaves nothing', async () => {
    const path = join(folder, 'full.tar');
    const file = await open(join(folder, 'probe'), 'w');
    await file.close();
    rmSync(join(folder, 'probe'));
    const handles = Object.getPrototypeOf(file) as {
      writeFile: (this: unknown, data: Buffer) => Promise<void>;
    };
    const full = Object.assign(new Error('write'), { code: 'ENOSPC', errno: -28 });
    const writeFile = handles.writeFile;
    for (const room of [0, 600, 3_000_000]) {
      let written = 0;
      const disk = vi.spyOn(handles, 'writeFile').mockImplementation(function (this: unknown, data) {
        written += data.length;
        return written > room ? Promise.reject(full) : writeFile.call(this, data);
      });
      try {
        await expect(backupDatabase(database, path)).rejects.toMatchObject({
          code: 'file_unusable',
          message: `${path}: the disk is full`,
        });
      } finally {
        disk.mockRestore();
      }
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it.runIf(process.platform === 'linux')(
    'by a first entry that fails leaves no file open (Linux)',
    async () => {
      const left = (): string[] =>
        readdirSync('/proc/self/fd').filter((fd) => {
          try {
            return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
          } catch {
            return false;
          }
        });
      const ends = process.listenerCount('exit');
      const packs = Object.getPrototypeOf(pack()) as {
        entry: (header: object, data: Buffer, done: (error: Error) => void) => void;
      };
      const full = Object.assign(new Error('write'), { code: 'ENOSPC', errno: -28 });
      const broken = vi.spyOn(packs, 'entry').mockImplementation((_, __, done) => done(full));
      try {
        const path = join(folder, 'first.tar');
        await expect(ArchiveWriter.create(path)).rejects.toMatchObject({
          code: 'file_unusable',
          message: `${path}: the disk is full`,
        });
      } finally {
        broken.mockRestore();
      }
      expect([left(), readdirSync(folder), process.listenerCount('exit')]).toEqual([[], [], ends]);
    },
  );

  it('by SIGKILL is cleared away by a later one, and nothing else is', async () => {
    const program = new Program({ DATABASE_URL: database.owner.url });
    const child = program.start(['db', 'backup', '--path', join(folder, 'killed.tar')]);
    while (!readdirSync(folder).some((name) => statSync(join(folder, name)).size > 1_000_000)) {
      await setTimeout(10);
    }
    child.kill('SIGKILL');
    await new Promise((resolve) => void child.once('close', resolve));
    program.remove();
    const [left = ''] = readdirSync(folder);
    expect(left).toMatch(/^\.killed\.tar\.[0-9a-f]{8}-\d+-[0-9a-f]{8}-[0-9a-f]{8}\.partial$/);
    const [, machine = '', start = ''] = /\.([0-9a-f]{8})-\d+-([0-9a-f]{8})-/.exec(left) ?? [];
    const put = (name: string, hoursAgo: number): string => {
      writeFileSync(join(folder, name), 'something');
      const then = Date.now() / 1_000 - hoursAgo * 3_600;
      utimesSync(join(folder, name), then, then);
      return name;
    };
    const elsewhere = machine === '00000000' ? '11111111' : '00000000';
    const kept = [
      put('.other.0123456789ab.partial', 48),
      put(`.a.${elsewhere}-1-${start}-00000000.partial`, 11),
    ];
    put(`.b.${elsewhere}-1-${start}-00000000.partial`, 13);
    // The id of a process that lives, but is another one.
    put(`.c.${machine}-${process.pid}-${start}-00000000.partial`, 0);
    await backupDatabase(database, join(folder, 'killed.tar'));
    expect(readdirSync(folder).toSorted()).toEqual([...kept, 'killed.tar'].toSorted());
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
  });

  it('leaves alone what a backup beside it is writing', async () => {
    const path = join(folder, 'first.tar');
    let between = Promise.resolve();
    let begun = false;
    await backupDatabase(database, path, {
      onProgress: () => {
        if (begun) return;
        begun = true;
        between = backupDatabase(database, join(folder, 'second.tar')).then(() => undefined);
      },
    });
    await between;
    expect(readdirSync(folder).toSorted()).toEqual(['first.tar', 'second.tar']);
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
  });

  it('being restored changes nothing, at any moment', async () => {
    const path = join(folder, 'whole.tar');
    await backupDatabase(database, path);
    const manifest = await checkArchive(path);
    const target = await emptyDatabase();
    for (const step of ['loading outbox', 'comparing outbox']) {
      const abort = new AbortController();
      const onProgress = (progress: { step: string }): void => {
        if (progress.step === step) abort.abort();
      };
      await expect(
        restoreDatabase(target, path, manifest, { signal: abort.signal, onProgress }),
      ).rejects.toMatchObject({ name: 'AbortError' });
      expect(await digests(target.owner.url)).toEqual({});
    }
    // A connection that was left in the middle would still hold its locks.
    await restoreDatabase(target, path, manifest);
    expect(await query(target.owner.url, 'SELECT count(*) FROM outbox')).toEqual([{ count: '150000' }]);
    await target.release();
  });
});

const words = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('azt3knet db backup and restore', () => {
  it('work between an embedded and an external database', async () => {
    const embedded = new HostedProgram();
    const path = join(embedded.dataDir, 'one.tar');
    const started = await embedded.run('sim', 'run', '--scenario', 'metro_cdmx', '--ticks', '4', '--json');
    expect(started.code).toBe(0);
    const backup = await embedded.run('db', 'backup', '--path', path, '--json');
    expect(backup).toMatchObject({ code: 0 });
    expect(backup.stderr).toMatch(/Keys and passwords of the data folder are not in it/);
    const target = await emptyDatabase();
    const external = new HostedProgram({ DATABASE_URL: target.owner.url });
    const tried = await external.run('db', 'restore', '--path', path, '--dry-run');
    // The key that signs stayed in the data folder of the backup.
    expect(tried).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^1 of 1 sealed values/) as string,
    });
    expect(await digests(target.owner.url)).toEqual({});
    const restore = await external.run('db', 'restore', '--path', path, '--json');
    expect(restore).toMatchObject({ code: 0 });
    expect(JSON.parse(restore.stdout)).toMatchObject({
      digest: (JSON.parse(backup.stdout) as { digest: string }).digest,
    });
    expect((await external.run('audit', 'verify')).stdout).toMatch(/^audit chain intact: \d{3,} records/);
    const again = await external.run('db', 'restore', '--path', path);
    expect(again.code).toBe(5);
    expect(again.stderr).toMatch(/^azt3knet: a backup is restored into an empty database only, .*\n$/);
    // And back into an embedded database that was never made.
    const second = join(embedded.dataDir, 'two.tar');
    expect((await external.run('db', 'backup', '--path', second)).code).toBe(0);
    const fresh = new HostedProgram();
    expect((await fresh.run('db', 'restore', '--path', second, '--dry-run')).code).toBe(0);
    expect(readdirSync(fresh.dataDir)).not.toContain('data');
    expect(await fresh.run('db', 'restore', '--path', second)).toMatchObject({ code: 0 });
    expect((await fresh.run('audit', 'verify')).code).toBe(0);
    await target.release();
    for (const program of [embedded, external, fresh]) program.remove();
  }, 180_000);

  it('tell what is sealed and does not open with the keys that are there', async () => {
    const [old, other] = [
      'the key of the machine that was lost here',
      'another key than that of the lost machine',
    ];
    const lost = new Program({ API_SECRET_KEY: old });
    const path = join(lost.dataDir, 'one.tar');
    expect((await lost.run('users', 'create', 'robot', '--kind', 'service', '--role', 'viewer')).code).toBe(
      0,
    );
    expect((await lost.run('db', 'backup', '--path', path)).code).toBe(0);
    const same = new Program({ API_SECRET_KEY: old });
    const good = await same.run('db', 'restore', '--path', path);
    expect(good.code).toBe(0);
    expect(good.stderr).not.toContain('sealed');
    const changed = new Program({ API_SECRET_KEY: other });
    const [fresh, dry] = [
      new Program({ API_SECRET_KEY: old }),
      ['db', 'restore', '--path', path, '--dry-run'],
    ];
    expect((await fresh.run(...dry)).stderr).not.toContain('sealed');
    const would = await changed.run(...dry, '--json');
    expect(would.code).toBe(0);
    expect(JSON.parse(would.stdout)).toMatchObject({
      dry_run: true,
      sealed: [{ table: 'signing_keys', column: 'private_key', key: 'default', values: 1, broken: 1 }],
    });
    expect(words(would.stderr)).toMatch(/1 of 1 sealed values do not open with the present keys/);
    const restored = await changed.run('db', 'restore', '--path', path, '--json');
    expect(restored.code).toBe(0);
    expect(JSON.parse(restored.stdout)).toMatchObject({
      sealed: [{ table: 'signing_keys', column: 'private_key', key: 'default', values: 1, broken: 1 }],
    });
    expect(words(restored.stderr)).toMatch(
      /1 of 1 sealed values do not open with the present keys: 1 of signing_keys/,
    );
    expect(words(restored.stderr)).toContain('put the old API_SECRET_KEY');
    const status = await changed.run('secrets', 'status');
    expect(words(status.stderr)).toContain('1 of 1 sealed values do not open');
    const check = await changed.run('system', 'check', '--json');
    const { checks } = JSON.parse(check.stdout) as { checks: { name: string; status: string }[] };
    expect(checks.find(({ name }) => name === 'sealed')).toMatchObject({ status: 'warn' });
    for (const program of [lost, same, fresh, changed]) program.remove();
  }, 180_000);

  it('refuse other files in one line', async () => {
    const program = new HostedProgram();
    const path = join(program.dataDir, 'text.tar');
    writeFileSync(path, 'no tar at all\n'.repeat(100));
    const fifo = join(program.dataDir, 'fifo');
    execFileSync('mkfifo', [fifo]);
    for (const [file, code, message] of [
      [path, 2, 'is not an intact backup: its form is damaged'],
      [join(program.dataDir, 'none'), 3, 'there is no file '],
      [program.dataDir, 2, 'is a folder, and a file is wanted'],
      [fifo, 7, 'is not an ordinary file'],
      ['/dev/zero', 7, 'is not an ordinary file'],
    ] as const) {
      const ended = await program.run('db', 'restore', '--path', file);
      expect(ended.code).toBe(code);
      expect(ended.stderr).toMatch(/^azt3knet: [^\n]*\n$/);
      expect(ended.stderr).toContain(message);
    }
    expect(readdirSync(program.dataDir)).not.toContain('data');
    const database = await testDatabase();
    const external = new HostedProgram({ DATABASE_URL: database.owner.url });
    for (const target of [fifo, '/dev/full', program.dataDir]) {
      const ended = await external.run('db', 'backup', '--path', target);
      expect(ended).toMatchObject({
        code: 5,
        stderr: `azt3knet: ${target} exists; a backup goes into a new file\n`,
      });
    }
    external.remove();
    await database.release();
    const nothing = new HostedProgram({ DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/nothing' });
    const ended = await nothing.run('db', 'backup', '--path', join(program.dataDir, 'a.tar'));
    expect(ended.code).toBe(7);
    expect(ended.stderr).toMatch(/^azt3knet: the database does not answer: [^\n]*\n$/);
    program.remove();
    nothing.remove();
  });
});

describe('an operator that is no superuser', () => {
  it('backs up and restores with the rights of its own', async () => {
    const name = `backup_${process.pid}`;
    const [source, target] = [await testDatabase(), await emptyDatabase()];
    const admin = target.owner.url;
    await query(admin, `CREATE ROLE ${name} LOGIN CREATEROLE PASSWORD 'operator'`);
    await query(admin, `GRANT azt3knet_app TO ${name} WITH ADMIN OPTION`);
    await query(admin, `ALTER DATABASE ${new URL(admin).pathname.slice(1)} OWNER TO ${name}`);
    const own = Object.assign(new URL(admin), { username: name, password: 'operator' }).href;
    const operator: DatabaseTarget = {
      kind: 'external',
      owner: { url: own },
      application: { url: own, role: 'azt3knet_app' },
      release: async () => {},
    };
    const folder = mkdtempSync(join(tmpdir(), 'azt3knet-backup-'));
    const path = join(folder, 'a.tar');
    await query(
      source.owner.url,
      `WITH batch AS (INSERT INTO event_batches (events) VALUES (1) RETURNING id)
       INSERT INTO outbox SELECT id, 1, 'a', 'b', '{"c": "\\\\ \\t ñ"}' FROM batch`,
    );
    await backupDatabase(source, path);
    await restoreDatabase(operator, path, await checkArchive(path));
    const again = await backupDatabase(operator, join(folder, 'b.tar'));
    expect(again.manifest.tables).toEqual((await checkArchive(path)).tables);
    const client = new pg.Client(own);
    await client.connect();
    // The next identity follows the restored ones.
    await client.query(`SET ROLE azt3knet_app`);
    const { rows } = await client.query(`INSERT INTO event_batches (events) VALUES (1) RETURNING id`);
    expect(rows).toEqual([{ id: '2' }]);
    await client.end();
    await source.release();
    await target.release();
    await query(source.owner.url.replace(/[^/]*$/, 'postgres'), `DROP ROLE ${name}`);
    rmSync(folder, { recursive: true, force: true });
  });
});
