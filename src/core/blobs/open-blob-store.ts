import type { Config } from '../config/index.js';
import type { BlobStore } from './blob-store.js';
import { FileBlobStore } from './file-blob-store.js';

/** The storage that the configuration names: S3 where it has an endpoint, otherwise the data folder. */
export async function openBlobStore({ s3, dataDir }: Pick<Config, 's3' | 'dataDir'>): Promise<BlobStore> {
  if (s3 === undefined) return new FileBlobStore(dataDir);
  // A large library that only this needs.
  const { S3BlobStore } = await import('./s3-blob-store.js');
  return new S3BlobStore(s3);
}
