import { randomBytes } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { open, readdir, rename, rm, rmdir, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileError, isMissing, makeFolder } from '../files/index.js';
import { BLOB_AREAS, requireBlobFolder, requireBlobKey } from './blob-key.js';
import { BlobNotFound, BlobRangeInvalid } from './blob.errors.js';
import {
  BlobStore,
  type BlobContent,
  type BlobInfo,
  type BlobPlace,
  type BlobSource,
  type ByteRange,
  type StoredBlob,
} from './blob-store.js';
import { Metered } from './metered.js';

/** Names of files that are being written; no key has a name with a dot first. */
const PARTIAL = /^\..+\.partial$/;
/** A folder can be removed by somebody who thinks it empty just before a file goes into it. */
const OPEN_ATTEMPTS = 5;

/** Objects as files below a folder, under their keys. */
export class FileBlobStore extends BlobStore {
  readonly kind = 'files';

  constructor(private readonly root: string) {
    super();
  }

  /** Writes beside the target under a passing name; a file that has its name is whole and on the disk. */
  async put(key: string, source: BlobSource): Promise<StoredBlob> {
    const path = this.locate(key);
    const partial = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.partial`);
    const metered = new Metered(source);
    try {
      const file = await openNew(partial);
      try {
        for await (const data of metered) await file.writeFile(data);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(partial, path);
      await syncFolder(dirname(path));
    } catch (error) {
      await rm(partial, { force: true }).catch(() => undefined);
      throw metered.reason(error, (each) => fileError(each, path));
    }
    return metered.stored(key);
  }

  async get(key: string, range?: ByteRange): Promise<BlobContent> {
    const path = this.locate(key);
    const file = await open(path, 'r').catch((error: unknown) => {
      throw isAbsent(error) ? new BlobNotFound(key, { cause: error }) : fileError(error, path);
    });
    try {
      const found = await file.stat();
      if (!found.isFile()) throw new BlobNotFound(key);
      if (range !== undefined && range.start >= found.size) throw new BlobRangeInvalid(key);
      return { bytes: found.size, stream: file.createReadStream({ ...range }) };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async stat(key: string): Promise<BlobInfo | undefined> {
    const path = this.locate(key);
    try {
      const found = await stat(path);
      return found.isFile() ? { key, bytes: found.size, modified: found.mtime } : undefined;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw fileError(error, path);
    }
  }

  async delete(key: string): Promise<void> {
    const path = this.locate(key);
    try {
      await rm(path, { force: true });
    } catch (error) {
      throw fileError(error, path);
    }
    await this.removeEmptyFolders(dirname(path));
  }

  async *list(folder: string): AsyncGenerator<BlobInfo> {
    requireBlobFolder(folder);
    for await (const path of this.walk(join(this.root, folder))) {
      if (basename(path).startsWith('.')) continue;
      const info = await this.stat(relative(this.root, path).replaceAll(sep, '/'));
      if (info !== undefined) yield info;
    }
  }

  locate(key: string): string {
    requireBlobKey(key);
    return join(this.root, key);
  }

  async *unfinished(before: Date, remove: boolean): AsyncGenerator<string> {
    for (const area of BLOB_AREAS) {
      for await (const path of this.walk(join(this.root, area))) {
        if (!PARTIAL.test(basename(path))) continue;
        const found = await stat(path).catch(() => undefined);
        if (found === undefined || found.mtime >= before) continue;
        if (remove) await rm(path, { force: true });
        yield relative(this.root, path);
      }
    }
  }

  /** Folders are made when something goes into them: there is nothing to prepare but the first. */
  async setup(dryRun: boolean): Promise<BlobPlace[]> {
    const found = await stat(this.root).catch(() => undefined);
    try {
      if (!dryRun) makeFolder(this.root, 0o700);
    } catch (error) {
      throw fileError(error, this.root);
    }
    return [{ name: this.root, missing: found === undefined }];
  }

  /** The paths of the files below a folder. */
  private async *walk(folder: string): AsyncGenerator<string> {
    for (const entry of await entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) yield* this.walk(path);
      else if (entry.isFile()) yield path;
    }
  }

  private async removeEmptyFolders(folder: string): Promise<void> {
    let empty = folder;
    // The areas stay.
    while (relative(this.root, empty).includes(sep)) {
      try {
        await rmdir(empty);
      } catch {
        return;
      }
      empty = dirname(empty);
    }
  }
}

/** Also where a part of the key's path is an object itself. */
function isAbsent(error: unknown): boolean {
  return isMissing(error) || (error as NodeJS.ErrnoException).code === 'ENOTDIR';
}

async function openNew(path: string): Promise<FileHandle> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      makeFolder(dirname(path));
      return await open(path, 'wx');
    } catch (error) {
      if (!isMissing(error) || attempt === OPEN_ATTEMPTS) throw error;
    }
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw fileError(error, folder);
  }
}

/** Without this a power failure may take the name from a file that is on the disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
