export { BlobNotFound } from './blob.errors.js';
export {
  BlobStore,
  type BlobContent,
  type BlobInfo,
  type BlobPlace,
  type BlobSource,
  type ByteRange,
  type StoredBlob,
} from './blob-store.js';
export { isBlobKey } from './blob-key.js';
export { BlobJanitor, type LostBlob } from './blob-janitor.js';
export { BlobsModule } from './blobs.module.js';
export { openBlobStore } from './open-blob-store.js';
export { PendingBlobs } from './pending-blobs.js';
export { tryStorage } from './try-storage.js';
