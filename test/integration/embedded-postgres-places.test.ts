import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireEmbeddedPostgres, type EmbeddedPostgres } from '../../src/core/database/embedded/index.js';
import { place } from '../../src/core/database/embedded/placement.js';
import { openDataFolder } from '../../src/core/database/embedded/settings.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { IS_ROOT, Laboratory, lives, NOBODY, query } from '../support/embedded-postgres.js';
import { ended } from '../support/program.js';

const SUPPORT = join(PROJECT_ROOT, 'test', 'support');
/** A command line that mounts a small file system on $0 and goes on as the same user. */
const MOUNT = 'mount -t tmpfs -o size=300m,mode=755 tmpfs "$0" && exec "$@"';
const ON_SMALL_DISK = IS_ROOT ? ['unshare', '-m', 'sh', '-c', MOUNT] : ['unshare', '-rm', 'sh', '-c', MOUNT];
/** Root in a namespace of its own is an ordinary user again, whom PostgreSQL accepts. */
const AS_ONESELF = IS_ROOT
  ? []
  : ['unshare', '-U', `--map-user=${process.getuid?.()}`, `--map-group=${process.getgid?.()}`];

function works(command: readonly string[], options: { uid?: number; gid?: number } = {}): boolean {
  const [file = '', ...args] = command;
  return spawnSync(file, args, { stdio: 'ignore', cwd: '/', ...options }).status === 0;
}

const hasSmallDisk = works([...ON_SMALL_DISK, '/mnt', ...AS_ONESELF, 'true']);
/** Whether an ordinary user can run the built program: not in a clone below root's home, for example. */
const ordinaryCanRun =
  IS_ROOT &&
  works([process.execPath, '--check', join(SUPPORT, 'postgres-holder.mjs')], { uid: NOBODY, gid: NOBODY });

/** Root in a namespace of its own has no other users. */
const ALONE = ['unshare', '-r'];

let laboratory: Laboratory;
beforeEach(() => {
  laboratory = new Laboratory();
});
afterEach(() => laboratory.close());

const inside = (...names: string[]): string => join(laboratory.root, ...names);

const homes = (): string[] => readdirSync(laboratory.rootHomes[0]!);

/** A folder that belongs to an ordinary user when root runs the tests. */
function ordinaryFolder(name: string): string {
  mkdirSync(inside(name), { mode: 0o700 });
  if (IS_ROOT) chownSync(inside(name), NOBODY, NOBODY);
  return inside(name);
}

describe('a full disk', () => {
  it.skipIf(!hasSmallDisk)(
    'is said in one line, leaves nothing half-made, and is forgotten once there is room (needs a mount)',
    async () => {
      const program = [process.execPath, join(SUPPORT, 'postgres-disk-full.mjs'), laboratory.root];
      const [file = '', ...args] = [...ON_SMALL_DISK, laboratory.root, ...AS_ONESELF, ...program];
      const { stdout, stderr } = await ended(
        spawn(file, args, { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] }),
      );
      expect(stderr).toBe('');
      const told = JSON.parse(stdout) as Record<'first' | 'later', { code: string; message: string }[]> & {
        left: string[];
        rows: unknown;
        status: unknown;
      };
      expect(told.first).toHaveLength(4);
      for (const refusal of [...told.first, told.later[0]!]) {
        expect(refusal.code).toBe('database_disk_full');
        expect(refusal.message).toMatch(
          /^no space left for the embedded PostgreSQL in \S+: free about 200 MB[^\n]*$/,
        );
      }
      const harmless =
        /^(filler|data|homes|(data\/)?postgres(\.json|\.holders)?|data\/postgres|homes\/[^/]+(\/origin)?)$/;
      expect(told.left.filter((path) => !harmless.test(path))).toEqual([]);
      expect(told).toMatchObject({ rows: [{ row: 1 }], status: { server: null, holders: [] } });
    },
  );
});

describe('as an ordinary user', () => {
  it.skipIf(IS_ROOT && !ordinaryCanRun)(
    'everything stays in the data folder (needs a clone others can read)',
    async () => {
      const dataDir = join(ordinaryFolder('own'), 'data');
      const user = IS_ROOT ? { uid: NOBODY, gid: NOBODY } : {};
      const holder = laboratory.hold(user, dataDir);
      const { pid, applicationUrl } = await holder.said('ready');
      expect(await query(applicationUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect(existsSync(join(dataDir, 'postgres', 'cluster', 'PG_VERSION'))).toBe(true);
      expect(readFileSync(join(dataDir, 'postgres.json'), 'utf8')).not.toContain('external_home');
      expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700);
      expect(readdirSync(laboratory.rootHomes[0]!)).toEqual([]);
      await holder.release();
      expect(lives(pid)).toBe(false);
    },
  );

  it.skipIf(IS_ROOT && !ordinaryCanRun)(
    'the folder of somebody else is one clear line (needs a clone others can read)',
    async () => {
      // Root's own, which is there on every system, or one that root has just made.
      const dataDir = IS_ROOT ? laboratory.dataDir : '/usr';
      if (IS_ROOT) mkdirSync(dataDir, { mode: 0o700 });
      const user = IS_ROOT ? { uid: NOBODY, gid: NOBODY } : {};
      const failed = await laboratory.hold(user, dataDir).said('failed');
      expect(failed.code).toBe('database_wrong_user');
      expect(failed.message).toMatch(
        /^the database in \S+ belongs to root: run as that user, [^\n]*DATABASE_URL[^\n]*$/,
      );
    },
  );

  it.skipIf(IS_ROOT && !ordinaryCanRun)(
    'a folder that cannot be written is one clear line (needs a clone others can read)',
    async () => {
      const folder = ordinaryFolder('sealed');
      chmodSync(folder, 0o500);
      const user = IS_ROOT ? { uid: NOBODY, gid: NOBODY } : {};
      const failed = await laboratory.hold(user, join(folder, 'data')).said('failed');
      expect(failed.code).toBe('database_folder_unusable');
      expect(failed.message).not.toContain('\n');
    },
  );
});

describe('as root without other users', () => {
  it.skipIf(!works([...ALONE, 'true']))('the refusal says so (needs user namespaces)', async () => {
    const argument = JSON.stringify({ dataDir: laboratory.dataDir, rootHomes: laboratory.rootHomes });
    const program = [process.execPath, join(SUPPORT, 'postgres-holder.mjs'), argument];
    const [file = '', ...args] = [...ALONE, ...program];
    const { code, stdout } = await ended(spawn(file, args, { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] }));
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      code: 'database_root_unsupported',
      message: expect.stringMatching(
        /^PostgreSQL does not run as root, and [^\n]+: run as an ordinary user/,
      ) as string,
    });
  });
});

describe.skipIf(!IS_ROOT)('as root (needs root)', () => {
  it('the server runs as nobody, outside of a data folder that only root can pass, which may move', async () => {
    mkdirSync(inside('home'), { mode: 0o700 });
    const dataDir = inside('home', 'data');
    const server = await laboratory.acquire(dataDir);
    expect(statSync(`/proc/${server.pid}`).uid).toBe(statSync(inside('homes', homes()[0]!, 'cluster')).uid);
    expect(statSync(`/proc/${server.pid}`).uid).not.toBe(0);
    expect(readFileSync(`/proc/${server.pid}/status`, 'utf8')).toMatch(/^Groups:\s*(\d+ ?)?$/m);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    await server.release();
    expect(lives(server.pid)).toBe(false);

    const moved = inside('moved');
    renameSync(dataDir, moved);
    await (await laboratory.acquire(moved)).release();
    expect(homes()).toHaveLength(1);
    cpSync(moved, inside('copy'), { recursive: true });
    await expect(laboratory.acquire(inside('copy'))).rejects.toMatchObject({
      code: 'database_settings_broken',
      message: expect.stringMatching(/copy is a copy of .*moved and both name the same/) as string,
    });
  });

  it('a database goes with its data folder: at once when that was temporary, else after a week', async () => {
    const holder = laboratory.hold();
    const { pid } = await holder.said('ready');
    await holder.kill();
    const temporary = homes();
    /** What another data folder has left behind; it may only not be mounted today. */
    const abandoned = (name: string, days: number): void => {
      const origin = inside('homes', name, 'origin');
      mkdirSync(inside('homes', name));
      writeFileSync(origin, '/nowhere/data');
      const used = Date.now() / 1000 - days * 24 * 3600;
      utimesSync(origin, used, used);
    };
    abandoned('recent', 6);
    abandoned('old', 8);
    // Not of this program, so none of its business.
    mkdirSync(inside('homes', 'unmarked'));
    rmSync(laboratory.dataDir, { recursive: true });
    const server = await laboratory.acquire();
    expect(lives(pid)).toBe(false);
    const left = homes().filter((name) => name !== basename(laboratory.home()));
    expect(left.toSorted()).toEqual(['recent', 'unmarked']);
    expect(left).not.toContain(temporary[0]);
    // Removed under a server in use: nobody else can find that any more.
    rmSync(laboratory.dataDir, { recursive: true });
    await server.release();
    expect(lives(server.pid)).toBe(false);
  });

  it('the database of an ordinary user is not touched', async () => {
    const dataDir = ordinaryFolder('theirs');
    writeFileSync(join(dataDir, 'postgres.json'), '{}');
    chownSync(join(dataDir, 'postgres.json'), NOBODY, NOBODY);
    await expect(laboratory.acquire(dataDir)).rejects.toMatchObject({
      code: 'database_wrong_user',
      message: expect.stringContaining(`belongs to the user with id ${NOBODY}: run as that user`) as string,
    });
    expect(readdirSync(dataDir)).toEqual(['postgres.json']);
  });

  it('a place that others can change, or nobody can reach, is passed over', async () => {
    mkdirSync(inside('open'));
    chmodSync(inside('open'), 0o777);
    mkdirSync(inside('closed'), { mode: 0o700 });
    symlinkSync(inside('homes'), inside('link'));
    const bad = ['open', 'closed', 'link'].map((name) => inside(name));
    const acquire = (rootHomes: readonly string[]): Promise<EmbeddedPostgres> =>
      acquireEmbeddedPostgres({ dataDir: laboratory.dataDir, rootHomes });
    await expect(acquire(bad)).rejects.toMatchObject({
      code: 'database_root_unsupported',
      message: expect.stringContaining('run as an ordinary user') as string,
    });
    const chosen = place(openDataFolder(laboratory.dataDir), [...bad, inside('homes')]);
    expect(chosen.home).toBe(laboratory.home());
    expect(homes()).toEqual([basename(chosen.home)]);
    for (const folder of bad.slice(0, 2)) expect(readdirSync(folder)).toEqual([]);
  });
});
