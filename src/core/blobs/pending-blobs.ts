import type { BlobSource, BlobStore, StoredBlob } from './blob-store.js';

/**
 * Objects that a transaction will name. They are put before it, so that no row is without its object; when it does not
 * come to that, `discard` removes them, and what even that leaves has no row and is swept.
 */
export class PendingBlobs {
  private keys: string[] = [];

  constructor(private readonly store: BlobStore) {}

  async put(key: string, source: BlobSource, mediaType: string): Promise<StoredBlob> {
    const stored = await this.store.put(key, source, mediaType);
    this.keys.push(key);
    return stored;
  }

  /**
   * The transaction is about to commit. Should that fail, nobody knows whether it has: only the sweep, which looks for
   * the rows much later, may remove these objects now.
   */
  handOver(): void {
    this.keys = [];
  }

  async discard(): Promise<void> {
    const keys = this.keys;
    this.handOver();
    await Promise.allSettled(keys.map((key) => this.store.delete(key)));
  }
}
