import { readFileSync } from 'node:fs';
import { AppError, type ErrorKind } from '../errors/index.js';

/** What keeps a file from being read, and what of it is whose mistake. */
const REASONS: Readonly<Record<string, readonly [ErrorKind, string]>> = {
  ENOENT: ['not_found', 'there is no such file'],
  ENOTDIR: ['not_found', 'there is no such file: a part of the path is a file'],
  EACCES: ['forbidden', 'permission denied'],
  EPERM: ['forbidden', 'permission denied'],
  EISDIR: ['invalid', 'is a folder, and a file is wanted'],
  ENAMETOOLONG: ['invalid', 'the path is too long'],
  ERR_INVALID_ARG_VALUE: ['invalid', 'is no path'],
};

/** A file that a user named cannot be read: it is missing, not theirs, or no file. */
export class FileUnreadable extends AppError {
  constructor(file: string, error: unknown) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const [kind, reason] = REASONS[code] ?? ['invalid', `the system says ${code}`];
    super(kind, 'file_unreadable', `${file}: ${reason}`, [], { cause: error });
  }
}

/** The text of a file that a user named. @throws FileUnreadable */
export function readTextFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new FileUnreadable(file, error);
  }
}
