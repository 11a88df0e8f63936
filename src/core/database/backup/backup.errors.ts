import { AppError } from '../../errors/index.js';
import { isMissing } from '../../files/index.js';
import { FileUnreadable } from '../../files/read-text-file.js';

export class ArchiveMissingError extends AppError {
  constructor(path: string) {
    super('not_found', 'backup_not_found', `there is no file ${path}`);
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

/** The storage has something else where an object of the backup belongs. */
export class BlobInTheWayError extends AppError {
  constructor(key: string) {
    super('conflict', 'blob_in_the_way', `the object storage has another object ${key}; it is not replaced`);
  }
}

/** A system's error about the archive that is read as one of ours; any other error as it is. */
export function archiveError(error: unknown, path: string): unknown {
  if (isMissing(error)) return new ArchiveMissingError(path);
  return (error as NodeJS.ErrnoException).errno === undefined ? error : new FileUnreadable(path, error);
}
