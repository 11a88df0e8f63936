import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../../files/index.js';
import { errorCode, settingsBroken, wrongUser } from './embedded-postgres.errors.js';

const settingsSchema = z.strictObject({
  /** Names the folder outside the data folder, so that a fresh data folder gets a fresh one. */
  id: z.uuid(),
  /** Where cluster and copied binaries are when they cannot be in the data folder; an absolute path. */
  external_home: z.string().optional(),
  owner_password: z.string(),
  application_password: z.string(),
  /** Whether the cluster was made: from then on a missing one is a loss to report, not a first start. */
  created: z.boolean(),
});

/** What `<dataDir>/postgres.json` remembers about the embedded server. */
export type Settings = z.infer<typeof settingsSchema>;

/** The files of the supervisor in a data folder. */
export interface DataFolder {
  path: string;
  settings: string;
  lock: string;
  leases: string;
  log: string;
}

/** The names of the supervisor's files; makes nothing. */
export function dataFolderAt(dataDir: string): DataFolder {
  const path = resolve(dataDir);
  return {
    path,
    settings: join(path, 'postgres.json'),
    lock: join(path, 'postgres.lock'),
    leases: join(path, 'postgres.holders'),
    log: join(path, 'postgres.log'),
  };
}

/**
 * Makes the data folder, for this user only, and resolves symbolic links in its path.
 * @throws EmbeddedPostgresError `database_wrong_user` when another user made it
 */
export function openDataFolder(dataDir: string): DataFolder {
  const path = resolve(dataDir);
  makeFolder(path, 0o700);
  const folder = dataFolderAt(realpathSync(path));
  refuseOtherUser(folder);
  chmodSync(folder.path, 0o700);
  return folder;
}

/** Refuses a data folder of another user; root may take a folder in which no database was made yet. */
export function refuseOtherUser(folder: DataFolder): void {
  const user = process.getuid?.();
  const owner = statSync(folder.path, { throwIfNoEntry: false })?.uid;
  if (owner === undefined || user === undefined) return;
  if (user !== 0 && owner !== user) throw wrongUser(folder.path, owner);
  const settingsOwner = statSync(folder.settings, { throwIfNoEntry: false })?.uid;
  if (settingsOwner !== undefined && settingsOwner !== user) throw wrongUser(folder.path, settingsOwner);
}

function randomPassword(): string {
  return randomBytes(24).toString('hex');
}

/** Settings for a first start: a random id and random passwords of 192 bits, which need no quoting anywhere. */
export function newSettings(): Settings {
  return {
    id: randomUUID(),
    owner_password: randomPassword(),
    application_password: randomPassword(),
    created: false,
  };
}

/**
 * Reads the settings; undefined when there are none yet.
 * @throws EmbeddedPostgresError `database_settings_broken` when the file is not what was written
 */
export function readSettings(file: string): Settings | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return settingsSchema.parse(JSON.parse(text));
  } catch {
    throw settingsBroken(
      `${file} is damaged`,
      `restore it, or remove its folder to start with an empty database`,
    );
  }
}

/** Writes the settings, readable for this user only, whole or not at all. */
export function writeSettings(file: string, settings: Settings): void {
  const draft = `${file}.new`;
  try {
    writeFileSync(draft, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
