import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { locateBinaries, usableBinaries } from '../../src/core/database/embedded/binaries.js';
import { embeddedPostgresStatus, type EmbeddedPostgres } from '../../src/core/database/embedded/index.js';
import { gone, IS_ROOT, Laboratory, lives, query } from '../support/embedded-postgres.js';

const mode = (path: string): number => statSync(path).mode & 0o777;

/** The command lines of all processes that may be read. */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    });
}

describe('a first start', () => {
  const laboratory = new Laboratory();
  const seen = new Set<string>();
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    const watch = setInterval(() => commandLines().forEach((line) => seen.add(line)), 5);
    server = await laboratory.acquire();
    clearInterval(watch);
  });
  afterAll(async () => {
    await server.release();
    await laboratory.close();
  });

  it('gives a durable PostgreSQL 18 with two roles, of which the application has no power', async () => {
    const facts = `SELECT current_user AS role, rolsuper, rolcreaterole, rolcreatedb, current_database() AS database,
      current_setting('server_version_num')::int / 10000 AS version, current_setting('fsync') AS fsync,
      current_setting('synchronous_commit') AS synchronous, current_setting('data_checksums') AS checksums,
      current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS zone
      FROM pg_roles WHERE rolname = current_user`;
    const common = { database: 'azt3knet', version: 18, fsync: 'on', synchronous: 'on', checksums: 'on' };
    expect(await query(server.ownerUrl, facts)).toEqual([
      expect.objectContaining({
        ...common,
        role: 'azt3knet_owner',
        rolsuper: true,
        encoding: 'UTF8',
        zone: 'UTC',
      }),
    ]);
    expect(await query(server.applicationUrl, facts)).toEqual([
      expect.objectContaining({
        ...common,
        role: 'azt3knet_app',
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
      }),
    ]);
  });

  it('asks for the password, also of the owner', async () => {
    const wrong = server.ownerUrl.replace(/:[0-9a-f]{48}@/, ':wrong@');
    await expect(query(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('keeps passwords to itself', () => {
    const { dataDir } = laboratory;
    const settings = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as Record<
      string,
      string
    >;
    const passwords = [settings['owner_password']!, settings['application_password']!];
    expect(passwords.every((password) => /^[0-9a-f]{48}$/.test(password))).toBe(true);
    expect([
      mode(join(dataDir, 'postgres.json')),
      mode(dataDir),
      mode(join(laboratory.home(), 'cluster')),
    ]).toEqual([0o600, 0o700, 0o700]);
    expect(mode(join(dataDir, 'postgres.log'))).toBe(0o600);
    const told = [readFileSync(join(dataDir, 'postgres.log'), 'utf8'), ...seen].join('\n');
    expect(told).toContain('initdb');
    for (const password of passwords) expect(told).not.toContain(password);
    const beside = readdirSync(laboratory.home()).filter((name) => !name.startsWith('binaries-'));
    expect(beside.toSorted()).toEqual(IS_ROOT ? ['cluster', 'origin'] : ['cluster']);
  });

  it('tells who uses it', () => {
    expect(embeddedPostgresStatus(laboratory.dataDir)).toEqual({
      server: { pid: server.pid, port: server.port, state: 'ready' },
      holders: [process.pid],
    });
    expect(embeddedPostgresStatus(join(laboratory.root, 'nowhere'))).toEqual({ server: null, holders: [] });
    expect(readdirSync(laboratory.root)).not.toContain('nowhere');
  });
});

describe('a shared server', () => {
  const laboratory = new Laboratory("a data folder; isn't it");
  afterAll(() => laboratory.close());

  it('is one for four processes that make it at the same time, and ends with the last of them', async () => {
    const holders = [1, 2, 3, 4].map(() => laboratory.hold());
    const ready = await Promise.all(holders.map((holder) => holder.said('ready')));
    expect(new Set(ready.map(({ pid, port }) => `${pid} ${port}`)).size).toBe(1);
    const { pid, applicationUrl } = ready[0]!;
    expect(new Set(embeddedPostgresStatus(laboratory.dataDir).holders)).toEqual(
      new Set(holders.map((holder) => holder.child.pid)),
    );
    await Promise.all(holders.slice(1).map((holder) => holder.release()));
    expect(await query(applicationUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await holders[0]!.release();
    expect(lives(pid)).toBe(false);
    expect(embeddedPostgresStatus(laboratory.dataDir)).toEqual({ server: null, holders: [] });
  });

  it('outlives the process that started it', async () => {
    const first = laboratory.hold();
    const { pid } = await first.said('ready');
    const second = await laboratory.acquire();
    expect(second.pid).toBe(pid);
    await first.release();
    expect(lives(pid)).toBe(true);
    await second.release();
    expect(lives(pid)).toBe(false);
  });

  it('counts shares of one process apart, and a share that is given back twice once', async () => {
    const [first, second] = await Promise.all([laboratory.acquire(), laboratory.acquire()]);
    expect(second.pid).toBe(first.pid);
    await Promise.all([first.release(), first.release()]);
    await first.release();
    expect(lives(second.pid)).toBe(true);
    await second.release();
    await gone(second.pid);
  });

  it('is found by a relative path', async () => {
    const relativePath = relative(process.cwd(), laboratory.dataDir);
    const [absolute, found] = await Promise.all([laboratory.acquire(), laboratory.acquire(relativePath)]);
    expect(found.pid).toBe(absolute.pid);
    await Promise.all([absolute.release(), found.release()]);
    expect(lives(found.pid)).toBe(false);
  });

  it('keeps what was committed over many lives', async () => {
    for (const [life, expected] of [
      [1, 1],
      [2, 2],
    ] as const) {
      const server = await laboratory.acquire();
      await query(
        server.ownerUrl,
        'CREATE TABLE IF NOT EXISTS lives (life int)',
        `INSERT INTO lives VALUES (${life})`,
      );
      expect(await query(server.ownerUrl, 'SELECT count(*)::int AS lives FROM lives')).toEqual([
        { lives: expected },
      ]);
      await server.release();
    }
  });
});

describe('a refusal', () => {
  let laboratory: Laboratory;
  afterEach(() => laboratory.close());

  /** A data folder with settings and a cluster that only has a version. */
  function fake(version: string): string {
    laboratory = new Laboratory();
    const id = '00000000-0000-4000-8000-000000000000';
    const home = IS_ROOT ? join(laboratory.rootHomes[0]!, id) : join(laboratory.dataDir, 'postgres');
    mkdirSync(laboratory.dataDir);
    mkdirSync(join(home, 'cluster'), { recursive: true });
    writeFileSync(join(home, 'cluster', 'PG_VERSION'), `${version}\n`);
    const secrets = { owner_password: 'a', application_password: 'b' };
    const settings = { id, ...secrets, created: true, ...(IS_ROOT && { external_home: home }) };
    writeFileSync(join(laboratory.dataDir, 'postgres.json'), JSON.stringify(settings));
    return home;
  }

  async function refusal(): Promise<{ code: string; message: string }> {
    const error: unknown = await laboratory.acquire().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const { code, message } = error as { code: string; message: string };
    expect(message).not.toContain('\n');
    expect(embeddedPostgresStatusOrNothing()).toEqual([]);
    return { code, message };
  }

  function embeddedPostgresStatusOrNothing(): number[] {
    try {
      return embeddedPostgresStatus(laboratory.dataDir).holders;
    } catch {
      return [];
    }
  }

  it('of another major version names both', async () => {
    fake('15');
    const { code, message } = await refusal();
    expect(code).toBe('database_version_mismatch');
    expect(message).toMatch(/made by PostgreSQL 15 and the embedded one is 18.*DATABASE_URL/);
  });

  it('of a database whose files are gone says how to go on', async () => {
    rmSync(join(fake('18'), 'cluster'), { recursive: true });
    expect(await refusal()).toMatchObject({
      code: 'database_settings_broken',
      message: expect.stringMatching(/are gone: restore them, or remove .*postgres\.json/) as string,
    });
  });

  it.skipIf(IS_ROOT)(
    'of a database whose passwords are gone does not touch it (root finds it by them)',
    async () => {
      const home = fake('18');
      rmSync(join(laboratory.dataDir, 'postgres.json'));
      expect(await refusal()).toMatchObject({ code: 'database_settings_broken' });
      expect(readdirSync(join(home, 'cluster'))).toEqual(['PG_VERSION']);
    },
  );

  it('of damaged settings names the file and does not touch the database', async () => {
    const home = fake('18');
    writeFileSync(join(laboratory.dataDir, 'postgres.json'), '{"id": ');
    const { code, message } = await refusal();
    expect(code).toBe('database_settings_broken');
    expect(message).toContain('postgres.json is damaged');
    expect(readdirSync(join(home, 'cluster'))).toEqual(['PG_VERSION']);
  });

  it('of a file in the place of the data folder names it', async () => {
    laboratory = new Laboratory();
    writeFileSync(laboratory.dataDir, '');
    expect(await refusal()).toMatchObject({
      code: 'database_folder_unusable',
      message: expect.stringContaining(laboratory.dataDir) as string,
    });
    rmSync(laboratory.dataDir);
  });

  it('of a path that initdb does not master names the reason', async () => {
    laboratory = new Laboratory('pay$day');
    const moved = { folder: join(laboratory.root, 'nowhere'), packageVersion: '18.0.0' };
    await expect(usableBinaries(moved, laboratory.dataDir, {})).rejects.toMatchObject({
      code: 'database_folder_unusable',
      message: expect.stringMatching(
        /pay\$day cannot be used \(PostgreSQL cannot be run below a name with/,
      ) as string,
    });
  });

  it('of a platform without binaries names the way out', () => {
    laboratory = new Laboratory();
    expect(() => locateBinaries('aix-ppc64')).toThrow(/no embedded PostgreSQL for aix-ppc64.*DATABASE_URL/);
  });
});
