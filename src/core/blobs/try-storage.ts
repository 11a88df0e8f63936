import { randomUUID } from 'node:crypto';
import { BlobStorageUnavailable } from './blob.errors.js';
import type { BlobStore } from './blob-store.js';

const PIECES = ['Azt3kNet tries the storage: ', 'this object can be deleted.'];

/** Puts, reads and deletes an object. @throws an AppError of kind `unavailable` where that cannot be done */
export async function tryStorage(store: BlobStore): Promise<void> {
  const key = `exports/trial/${randomUUID()}`;
  try {
    await store.put(key, PIECES, 'text/plain');
    let text = '';
    for await (const piece of (await store.get(key)).stream) text += (piece as Buffer).toString('utf8');
    if (text !== PIECES.join('')) throw new BlobStorageUnavailable('gives other bytes than were put');
  } finally {
    await store.delete(key);
  }
}
