import { AppError } from '../../errors/index.js';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file',
  EISDIR: 'it is a folder, and a file is wanted',
  EEXIST: 'it exists already',
};

/** The archive's file cannot be read or written, for a reason that a person can remove. */
export class ArchiveFileError extends AppError {
  constructor(path: string, cause: NodeJS.ErrnoException) {
    const reason = REASONS[cause.code ?? ''] ?? cause.code ?? cause.message;
    super(cause.code === 'ENOENT' ? 'not_found' : 'unavailable', 'backup_file', `${path}: ${reason}`, [], {
      cause,
    });
  }
}

/** A backup never takes the place of a file. */
export class ArchiveExistsError extends AppError {
  constructor(path: string) {
    super('conflict', 'backup_exists', `${path} exists; a backup goes into a new file`);
  }
}

/** The file is something else, damaged, cut off, or was changed. */
export class ArchiveInvalidError extends AppError {
  constructor(path: string, reason: string, options?: ErrorOptions) {
    super('invalid', 'backup_invalid', `${path} is not an intact backup: ${reason}`, [], options);
  }
}

/** A later version of the product made it. */
export class ArchiveNewerError extends AppError {
  constructor(path: string, reason: string) {
    super('conflict', 'backup_newer', `${path} was made by a newer Azt3kNet: ${reason}`);
  }
}

export class DatabaseNotEmptyError extends AppError {
  constructor(found: string) {
    super(
      'conflict',
      'database_not_empty',
      `a backup is restored into an empty database only, and this one is not: ${found}`,
    );
  }
}

export class NothingToBackUpError extends AppError {
  constructor() {
    super('not_found', 'database_without_schema', 'the database has no tables of Azt3kNet to back up');
  }
}

/** What came out of the database is not what went in; everything was rolled back. */
export class RestoreFailedError extends AppError {
  constructor(reason: string, options?: ErrorOptions) {
    super(
      'conflict',
      'restore_failed',
      `the backup was not restored, and nothing was changed: ${reason}`,
      [],
      options,
    );
  }
}

/** A system's error about the archive's file as an {@link ArchiveFileError}; any other error as it is. */
export function archiveFileError(error: unknown, path: string): unknown {
  const { code, errno } = error as NodeJS.ErrnoException;
  return code !== undefined && errno !== undefined
    ? new ArchiveFileError(path, error as NodeJS.ErrnoException)
    : error;
}
