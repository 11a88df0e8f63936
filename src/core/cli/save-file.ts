import { randomBytes } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from '@azt3knet/client';
import { fileError, FileUnusable, makeFolder } from '../files/index.js';

/**
 * Sees to it that a file can go there, before the work is done for nothing; folders on the way are made. A device is
 * refused: writing to it would replace it.
 * @throws FileUnusable
 */
export async function requireTargets(...paths: readonly string[]): Promise<void> {
  // What is on its way has a longer name, which must be possible too.
  for (const path of paths.flatMap((each) => [each, partialOf(each)])) {
    const found = await stat(path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw fileError(error, path);
    });
    if (found?.isDirectory() === true) throw new FileUnusable(path, 'is a folder, and a file is wanted');
    if (found?.isFile() === false) throw new FileUnusable(path, 'is not an ordinary file');
    try {
      makeFolder(dirname(path));
    } catch (error) {
      throw fileError(error, path);
    }
  }
}

/** Where a file is while it is on its way: a name that nobody can foresee and lay a link at. */
function partialOf(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}.partial`;
}

/**
 * Downloads what the API has at these paths to these files: all of them, or none where one fails.
 * @param files the API's path → the file's, and the media type that is wanted where there is a choice
 * @throws FileUnusable, ApiError, NetworkError
 */
export async function saveFiles(
  client: Client,
  files: readonly (readonly [from: string, to: string, accept?: string])[],
): Promise<void> {
  await requireTargets(...files.map(([, to]) => to));
  const partials = files.map(([from, to, accept]) => ({ from, to, accept, partial: partialOf(to) }));
  // Ctrl-C ends the process in the middle.
  const clear = (): void => partials.forEach(({ partial }) => rmSync(partial, { force: true }));
  process.once('exit', clear);
  try {
    for (const { from, to, accept, partial } of partials) {
      const { body } = await client.download(from, accept === undefined ? {} : { accept });
      const stream = Readable.fromWeb(body);
      await pipeline(stream, createWriteStream(partial, { flags: 'wx' })).catch((error: unknown) => {
        throw fileError(error, to);
      });
    }
    // The first is what the others tell about: when it has its name, they have theirs.
    for (const { partial, to } of partials.toReversed()) await rename(partial, to);
  } catch (error) {
    await Promise.allSettled(partials.map(({ partial }) => rm(partial, { force: true })));
    throw error;
  } finally {
    process.off('exit', clear);
  }
}
