import { createWriteStream } from 'node:fs';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileError, FileUnusable, isMissing, makeFolder } from '../../core/files/index.js';

/** The manifest beside an exported file. */
export function manifestOf(path: string): string {
  return `${path}.manifest.json`;
}

/** @throws FileUnusable where an export cannot go, before the work is done for nothing */
export async function requireFileTarget(path: string): Promise<void> {
  for (const file of [path, manifestOf(path)]) {
    const found = await stat(file).catch((error: unknown) => {
      if (!isMissing(error)) throw fileError(error, file);
    });
    if (found?.isDirectory() === true) throw new FileUnusable(file, 'is a folder, and a file is wanted');
    if (found?.isFile() === false) throw new FileUnusable(file, 'is not an ordinary file');
  }
  try {
    makeFolder(dirname(path));
  } catch (error) {
    throw fileError(error, path);
  }
}

/**
 * Writes an export and its manifest where a person wants them, both whole or not at all; folders on the way are made. A
 * device there is refused: a copy onto it that fails would remove it.
 * @throws FileUnusable
 */
export async function writeTarget(target: string, content: Readable, manifest: string): Promise<void> {
  const partial = `${target}.partial`;
  try {
    await requireFileTarget(target);
    await pipeline(content, createWriteStream(partial));
    await writeFile(manifestOf(partial), manifest);
    await rename(manifestOf(partial), manifestOf(target));
    await rename(partial, target);
  } catch (error) {
    content.destroy();
    await Promise.allSettled([partial, manifestOf(partial)].map((file) => rm(file, { force: true })));
    throw fileError(error, target);
  }
}
