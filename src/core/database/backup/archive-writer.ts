import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pack, type Pack } from 'tar-stream';
import {
  FORMAT_VERSION,
  MANIFEST_ENTRY,
  MARK_ENTRY,
  packPiece,
  PIECE_BYTES,
  pieceEntry,
} from './archive-format.js';
import { fileError } from '../../files/index.js';
import { ArchiveExistsError } from './backup.errors.js';
import type { Manifest } from './manifest.js';
import { partialPath, removeAbandoned } from './partial-file.js';

/** What went into a section. */
export interface WrittenSection {
  bytes: number;
  sha256: string;
}

/** Writes an archive beside its place; it appears there whole and on the disk, or not at all. */
export class ArchiveWriter {
  private readonly tar: Pack = pack();
  private readonly written: Promise<void>;
  /** Why the file takes no more; the archive's stream, which it ends, says only that it was ended. */
  private failure: unknown;
  /** A process that is made to exit leaves no half file either. */
  private readonly onExit = (): void => rmSync(this.partial, { force: true });

  private constructor(
    private readonly path: string,
    private readonly partial: string,
    private readonly file: FileHandle,
  ) {
    process.once('exit', this.onExit);
    this.written = this.write();
    // Heard by whoever writes next, or finishes.
    this.written.catch(() => undefined);
  }

  /** @throws ArchiveExistsError, FileUnusable */
  static async create(path: string): Promise<ArchiveWriter> {
    if (existsSync(path)) throw new ArchiveExistsError(path);
    const partial = partialPath(path);
    try {
      await removeAbandoned(dirname(path));
      // It holds what the database holds, password hashes among it.
      const writer = new ArchiveWriter(path, partial, await open(partial, 'wx', 0o600));
      try {
        await writer.entry(MARK_ENTRY, Buffer.from(FORMAT_VERSION));
        return writer;
      } catch (error) {
        await writer.discard();
        throw error;
      }
    } catch (error) {
      throw fileError(error, path);
    }
  }

  /** Writes a section from a stream, piece by piece; a piece is compressed while the next is read. */
  async section(section: string, source: AsyncIterable<Buffer>): Promise<WrittenSection> {
    const hash = createHash('sha256');
    let bytes = 0;
    let index = 0;
    let previous = Promise.resolve();
    for await (const piece of piecesOf(source)) {
      hash.update(piece);
      bytes += piece.length;
      await previous;
      previous = this.piece(pieceEntry(section, index), piece);
      // An error of the source comes before this one is waited for.
      previous.catch(() => undefined);
      index += 1;
    }
    await previous;
    return { bytes, sha256: hash.digest('hex') };
  }

  /** Ends the archive with its manifest and gives it its name. Returns its size in bytes. */
  async finish(manifest: Manifest): Promise<number> {
    try {
      await this.entry(MANIFEST_ENTRY, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
      this.tar.finalize();
      await this.written;
      await this.file.sync();
      const { size } = await this.file.stat();
      await this.file.close();
      if (existsSync(this.path)) throw new ArchiveExistsError(this.path);
      await rename(this.partial, this.path);
      process.off('exit', this.onExit);
      await syncFolder(dirname(this.path));
      return size;
    } catch (error) {
      throw fileError(this.failure ?? error, this.path);
    }
  }

  /** Removes what was written. */
  async discard(): Promise<void> {
    this.tar.destroy();
    await this.written.catch(() => undefined);
    await this.file.close().catch(() => undefined);
    await rm(this.partial, { force: true }).catch(() => undefined);
    process.off('exit', this.onExit);
  }

  private async write(): Promise<void> {
    for await (const block of this.tar) {
      try {
        await this.file.writeFile(block as Buffer);
      } catch (error) {
        this.failure = error;
        throw error;
      }
    }
  }

  private async piece(entry: string, piece: Buffer): Promise<void> {
    await this.entry(entry, await packPiece(piece));
  }

  /** Resolves when the entry is on its way to the file, so that no more than one waits in memory. */
  private async entry(name: string, data: Buffer): Promise<void> {
    const taken = new Promise<void>((resolve, reject) => {
      this.tar.entry({ name, mode: 0o600, mtime: new Date(0) }, data, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    try {
      await Promise.race([taken, this.written.then(() => taken)]);
    } catch (error) {
      throw fileError(this.failure ?? error, this.path);
    }
  }
}

/** Cuts a stream into pieces of one size; the last one may be smaller. */
async function* piecesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const part of source) {
    parts.push(part);
    size += part.length;
    while (size >= PIECE_BYTES) {
      const all = Buffer.concat(parts);
      yield all.subarray(0, PIECE_BYTES);
      parts = [all.subarray(PIECE_BYTES)];
      size -= PIECE_BYTES;
    }
  }
  if (size > 0) yield Buffer.concat(parts);
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
