import { createWriteStream } from 'node:fs';
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
  for (const path of paths) {
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

/**
 * Downloads what the API has at these paths to these files: all of them, or none where one fails.
 * @param files the API's path → the file's
 * @throws FileUnusable, ApiError, NetworkError
 */
export async function saveFiles(
  client: Client,
  files: readonly (readonly [from: string, to: string])[],
): Promise<void> {
  await requireTargets(...files.map(([, to]) => to));
  const partials = files.map(([from, to]) => ({ from, to, partial: `${to}.partial` }));
  try {
    for (const { from, to, partial } of partials) {
      const { body } = await client.download(from);
      const stream = Readable.fromWeb(body);
      await pipeline(stream, createWriteStream(partial)).catch((error: unknown) => {
        throw fileError(error, to);
      });
    }
    for (const { partial, to } of partials) await rename(partial, to);
  } catch (error) {
    await Promise.allSettled(partials.map(({ partial }) => rm(partial, { force: true })));
    throw error;
  }
}
