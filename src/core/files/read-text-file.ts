import { readFileSync } from 'node:fs';
import { AppError } from '../errors/index.js';

/** The text of a file that a user named. @throws AppError `file_unreadable` */
export function readTextFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : String(code);
    throw new AppError('not_found', 'file_unreadable', `${file}: ${why}`, [], { cause: error });
  }
}
