import type { Readable } from 'node:stream';

/** What can be put: pieces of bytes, or of text in UTF-8. */
export type BlobSource = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** What was put. */
export interface StoredBlob {
  key: string;
  bytes: number;
  /** Hexadecimal, of the bytes as they came. */
  sha256: string;
}

/** What the storage knows of an object. */
export interface BlobInfo {
  key: string;
  bytes: number;
  modified: Date;
}

/** A part of an object, both ends included, from 0; without `end`, to the object's end. */
export interface ByteRange {
  start: number;
  end?: number;
}

/** An object, or the part that was asked for. Destroy the stream when it is not read to its end. */
export interface BlobContent {
  /** Of the whole object. */
  bytes: number;
  stream: Readable;
}

/**
 * Where files go that outlive a process: below the data folder, or in an S3 bucket. Objects appear whole or not at all;
 * one that is put under a key that exists takes its place. Whoever needs the media type or digest keeps it in a row.
 * Methods throw an AppError of kind `unavailable` when the storage does not do its part.
 */
export abstract class BlobStore {
  abstract readonly kind: 'files' | 's3';

  /**
   * @param source what it throws ends the put without a trace, and is thrown on
   * @param mediaType told to those who fetch the object from the storage itself
   */
  abstract put(key: string, source: BlobSource, mediaType: string): Promise<StoredBlob>;

  /** @throws BlobNotFound, BlobRangeInvalid */
  abstract get(key: string, range?: ByteRange): Promise<BlobContent>;

  abstract stat(key: string): Promise<BlobInfo | undefined>;

  /** Deletes what is there; what is not there is no error. */
  abstract delete(key: string): Promise<void>;

  /** All objects below a folder (`exports`, `runs/<id>`), in no order; those put meanwhile may be missing. */
  abstract list(folder: string): AsyncIterable<BlobInfo>;

  /** Where an operator finds an object: a path, or an `s3://` URL. */
  abstract locate(key: string): string;

  /**
   * What puts that began before a moment and never ended have left, by name.
   * @param remove whether to remove it as well
   */
  abstract unfinished(before: Date, remove: boolean): AsyncIterable<string>;

  /** Makes the folders or buckets that are missing and tells all that there should be. */
  abstract setup(dryRun: boolean): Promise<BlobPlace[]>;
}

/** A folder or bucket. */
export interface BlobPlace {
  name: string;
  /** Whether it was missing: it has been made, or with a dry run would be. */
  missing: boolean;
}
