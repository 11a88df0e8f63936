import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { extract, type Extract } from 'tar-stream';
import { AppError } from '../../errors/index.js';
import { FileUnusable } from '../../files/index.js';
import {
  blobSection,
  FORMAT_VERSION,
  MANIFEST_ENTRY,
  MANIFEST_MAX,
  MARK_ENTRY,
  PACKED_MAX,
  parsePieceEntry,
  tableSection,
  unpackPiece,
} from './archive-format.js';
import { archiveError, ArchiveInvalidError, ArchiveNewerError } from './backup.errors.js';
import { readManifest, type Manifest } from './manifest.js';

/** A part of the archive; read its pieces before asking for the next section. */
export interface Section {
  /** `tables/<name>` or `blobs/<number>` */
  name: string;
  pieces: AsyncGenerator<Buffer>;
}

type Entry = Extract extends AsyncIterable<infer E> ? E : never;

interface Piece {
  section: string;
  data: Buffer;
}

export interface ReadOptions {
  signal?: AbortSignal | undefined;
  /** Hears how much of the file was read, and how much there is, in bytes. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Reads an archive from its beginning to its end, never more than one piece of it in memory. */
export class ArchiveReader {
  private found: Manifest | undefined;

  constructor(
    private readonly path: string,
    private readonly options: ReadOptions = {},
  ) {}

  /** Once the sections were read. */
  get manifest(): Manifest {
    if (this.found === undefined) throw new ArchiveInvalidError(this.path, 'it was cut off');
    return this.found;
  }

  /** The sections in their order. @throws ArchiveInvalidError, ArchiveNewerError, ArchiveMissingError, FileUnusable */
  async *sections(): AsyncGenerator<Section> {
    const pieces = this.pieces();
    try {
      let next = await pieces.next();
      while (next.done !== true) {
        const { section } = next.value;
        yield {
          name: section,
          pieces: (async function* () {
            while (next.done !== true && next.value.section === section) {
              yield next.value.data;
              next = await pieces.next();
            }
          })(),
        };
      }
      // It came last, or was cut off.
      void this.manifest;
    } finally {
      await pieces.return(undefined);
    }
  }

  private async *pieces(): AsyncGenerator<Piece> {
    try {
      yield* this.checkedPieces();
    } catch (error) {
      throw this.explained(error);
    }
  }

  private async *checkedPieces(): AsyncGenerator<Piece> {
    const order = new EntryOrder(this.path);
    for await (const entry of this.entries()) {
      if (this.found !== undefined) throw this.invalid('something follows its manifest');
      const { name } = entry.header;
      const data = await this.content(entry, name === MANIFEST_ENTRY ? MANIFEST_MAX : PACKED_MAX);
      if (order.isMark(name, data)) continue;
      if (name === MANIFEST_ENTRY) {
        this.found = this.checked(data);
        continue;
      }
      const section = order.sectionOf(name);
      yield { section, data: await this.unpacked(name, data) };
    }
  }

  private async *entries(): AsyncGenerator<Entry> {
    await this.requireFile();
    const file = await open(this.path, 'r');
    const { size } = await file.stat();
    const input = file.createReadStream();
    const tar = extract();
    input.on('data', () => this.options.onProgress?.(input.bytesRead, size));
    input.on('error', (error) => tar.destroy(error));
    input.pipe(tar);
    try {
      for await (const entry of tar) {
        this.options.signal?.throwIfAborted();
        yield entry;
      }
    } finally {
      input.destroy();
    }
  }

  /** Opening a pipe waits for its writer, and nothing ends that. A folder says itself what it is. */
  private async requireFile(): Promise<void> {
    const found = await stat(this.path);
    if (!found.isFile() && !found.isDirectory()) throw new FileUnusable(this.path, 'is not an ordinary file');
  }

  /** Nothing of an entry is believed before its size and kind are. */
  private async content(entry: Entry, max: number): Promise<Buffer> {
    const { name, type, size } = entry.header;
    if (type !== 'file') throw this.invalid(`${shown(name)} is not a file`);
    if (size > max) throw this.invalid(`${shown(name)} is larger than anything in a backup`);
    const parts: Buffer[] = [];
    for await (const part of entry) parts.push(part as Buffer);
    return Buffer.concat(parts);
  }

  private checked(data: Buffer): Manifest {
    try {
      return readManifest(data.toString('utf8'));
    } catch (error) {
      throw this.invalid((error as Error).message);
    }
  }

  private async unpacked(name: string, data: Buffer): Promise<Buffer> {
    const piece = await unpackPiece(data).catch(() => undefined);
    if (piece === undefined || piece.length === 0) throw this.invalid(`${shown(name)} is damaged`);
    return piece;
  }

  private invalid(reason: string): ArchiveInvalidError {
    return new ArchiveInvalidError(this.path, reason);
  }

  /** What the tar reader says is about the file's form. */
  private explained(error: unknown): unknown {
    if (error instanceof AppError || this.options.signal?.aborted === true) return error;
    const known = archiveError(error, this.path);
    if (known !== error) return known;
    const { code, message } = error as NodeJS.ErrnoException;
    // The file ended within an entry, or between two.
    if (code === 'STREAM_DESTROYED' || message === 'Unexpected end of data') {
      return this.invalid('it was cut off');
    }
    return /tar|header|checksum/i.test(message) ? this.invalid('its form is damaged') : error;
  }
}

/** Entries come in one order, so that nothing can be there twice. */
class EntryOrder {
  private marked = false;
  private section = '';
  private index = 0;

  constructor(private readonly path: string) {}

  isMark(name: string, data: Buffer): boolean {
    if (this.marked) return false;
    if (name !== MARK_ENTRY) throw new ArchiveInvalidError(this.path, 'it is another kind of archive');
    const version = data.toString('utf8').slice(0, 20);
    if (version !== FORMAT_VERSION) throw new ArchiveNewerError(this.path, `format ${shown(version)}`);
    this.marked = true;
    return true;
  }

  sectionOf(name: string): string {
    const piece = parsePieceEntry(name);
    if (piece === undefined) throw new ArchiveInvalidError(this.path, `${shown(name)} does not belong there`);
    const follows = piece.section === this.section;
    if (piece.index !== (follows ? this.index : 0) || (!follows && piece.section < this.section)) {
      throw new ArchiveInvalidError(this.path, `${shown(name)} is not where it belongs`);
    }
    this.section = piece.section;
    this.index = piece.index + 1;
    return piece.section;
  }
}

/** A name of a stranger's in one line. */
function shown(name: string): string {
  return JSON.stringify(name.slice(0, 60));
}

/**
 * Reads a whole archive and compares it with its manifest.
 * @throws ArchiveInvalidError, ArchiveNewerError, ArchiveMissingError
 */
export async function verifyArchive(path: string, options: ReadOptions = {}): Promise<Manifest> {
  const reader = new ArchiveReader(path, options);
  const found = new Map<string, { bytes: number; sha256: string }>();
  for await (const { name, pieces } of reader.sections()) {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
    }
    found.set(name, { bytes, sha256: hash.digest('hex') });
  }
  const { manifest } = reader;
  const compare = (section: string, what: string, declared: { bytes: number; sha256: string }): void => {
    const { bytes, sha256 } = found.get(section) ?? NOTHING;
    found.delete(section);
    if (bytes !== declared.bytes || sha256 !== declared.sha256) {
      throw new ArchiveInvalidError(path, `the content of ${what} is not what its manifest says`);
    }
  };
  for (const table of manifest.tables) compare(tableSection(table.name), table.name, table);
  for (const [place, blob] of (manifest.blobs ?? []).entries()) compare(blobSection(place), blob.key, blob);
  const [extra] = found.keys();
  if (extra !== undefined) throw new ArchiveInvalidError(path, `its manifest does not name ${extra}`);
  return manifest;
}

const NOTHING = { bytes: 0, sha256: createHash('sha256').digest('hex') };
