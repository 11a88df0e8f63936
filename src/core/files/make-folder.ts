import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder with the parents that are missing, step by step: Node's own recursive `mkdir` never ends where a parent
 * exists but takes no folders, as in /proc.
 * @param mode of the folders that are made
 * @throws the system's error
 */
export function makeFolder(path: string, mode = 0o777): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  if (dirname(path) !== path) makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Somebody else may have made it in the meantime; a file of that name is an error.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || found !== undefined) throw error;
  }
}
