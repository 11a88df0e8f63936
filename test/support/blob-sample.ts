import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { S3BlobStore, type S3Patience } from '../../src/core/blobs/s3-blob-store.js';
import type { S3Server } from './s3-server.js';

export const MIB = 1024 * 1024;
export const TEXT = 'text/plain; charset=utf-8';

export function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}

export async function bytesOf(reading: Promise<{ stream: Readable }>): Promise<Buffer> {
  return buffer((await reading).stream);
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Pieces of which no two are alike, `bytes` in all. */
export function* pieces(bytes: number, size = 100_000): Generator<Buffer> {
  for (let from = 0; from < bytes; from += size) {
    const piece = Buffer.alloc(Math.min(size, bytes - from), from % 251);
    if (piece.length >= 8) piece.writeDoubleBE(from);
    yield piece;
  }
}

/** A store on a stand-in, with little patience unless another is given. */
export function s3Store(
  server: S3Server,
  bucket: string,
  credentials: Partial<S3Server['credentials']> = {},
  patience: S3Patience = { connectMs: 500, silenceMs: 400, attempts: 3 },
): S3BlobStore {
  const { endpoint } = server;
  const config = { ...server.credentials, ...credentials, endpoint, bucket, buckets: [bucket, 'other'] };
  return new S3BlobStore(config, patience);
}
