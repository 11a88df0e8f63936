import { randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError, isMissing } from './file-unusable.js';
import { makeFolder } from './make-folder.js';

const FOLDER = 'scratch';

/** A new folder on this machine for files on their way into the storage; whoever opens it removes it. */
export function openScratch(dataDir: string, name: string): string {
  const folder = join(dataDir, FOLDER, `${name}.${randomBytes(6).toString('hex')}`);
  try {
    makeFolder(folder);
  } catch (error) {
    throw fileError(error, folder);
  }
  return folder;
}

/**
 * Folders in which nothing has been written since a moment: their process was killed.
 * @param remove whether to remove them as well
 */
export async function* abandonedScratch(
  dataDir: string,
  before: Date,
  remove: boolean,
): AsyncGenerator<string> {
  const root = join(dataDir, FOLDER);
  for (const name of await namesIn(root)) {
    const folder = join(root, name);
    const paths = [folder, ...(await namesIn(folder)).map((file) => join(folder, file))];
    const found = await Promise.allSettled(paths.map((path) => stat(path)));
    const busy = found.some(({ status, value }: { status: string; value?: { mtime: Date } }) => {
      return status === 'fulfilled' && value !== undefined && value.mtime >= before;
    });
    if (busy) continue;
    if (remove) await rm(folder, { recursive: true, force: true });
    yield folder;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw fileError(error, folder);
  }
}
