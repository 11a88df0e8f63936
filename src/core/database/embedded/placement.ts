import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import type { RunAs } from './binaries.js';
import { errorCode, rootUnsupported, settingsBroken } from './embedded-postgres.errors.js';
import { poll } from './poll.js';
import { newSettings, readSettings, writeSettings, type DataFolder, type Settings } from './settings.js';

/** Where the server of a data folder lives, and as whom it runs. */
export interface Placement {
  /** Holds the cluster and, where needed, a copy of the binaries. */
  home: string;
  cluster: string;
  runAs: RunAs;
  settings: Settings;
}

/** Where root's servers live, since their user can reach nothing below a data folder of mode 0700. */
export const ROOT_HOMES: readonly string[] = ['/var/lib/azt3knet', join(tmpdir(), 'azt3knet')];

/** How long an external home outlives its data folder: the folder may only have been moved, or its disk not be mounted. */
const ORPHAN_LIFE_MS = 7 * 24 * 3600 * 1000;

/** The cluster's path, for people who look without making anything; undefined when there is none yet. */
export function placedCluster(folder: DataFolder): string | undefined {
  const settings = readSettings(folder.settings);
  return settings && join(homeOf(folder, settings), 'cluster');
}

function homeOf(folder: DataFolder, settings: Settings): string {
  return settings.external_home ?? join(folder.path, 'postgres');
}

/**
 * Decides on a first start where the server lives, and finds it again later. Call it inside the lock.
 * @param rootHomes candidates for root, best first
 * @throws EmbeddedPostgresError `database_settings_broken`, `database_root_unsupported`
 */
export function place(folder: DataFolder, rootHomes: readonly string[]): Placement {
  const runAs = process.getuid?.() === 0 ? unprivilegedUser() : {};
  const settings = readSettings(folder.settings) ?? firstSettings(folder, rootHomes, runAs);
  const home = homeOf(folder, settings);
  const cluster = join(home, 'cluster');
  if (settings.created && !existsSync(cluster))
    throw settingsBroken(
      `the database files in ${home} are gone`,
      `restore them, or remove ${folder.settings} to start with an empty database`,
    );
  mkdirSync(home, { recursive: true, mode: runAs.uid === undefined ? 0o700 : 0o755 });
  if (settings.external_home !== undefined) claimHome(home, folder, settings);
  return { home, cluster, runAs, settings };
}

function firstSettings(folder: DataFolder, rootHomes: readonly string[], runAs: RunAs): Settings {
  const inside = join(folder.path, 'postgres');
  if (existsSync(join(inside, 'cluster')))
    throw settingsBroken(
      `${folder.settings} with the passwords of the database is gone`,
      `restore it, or remove ${inside} to start with an empty database`,
    );
  const settings = newSettings();
  if (runAs.uid !== undefined) settings.external_home = join(rootHome(rootHomes, runAs.uid), settings.id);
  writeSettings(folder.settings, settings);
  return settings;
}

/** `nobody` is on every system, and initdb refuses an id without an entry. */
function unprivilegedUser(): RunAs {
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith('nobody:'));
  const [uid, gid] = (entry ?? '').split(':').slice(2, 4).map(Number);
  if (!uid || gid === undefined) throw rootUnsupported('there is no user nobody to run it as');
  return { uid, gid };
}

/** The first candidate that only root can write and that the server's user can reach. */
function rootHome(candidates: readonly string[], uid: number): string {
  for (const candidate of candidates) {
    try {
      if (mkdirSync(candidate, { recursive: true, mode: 0o755 }) !== undefined) chmodSync(candidate, 0o755);
      if (isRootsOwn(candidate) && isReachable(candidate, uid)) return candidate;
    } catch (error) {
      if (errorCode(error) === 'ENOSPC') throw error;
    }
  }
  throw rootUnsupported(`no other user can reach ${candidates.join(' or ')}`);
}

/** Whether a path is a folder, no link, that nobody but root can change: below /tmp others may have been faster. */
function isRootsOwn(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat !== undefined && stat.isDirectory() && stat.uid === 0 && (stat.mode & 0o022) === 0;
}

/** Whether a user may pass through every folder of a path. */
function isReachable(path: string, uid: number): boolean {
  const stat = statSync(path);
  if ((stat.mode & 0o001) === 0 && !(stat.uid === uid && (stat.mode & 0o100) !== 0)) return false;
  return path === dirname(path) || isReachable(dirname(path), uid);
}

/** Marks an external home as this data folder's, and as used now. */
function claimHome(home: string, folder: DataFolder, settings: Settings): void {
  chmodSync(home, 0o755);
  const mark = join(home, 'origin');
  const origin = existsSync(mark) ? readFileSync(mark, 'utf8') : '';
  if (origin !== folder.path && isOriginOf(origin, settings.id))
    throw settingsBroken(
      `${folder.path} is a copy of ${origin} and both name the same database files`,
      `remove ${folder.settings} to start with an empty database`,
    );
  writeFileSync(mark, folder.path, { mode: 0o600 });
  utimesSync(mark, new Date(), new Date());
}

function isOriginOf(origin: string, id: string): boolean {
  if (origin === '') return false;
  try {
    return readSettings(join(origin, 'postgres.json'))?.id === id;
  } catch {
    return true;
  }
}

/**
 * The external homes whose data folder is gone: at once when it was a temporary one, else after a week without use.
 * @param now milliseconds since 1970
 */
export function orphanedHomes(rootHomes: readonly string[], now: number): string[] {
  if (process.getuid?.() !== 0) return [];
  return rootHomes
    .filter(isRootsOwn)
    .flatMap((base) => readdirSync(base).map((name) => join(base, name)))
    .filter((home) => isOrphan(home, now));
}

function isOrphan(home: string, now: number): boolean {
  const mark = join(home, 'origin');
  let used: number;
  let origin: string;
  try {
    used = statSync(mark).mtimeMs;
    origin = readFileSync(mark, 'utf8');
  } catch {
    // Not a home, or another process is removing it at this moment.
    return false;
  }
  if (isOriginOf(origin, basename(home))) return false;
  return origin.startsWith(tmpdir() + sep) || now - used > ORPHAN_LIFE_MS;
}

/**
 * Removes a home with everything in it, again while a program that outlived its killed parent still writes there. What
 * cannot be removed is left for a later start.
 */
export async function removeHome(home: string): Promise<void> {
  await poll(
    () => {
      try {
        rmSync(home, { recursive: true, force: true });
      } catch {
        // The next round tries again.
      }
      // Node.js also takes it for done when a file in it vanished meanwhile.
      return existsSync(home) ? undefined : true;
    },
    20,
    5000,
  );
}
