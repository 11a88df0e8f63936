import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json is not above the program');
  return findRoot(parent);
}

/** The folder that holds package.json and the shipped scenarios, templates and policies; the same from src and dist. */
export const PROJECT_ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));
