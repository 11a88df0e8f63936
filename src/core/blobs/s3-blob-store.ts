import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  S3Client,
  type GetObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { S3Config } from '../config/index.js';
import { BLOB_AREAS, requireBlobFolder, requireBlobKey } from './blob-key.js';
import { BlobNotFound, BlobStorageUnavailable } from './blob.errors.js';
import {
  BlobStore,
  type BlobContent,
  type BlobInfo,
  type BlobPlace,
  type BlobSource,
  type ByteRange,
  type StoredBlob,
} from './blob-store.js';
import { Metered } from './metered.js';
import { eachUpload } from './s3-uploads.js';
import { bucketMissing, s3Error } from './s3-errors.js';

/** Bounds of waiting and trying again. */
export interface S3Patience {
  connectMs: number;
  /** Without a byte in either direction. */
  silenceMs: number;
  /** How often one request is sent at most, and how often a download is taken up. */
  attempts: number;
}

const PATIENCE: S3Patience = { connectMs: 5_000, silenceMs: 30_000, attempts: 4 };
/** An upload holds up to this many parts of this size in memory; S3 takes 10,000 parts: 80 GB. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 2;

/** Objects in a bucket of S3 or of a server that speaks its protocol, such as MinIO. */
export class S3BlobStore extends BlobStore {
  readonly kind = 's3';
  private readonly client: S3Client;

  constructor(
    private readonly config: S3Config,
    private readonly patience: S3Patience = PATIENCE,
  ) {
    super();
    this.client = new S3Client({
      endpoint: config.endpoint,
      region: config.region,
      // What has expired is asked for again, which costs nothing here: keys may change while the process runs.
      credentials: async () => ({
        accessKeyId: config.accessKey,
        secretAccessKey: config.secretKey,
        expiration: new Date(),
      }),
      // MinIO has no host name per bucket.
      forcePathStyle: true,
      maxAttempts: patience.attempts,
      requestHandler: { connectionTimeout: patience.connectMs, socketTimeout: patience.silenceMs },
    });
  }

  /** A small object is one request, a large one is sent in parts; every part has a checksum that S3 verifies. */
  async put(key: string, source: BlobSource, mediaType: string): Promise<StoredBlob> {
    const object = this.object(key);
    const metered = new Metered(source);
    const upload = new Upload({
      client: this.client,
      params: { ...object, Body: Readable.from(metered), ContentType: mediaType },
      partSize: PART_BYTES,
      queueSize: PARTS_AT_ONCE,
    });
    try {
      await upload.done();
    } catch (error) {
      throw metered.reason(error, (each) => this.translated(each, key));
    }
    return metered.stored(key);
  }

  async get(key: string, range?: ByteRange): Promise<BlobContent> {
    const first = await this.fetch(key, range);
    const bytes = totalOf(first);
    const end = Math.min(range?.end ?? bytes - 1, bytes - 1);
    const pieces = this.pieces(key, first, range, end);
    return { bytes, stream: Readable.from(pieces, { objectMode: false }) };
  }

  async stat(key: string): Promise<BlobInfo | undefined> {
    try {
      const found = await this.client.send(new HeadObjectCommand(this.object(key)));
      return { key, bytes: found.ContentLength ?? 0, modified: found.LastModified ?? new Date(0) };
    } catch (error) {
      const known = this.translated(error, key);
      if (!(known instanceof BlobNotFound)) throw known;
    }
    // An answer to HEAD has no body: a missing bucket looks like a missing object.
    await this.requireBucket();
    return undefined;
  }

  async delete(key: string): Promise<void> {
    await this.asking(key, () => this.client.send(new DeleteObjectCommand(this.object(key))));
  }

  async *list(folder: string): AsyncGenerator<BlobInfo> {
    requireBlobFolder(folder);
    const request = { Bucket: this.config.bucket, Prefix: `${folder}/` };
    try {
      for await (const { Contents = [] } of paginateListObjectsV2({ client: this.client }, request)) {
        for (const { Key, Size, LastModified } of Contents) {
          if (Key !== undefined) {
            yield { key: Key, bytes: Size ?? 0, modified: LastModified ?? new Date(0) };
          }
        }
      }
    } catch (error) {
      throw this.translated(error);
    }
  }

  locate(key: string): string {
    requireBlobKey(key);
    return `s3://${this.config.bucket}/${key}`;
  }

  async *unfinished(before: Date, remove: boolean): AsyncGenerator<string> {
    const { bucket: Bucket } = this.config;
    for (const area of BLOB_AREAS) {
      for await (const { Key, UploadId, Initiated } of this.uploads(`${area}/`)) {
        if (Key === undefined || Initiated === undefined || Initiated >= before) continue;
        if (remove) {
          await this.asking(Key, () =>
            this.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })),
          );
        }
        yield Key;
      }
    }
  }

  async setup(dryRun: boolean): Promise<BlobPlace[]> {
    const places: BlobPlace[] = [];
    for (const bucket of this.config.buckets) {
      const missing = !(await this.hasBucket(bucket));
      if (missing && !dryRun) await this.createBucket(bucket);
      places.push({ name: bucket, missing });
    }
    return places;
  }

  private object(key: string): { Bucket: string; Key: string } {
    requireBlobKey(key);
    return { Bucket: this.config.bucket, Key: key };
  }

  private fetch(key: string, range?: ByteRange, etag?: string): Promise<GetObjectCommandOutput> {
    const Range = range && `bytes=${range.start}-${range.end ?? ''}`;
    const request = { ...this.object(key), Range, IfMatch: etag };
    return this.asking(key, () => this.client.send(new GetObjectCommand(request)));
  }

  /** The bytes of a range; a connection that breaks off is taken up where it was, on the same version of the object. */
  private async *pieces(
    key: string,
    first: GetObjectCommandOutput,
    range: ByteRange | undefined,
    end: number,
  ): AsyncGenerator<Buffer> {
    const start = range?.start ?? 0;
    let at = start;
    let answer = first;
    for (let attempt = 1; ; attempt += 1) {
      try {
        for await (const piece of answer.Body as Readable) {
          at += (piece as Buffer).length;
          yield piece as Buffer;
        }
        if (at > end) return;
        throw new BlobStorageUnavailable(`sent less of ${key} than there is`);
      } catch (error) {
        // Once all has come, what is wrong is its checksum.
        if (at > end || attempt >= this.patience.attempts) throw this.translated(error, key);
      }
      // A whole object has a checksum, a part has none.
      answer = await this.fetch(key, at === start ? range : { start: at, end }, first.ETag);
    }
  }

  private async *uploads(prefix: string): ReturnType<typeof eachUpload> {
    try {
      yield* eachUpload(this.client, this.config.bucket, prefix);
    } catch (error) {
      throw this.translated(error);
    }
  }

  private async requireBucket(): Promise<void> {
    const { bucket } = this.config;
    if (!(await this.hasBucket(bucket))) throw bucketMissing({ endpoint: this.config.endpoint, bucket });
  }

  private async hasBucket(bucket: string): Promise<boolean> {
    try {
      await this.client.send(new HeadBucketCommand({ Bucket: bucket }));
      return true;
    } catch (error) {
      const known = s3Error(error, { endpoint: this.config.endpoint, bucket });
      if (known instanceof BlobNotFound) return false;
      throw known;
    }
  }

  private async createBucket(bucket: string): Promise<void> {
    try {
      await this.client.send(new CreateBucketCommand({ Bucket: bucket }));
    } catch (error) {
      // Another setup may have been faster.
      const { name } = error as Error;
      if (name !== 'BucketAlreadyOwnedByYou')
        throw s3Error(error, { endpoint: this.config.endpoint, bucket });
    }
  }

  private async asking<T>(key: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.translated(error, key);
    }
  }

  private translated(error: unknown, key?: string): unknown {
    const { endpoint, bucket } = this.config;
    return s3Error(error, { endpoint, bucket, ...(key !== undefined && { key }) });
  }
}

/** Of the whole object; an answer to a range tells it behind the slash. */
function totalOf({ ContentRange, ContentLength }: GetObjectCommandOutput): number {
  const total = /\/(\d+)$/u.exec(ContentRange ?? '')?.[1];
  return total === undefined ? (ContentLength ?? 0) : Number(total);
}
