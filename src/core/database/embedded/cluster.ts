import { randomUUID } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { majorVersion, runProgram, type Binaries, type Finished, type RunAs } from './binaries.js';
import { creationFailed, diskFull, versionMismatch } from './embedded-postgres.errors.js';
import { removeHome, type Placement } from './placement.js';

/** The database that both roles connect to. */
export const DATABASE = 'azt3knet';
/** The role that owns everything and runs migrations; a superuser. */
export const OWNER_ROLE = 'azt3knet_owner';
/** The role of the running application: it may log in, and has what migrations grant it. */
export const APPLICATION_ROLE = 'azt3knet_app';

/**
 * Makes the cluster with its roles and its database unless it is there. It is made in a folder of its own and renamed when
 * it is complete, so that an interrupted creation leaves nothing that a later start would take for a cluster.
 * @throws EmbeddedPostgresError `database_version_mismatch`, `database_creation_failed`, `database_disk_full`
 */
export async function ensureCluster(placement: Placement, binaries: Binaries): Promise<void> {
  const { home, cluster, runAs } = placement;
  await removeDrafts(home);
  if (existsSync(cluster)) {
    const wanted = await majorVersion(binaries, runAs);
    const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
    if (found !== wanted) throw versionMismatch(home, found, wanted);
    return;
  }
  const draft = join(home, `new-${randomUUID()}`);
  try {
    mkdirSync(draft, { mode: 0o700 });
    own(draft, runAs);
    await initialise(draft, placement, binaries);
    renameSync(join(draft, 'cluster'), cluster);
    syncFolder(home);
  } finally {
    await removeHome(draft);
  }
}

async function removeDrafts(home: string): Promise<void> {
  const drafts = readdirSync(home).filter((name) => name.startsWith('new-'));
  await Promise.all(drafts.map((name) => removeHome(join(home, name))));
}

async function initialise(draft: string, placement: Placement, binaries: Binaries): Promise<void> {
  const { home, runAs, settings } = placement;
  const cluster = join(draft, 'cluster');
  // A file, because a command line is for everyone to read; it goes with the draft.
  const passwordFile = join(draft, 'password');
  writeFileSync(passwordFile, settings.owner_password, { mode: 0o600 });
  own(passwordFile, runAs);
  const layout = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C', '--builtin-locale=C.UTF-8'];
  const access = [`--username=${OWNER_ROLE}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const program = (name: string): string => join(binaries.folder, 'bin', name);
  const made = await runProgram(
    program('initdb'),
    ['-D', cluster, ...layout, ...access, '--data-checksums', '--no-instructions'],
    runAs,
  );
  refuseFailure('initdb', made, home);
  // Single-user mode: one statement a line, no server that another process could find.
  const statements = [
    `CREATE ROLE ${APPLICATION_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '${settings.application_password}';`,
    `CREATE DATABASE ${DATABASE};`,
  ];
  const filled = await runProgram(
    program('postgres'),
    ['--single', '-D', cluster, '-c', 'exit_on_error=on', '-c', 'log_min_error_statement=panic', 'postgres'],
    runAs,
    `${statements.join('\n')}\n`,
  );
  refuseFailure('postgres --single', filled, home);
}

function refuseFailure(program: string, finished: Finished, home: string): void {
  if (finished.code === 0) return;
  if (isDiskFull(finished.output)) throw diskFull(home);
  const reason =
    failureLine(finished.output) ?? (finished.code === null ? 'interrupted' : `exit ${finished.code}`);
  throw creationFailed(`${program}: ${reason}`);
}

/** Whether a program's messages say that the disk is full. */
export function isDiskFull(output: string): boolean {
  return /No space left on device|Disk quota exceeded/i.test(output);
}

/** The first message of a PostgreSQL program that says what failed, without its time and process id. */
export function failureLine(output: string): string | undefined {
  return /(?:PANIC|FATAL|ERROR|error):\s+(.*)/.exec(output)?.[1];
}

function own(path: string, { uid, gid }: RunAs): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

/** Makes a rename in a folder survive a power cut. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
