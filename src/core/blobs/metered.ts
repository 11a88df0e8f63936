import { createHash } from 'node:crypto';
import type { BlobSource, StoredBlob } from './blob-store.js';

/** Passes a source's bytes on, counts and digests them, and remembers when it was the source that failed. */
export class Metered implements AsyncIterable<Buffer> {
  private readonly hash = createHash('sha256');
  private bytes = 0;
  private failure: { error: unknown } | undefined;

  constructor(private readonly source: BlobSource) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      for await (const piece of this.source) {
        const data = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : asBuffer(piece);
        this.hash.update(data);
        this.bytes += data.length;
        yield data;
      }
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }

  /** What the source threw, or else what `translate` makes of an error of the storage. */
  reason(error: unknown, translate: (error: unknown) => unknown): unknown {
    return this.failure === undefined ? translate(error) : this.failure.error;
  }

  /** Once all has passed. */
  stored(key: string): StoredBlob {
    return { key, bytes: this.bytes, sha256: this.hash.digest('hex') };
  }
}

function asBuffer(piece: Uint8Array): Buffer {
  return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
}
