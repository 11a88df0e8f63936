import { AppError } from '../errors/index.js';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'is a folder, and a file is wanted',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  ENAMETOOLONG: 'the path is too long',
  ENOENT: 'no file can be made there',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

/** A file cannot be written or read, for a reason that its owner can remove. */
export class FileUnusable extends AppError {
  constructor(path: string, reason: string, options?: ErrorOptions) {
    super('unavailable', 'file_unusable', `${path}: ${reason}`, [], options);
  }
}

/** What the system says about a path as a {@link FileUnusable}; any other error as it is. */
export function fileError(error: unknown, path: string): unknown {
  const { code, errno } = error as NodeJS.ErrnoException;
  if (code === undefined || errno === undefined) return error;
  return new FileUnusable(path, REASONS[code] ?? `the system says ${code}`, { cause: error });
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
