import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { PendingBlobs, type BlobStore } from '../../blobs/index.js';
import { blobSection } from './archive-format.js';
import { metered, type BackupOptions } from './backup.js';
import { BlobInTheWayError, RestoreFailedError } from './backup.errors.js';
import type { BlobEntry, Manifest } from './manifest.js';

/** As the product puts them. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json; charset=utf-8',
  '.jsonl': 'application/x-ndjson; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8; header=present',
  '.html': 'text/html; charset=utf-8',
  '.parquet': 'application/vnd.apache.parquet',
};

/** Puts the objects of a backup before its rows are committed, and takes them away again when it does not come to that. */
export class BlobRestorer {
  private readonly entries: Map<string, BlobEntry>;
  private readonly store: BlobStore | undefined;
  private readonly pending: PendingBlobs | undefined;

  constructor(
    { blobs }: Manifest,
    private readonly options: BackupOptions,
  ) {
    this.entries = new Map((blobs ?? []).map((entry, place) => [blobSection(place), entry]));
    this.store = options.blobs;
    this.pending = this.store && new PendingBlobs(this.store);
  }

  /**
   * Takes a section that is an object; false when it is none. Without a storage it is only read.
   * @throws BlobInTheWayError, RestoreFailedError
   */
  async take(section: string, pieces: AsyncIterable<Buffer>): Promise<boolean> {
    const entry = this.entries.get(section);
    if (entry === undefined) return false;
    const { key, sha256 } = entry;
    const step = `storing ${key}`;
    const source = metered(pieces, (bytes) => this.options.onProgress?.({ step, bytes }));
    if (this.pending === undefined || (await this.isThere(entry))) {
      for await (const _ of source) this.options.signal?.throwIfAborted();
      return true;
    }
    const stored = await this.pending.put(
      key,
      source,
      MEDIA_TYPES[extname(key)] ?? 'application/octet-stream',
    );
    if (stored.sha256 !== sha256) throw new RestoreFailedError(`${key} is not what was backed up`);
    return true;
  }

  handOver(): void {
    this.pending?.handOver();
  }

  async discard(): Promise<void> {
    await this.pending?.discard();
  }

  /** Whether the storage has survived what the database has not. @throws BlobInTheWayError */
  private async isThere({ key, bytes, sha256 }: BlobEntry): Promise<boolean> {
    const found = await this.store?.stat(key);
    if (found === undefined || this.store === undefined) return false;
    const hash = createHash('sha256');
    for await (const part of (await this.store.get(key)).stream) hash.update(part as Buffer);
    if (found.bytes !== bytes || hash.digest('hex') !== sha256) throw new BlobInTheWayError(key);
    return true;
  }
}
