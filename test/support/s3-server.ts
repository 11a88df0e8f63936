import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import { signatureFlaw, type Credentials } from './s3-signature.js';

const MIN_PART_BYTES = 5 * 1024 * 1024;
const PAGE = 1_000;

const STATUS: Readonly<Record<string, number>> = {
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  InvalidRange: 416,
  PreconditionFailed: 412,
  BucketAlreadyOwnedByYou: 409,
  InternalError: 500,
  SlowDown: 503,
  AccessDenied: 403,
  InvalidAccessKeyId: 403,
  SignatureDoesNotMatch: 403,
  RequestTimeTooSkewed: 403,
};

interface StoredObject {
  data: Buffer;
  etag: string;
  mediaType: string;
  crc: string | undefined;
  modified: Date;
}

interface PendingUpload {
  bucket: string;
  key: string;
  mediaType: string;
  parts: Map<number, Buffer>;
  initiated: Date;
}

interface Call {
  method: string;
  bucket: string;
  key: string;
  query: URLSearchParams;
  request: IncomingMessage;
  body: Buffer;
  response: ServerResponse;
}

/**
 * What is to go wrong: an error answer, a connection that drops before the answer or after so many bytes of it, bytes
 * that are not those that were put, or an answer that is so late.
 */
export type Failure =
  | { code: 'InternalError' | 'SlowDown' | 'AccessDenied' }
  | { drop: true }
  | { dropAfter: number }
  | { damage: true }
  | { delayMs: number };

/** An error of S3 by its code. */
class Refusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/**
 * Speaks the part of S3 that a client of one bucket uses, with its limits: Signature Version 4 is verified, parts but the
 * last have 5 MiB, lists have pages of 1,000, checksums are compared and handed out.
 */
export class S3Server {
  readonly buckets = new Map<string, Map<string, StoredObject>>();
  readonly uploads = new Map<string, PendingUpload>();
  /** `GET /bucket/key` of every request that arrived. */
  readonly requests: string[] = [];
  private readonly failures: { matches: RegExp; failure: Failure; times: number }[] = [];

  private constructor(
    private readonly server: Server,
    readonly credentials: Credentials,
  ) {}

  static async start(): Promise<S3Server> {
    const http = createServer();
    const credentials = { accessKey: 'tester', secretKey: `secret-${randomUUID()}`, region: 'us-east-1' };
    const server = new S3Server(http, credentials);
    http.on('request', (request, response) => void server.answer(request, response));
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return server;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The variables that make a process use this server. */
  get environment(): Record<string, string> {
    const { accessKey, secretKey } = this.credentials;
    return { MINIO_ENDPOINT: this.endpoint, MINIO_ACCESS_KEY: accessKey, MINIO_SECRET_KEY: secretKey };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** The next `times` requests whose line matches fail so. */
  fail(matches: RegExp, failure: Failure, times = 1): void {
    this.failures.push({ matches, failure, times });
  }

  forgetFailures(): void {
    this.failures.length = 0;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.endpoint);
    const line = `${request.method} ${url.pathname}${url.search}`;
    this.requests.push(line);
    const failure = this.nextFailure(line);
    const pieces: Buffer[] = [];
    try {
      for await (const piece of request) pieces.push(piece as Buffer);
    } catch {
      return;
    }
    if (failure && 'drop' in failure) return void request.socket.destroy();
    if (failure && 'delayMs' in failure) await new Promise((resolve) => setTimeout(resolve, failure.delayMs));
    const [bucket = '', ...names] = decodeURIComponent(url.pathname).slice(1).split('/');
    const body = Buffer.concat(pieces);
    const method = request.method ?? '';
    const call = { method, bucket, key: names.join('/'), query: url.searchParams, request, body, response };
    try {
      const flaw = signatureFlaw(request, url, body, this.credentials);
      if (flaw !== undefined) throw new Refusal(flaw);
      if (failure && 'code' in failure) throw new Refusal(failure.code);
      this.handle(call, failure);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const xml = `<Error><Code>${error.code}</Code><Message>${error.code}</Message></Error>`;
      response.writeHead(STATUS[error.code] ?? 400, { 'Content-Type': 'application/xml' });
      response.end(method === 'HEAD' ? undefined : xml);
    }
  }

  private nextFailure(line: string): Failure | undefined {
    const found = this.failures.find(({ matches, times }) => times > 0 && matches.test(line));
    if (found) found.times -= 1;
    return found?.failure;
  }

  private handle(call: Call, failure: Failure | undefined): void {
    const { method, key, query, response } = call;
    const on = `${method} ${key === '' ? 'bucket' : 'object'}`;
    if (on === 'PUT bucket') return this.createBucket(call);
    const objects = this.buckets.get(call.bucket);
    if (objects === undefined) throw new Refusal('NoSuchBucket');
    if (on === 'HEAD bucket') return void response.writeHead(200).end();
    if (on === 'GET bucket' && query.has('uploads')) return this.listUploads(call);
    if (on === 'GET bucket' && query.get('list-type') === '2') return this.list(call, objects);
    if (on === 'POST object' && query.has('uploads')) return this.createUpload(call);
    if (on === 'PUT object' && query.has('uploadId')) return this.putPart(call);
    if (on === 'POST object' && query.has('uploadId')) return this.completeUpload(call, objects);
    if (on === 'DELETE object' && query.has('uploadId')) return this.abortUpload(call);
    if (on === 'PUT object') return this.put(call, objects);
    if (on === 'GET object' || on === 'HEAD object') return this.get(call, objects, failure);
    if (on === 'DELETE object') {
      objects.delete(key);
      return void response.writeHead(204).end();
    }
    throw new Refusal('MethodNotAllowed');
  }

  private createBucket({ bucket, response }: Call): void {
    if (this.buckets.has(bucket)) throw new Refusal('BucketAlreadyOwnedByYou');
    this.buckets.set(bucket, new Map());
    response.writeHead(200, { Location: `/${bucket}` }).end();
  }

  private put({ key, request, body, response }: Call, objects: Map<string, StoredObject>): void {
    const crc = checked(request, body);
    const mediaType = request.headers['content-type'] ?? 'application/octet-stream';
    const etag = `"${md5(body)}"`;
    objects.set(key, { data: body, etag, mediaType, crc, modified: new Date() });
    response.writeHead(200, { ETag: etag, ...(crc !== undefined && { 'x-amz-checksum-crc32': crc }) }).end();
  }

  private get(call: Call, objects: Map<string, StoredObject>, failure: Failure | undefined): void {
    const { method, key, request, response } = call;
    const object = objects.get(key);
    if (object === undefined) throw new Refusal('NoSuchKey');
    const wanted = request.headers['if-match'];
    if (wanted !== undefined && wanted !== object.etag) throw new Refusal('PreconditionFailed');
    const { data } = object;
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const start = Number(range?.[1] ?? 0);
    const end = Math.min(range?.[2] ? Number(range[2]) : data.length - 1, data.length - 1);
    if (range && start >= data.length) throw new Refusal('InvalidRange');
    response.writeHead(range ? 206 : 200, {
      'Content-Type': object.mediaType,
      'Content-Length': end + 1 - start,
      'Last-Modified': object.modified.toUTCString(),
      ETag: object.etag,
      ...(range && { 'Content-Range': `bytes ${start}-${end}/${data.length}` }),
      ...(!range && object.crc !== undefined && { 'x-amz-checksum-crc32': object.crc }),
    });
    if (method === 'HEAD') return void response.end();
    const part = Buffer.from(data.subarray(start, end + 1));
    if (failure && 'damage' in failure) part[0] = (part[0] ?? 0) ^ 1;
    if (!(failure && 'dropAfter' in failure)) return void response.end(part);
    response.write(part.subarray(0, failure.dropAfter), () => response.destroy());
  }

  private list({ bucket, query, response }: Call, objects: Map<string, StoredObject>): void {
    const prefix = query.get('prefix') ?? '';
    const after = query.get('continuation-token') ?? '';
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted();
    const shown = keys.slice(0, PAGE);
    const contents = shown.map((key) => {
      const { data, modified, etag } = objects.get(key) as StoredObject;
      return tag('Contents', {
        Key: key,
        Size: data.length,
        LastModified: modified.toISOString(),
        ETag: etag,
      });
    });
    const more = keys.length > shown.length;
    const next = more ? `<NextContinuationToken>${shown.at(-1)}</NextContinuationToken>` : '';
    const head = `<Name>${bucket}</Name><Prefix>${prefix}</Prefix><IsTruncated>${more}</IsTruncated>${next}`;
    sendXml(response, 'ListBucketResult', head + contents.join(''));
  }

  private listUploads({ bucket, query, response }: Call): void {
    const prefix = query.get('prefix') ?? '';
    const shown = [...this.uploads].filter(
      ([, upload]) => upload.bucket === bucket && upload.key.startsWith(prefix),
    );
    const uploads = shown.map(([id, { key, initiated }]) =>
      tag('Upload', { Key: key, UploadId: id, Initiated: initiated.toISOString() }),
    );
    const head = `<Bucket>${bucket}</Bucket><IsTruncated>false</IsTruncated>`;
    sendXml(response, 'ListMultipartUploadsResult', head + uploads.join(''));
  }

  private createUpload({ bucket, key, request, response }: Call): void {
    const id = randomUUID();
    const mediaType = request.headers['content-type'] ?? 'application/octet-stream';
    this.uploads.set(id, { bucket, key, mediaType, parts: new Map(), initiated: new Date() });
    sendXml(
      response,
      'InitiateMultipartUploadResult',
      tag('Bucket', bucket) + tag('Key', key) + tag('UploadId', id),
    );
  }

  private upload(query: URLSearchParams): PendingUpload {
    const upload = this.uploads.get(query.get('uploadId') ?? '');
    if (upload === undefined) throw new Refusal('NoSuchUpload');
    return upload;
  }

  private putPart({ query, request, body, response }: Call): void {
    const crc = checked(request, body);
    if (crc === undefined) throw new Refusal('InvalidRequest');
    this.upload(query).parts.set(Number(query.get('partNumber')), body);
    response.writeHead(200, { ETag: `"${md5(body)}"`, 'x-amz-checksum-crc32': crc }).end();
  }

  private completeUpload({ key, query, body, response }: Call, objects: Map<string, StoredObject>): void {
    const { parts, mediaType } = this.upload(query);
    const named = [...body.toString('utf8').matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
      number: Number(/<PartNumber>(\d+)<\/PartNumber>/.exec(part)?.[1]),
      etag: /<ETag>(?:&quot;|")?([0-9a-f]+)/.exec(part)?.[1],
    }));
    const bodies = named.map(({ number, etag }, index) => {
      const data = parts.get(number);
      if (data === undefined || md5(data) !== etag) throw new Refusal('InvalidPart');
      if (number <= (named[index - 1]?.number ?? 0)) throw new Refusal('InvalidPartOrder');
      if (index < named.length - 1 && data.length < MIN_PART_BYTES) throw new Refusal('EntityTooSmall');
      return data;
    });
    const data = Buffer.concat(bodies);
    const etag = `"${md5(data)}-${bodies.length}"`;
    objects.set(key, { data, etag, mediaType, crc: undefined, modified: new Date() });
    this.uploads.delete(query.get('uploadId') ?? '');
    sendXml(response, 'CompleteMultipartUploadResult', tag('Key', key) + tag('ETag', etag));
  }

  private abortUpload({ query, response }: Call): void {
    this.upload(query);
    this.uploads.delete(query.get('uploadId') ?? '');
    response.writeHead(204).end();
  }
}

const md5 = (data: Buffer): string => createHash('md5').update(data).digest('hex');

/** The checksum that came with a body, compared with it. */
function checked(request: IncomingMessage, body: Buffer): string | undefined {
  const given = request.headers['x-amz-checksum-crc32'];
  if (given === undefined) return undefined;
  const expected = Buffer.alloc(4);
  expected.writeUInt32BE(crc32(body));
  if (given !== expected.toString('base64')) throw new Refusal('BadDigest');
  return given;
}

function tag(name: string, content: string | Record<string, string | number>): string {
  const inner =
    typeof content === 'string'
      ? content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
      : Object.entries(content)
          .map(([each, value]) => tag(each, String(value)))
          .join('');
  return `<${name}>${inner}</${name}>`;
}

function sendXml(response: ServerResponse, root: string, content: string): void {
  response.writeHead(200, { 'Content-Type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><${root}>${content}</${root}>`);
}
