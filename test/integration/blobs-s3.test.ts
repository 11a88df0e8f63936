import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { S3BlobStore } from '../../src/core/blobs/s3-blob-store.js';
import { all, bytesOf, MIB, pieces, s3Store, TEXT } from '../support/blob-sample.js';
import { S3Server } from '../support/s3-server.js';

const UNAVAILABLE = { kind: 'unavailable', code: 'blob_storage_unavailable' };
let server: S3Server;
let store: S3BlobStore;
const requests = (pattern: RegExp): number => server.requests.filter((line) => pattern.test(line)).length;

beforeAll(async () => {
  server = await S3Server.start();
  store = s3Store(server, 'azt3knet');
  await store.setup(false);
});

afterAll(() => server.close());

describe('the blob store on S3', () => {
  afterEach(() => {
    server.forgetFailures();
    server.requests.length = 0;
  });

  it('tells the media type to those who fetch the object there', async () => {
    await store.put('exports/typed.csv', ['a,b'], 'text/csv');
    await store.put('exports/typed.parquet', pieces(9 * MIB), 'application/vnd.apache.parquet');
    const objects = server.buckets.get('azt3knet');
    expect(objects?.get('exports/typed.csv')?.mediaType).toBe('text/csv');
    expect(objects?.get('exports/typed.parquet')?.mediaType).toBe('application/vnd.apache.parquet');
    expect(store.locate('exports/typed.csv')).toBe('s3://azt3knet/exports/typed.csv');
  });

  it('sends checksums that the server compares, and compares those it gets', async () => {
    await store.put('exports/sum', ['0123456789'], TEXT);
    expect(server.buckets.get('azt3knet')?.get('exports/sum')?.crc).toMatch(/^.{8}$/);
    server.fail(/GET .*exports\/sum/, { damage: true }, 5);
    await expect(bytesOf(store.get('exports/sum'))).rejects.toMatchObject({
      ...UNAVAILABLE,
      message: expect.stringContaining('gives other bytes than were put') as string,
    });
  });

  it.each([{ code: 'InternalError' }, { code: 'SlowDown' }, { drop: true }, { delayMs: 600 }] as const)(
    'tries again after %j, as often as it may',
    async (failure) => {
      server.fail(/PUT .*exports\/again/, failure, 2);
      expect(await store.put('exports/again', ['x'], TEXT)).toMatchObject({ bytes: 1 });
      server.fail(/GET .*exports\/again/, failure, 2);
      expect((await bytesOf(store.get('exports/again'))).toString()).toBe('x');
      server.requests.length = 0;
      server.fail(/GET .*exports\/again/, failure, 100);
      await expect(store.get('exports/again')).rejects.toMatchObject(UNAVAILABLE);
      expect(requests(/GET/)).toBe(3);
    },
    20_000,
  );

  it('sends a part of a large object again, and only that', async () => {
    server.fail(/PUT .*partNumber=2/, { code: 'SlowDown' }, 2);
    await store.put('exports/parts', pieces(20 * MIB), TEXT);
    expect(requests(/PUT .*partNumber=1&/)).toBe(1);
    expect(requests(/PUT .*partNumber=2&/)).toBe(3);
    expect(server.uploads.size).toBe(0);
  });

  it('gives up a large object and its parts when one of them cannot be sent', async () => {
    server.fail(/PUT .*partNumber=2/, { code: 'InternalError' }, 100);
    await expect(store.put('exports/given-up', pieces(20 * MIB), TEXT)).rejects.toMatchObject(UNAVAILABLE);
    expect(server.uploads.size).toBe(0);
    expect(await store.stat('exports/given-up')).toBeUndefined();
  });

  it('takes up a download where the connection dropped, on the same object', async () => {
    const whole = Buffer.concat([...pieces(9 * MIB)]);
    await store.put('exports/resumed', pieces(9 * MIB), TEXT);
    server.fail(/GET .*exports\/resumed/, { dropAfter: 4 * MIB }, 2);
    expect((await bytesOf(store.get('exports/resumed'))).equals(whole)).toBe(true);
    expect(requests(/GET .*exports\/resumed/)).toBe(3);
    server.fail(/GET .*exports\/resumed/, { dropAfter: MIB }, 2);
    const part = await bytesOf(store.get('exports/resumed', { start: 100, end: 5 * MIB }));
    expect(part.equals(whole.subarray(100, 5 * MIB + 1))).toBe(true);
  });

  it('does not mend a download with bytes of another object, and not for ever', async () => {
    await store.put('exports/changed', pieces(9 * MIB), TEXT);
    server.fail(/GET .*exports\/changed/, { dropAfter: MIB });
    const { stream } = await store.get('exports/changed');
    await store.put('exports/changed', pieces(8.5 * MIB, 1_000), TEXT);
    await expect(buffer(stream)).rejects.toMatchObject(UNAVAILABLE);
    server.fail(/GET .*exports\/changed/, { dropAfter: 100 }, 100);
    await expect(bytesOf(store.get('exports/changed'))).rejects.toMatchObject(UNAVAILABLE);
  });

  it.each([
    [{ secretKey: 'wrong' }, /does not accept MINIO_SECRET_KEY/],
    [{ accessKey: 'nobody' }, /does not know the key of MINIO_ACCESS_KEY/],
  ])('says which credential of %j is refused, and shows none', async (credentials, message) => {
    const stranger = s3Store(server, 'azt3knet', credentials);
    for (const ask of [() => stranger.put('exports/x', ['x'], TEXT), () => stranger.get('exports/x')]) {
      const error = (await ask().catch((reason: unknown) => reason)) as Error;
      expect(error).toMatchObject(UNAVAILABLE);
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain(server.credentials.secretKey);
    }
    await expect(stranger.stat('exports/x')).rejects.toMatchObject(UNAVAILABLE);
  });

  it('says that a bucket is missing and how to make it', async () => {
    const lost = s3Store(server, 'missing');
    const advice = { message: expect.stringContaining('azt3knet storage setup') as string };
    await expect(lost.put('exports/x', ['x'], TEXT)).rejects.toMatchObject(advice);
    await expect(lost.get('exports/x')).rejects.toMatchObject(advice);
    await expect(lost.stat('exports/x')).rejects.toMatchObject(advice);
    await expect(all(lost.list('exports'))).rejects.toMatchObject(advice);
  });

  it('makes the buckets that are missing, and no other', async () => {
    const fresh = s3Store(server, 'fresh');
    expect(await fresh.setup(true)).toEqual([
      { name: 'fresh', missing: true },
      { name: 'other', missing: false },
    ]);
    expect(server.buckets.has('fresh')).toBe(false);
    await fresh.setup(false);
    expect(await fresh.setup(false)).toEqual([
      { name: 'fresh', missing: false },
      { name: 'other', missing: false },
    ]);
    expect(requests(/^PUT \/other$/)).toBe(0);
  });

  it('says that nobody is there', async () => {
    const config = { ...server.credentials, endpoint: 'http://127.0.0.1:1', bucket: 'b', buckets: ['b'] };
    const nobody = new S3BlobStore(config, { connectMs: 200, silenceMs: 200, attempts: 2 });
    await expect(nobody.put('exports/x', ['x'], TEXT)).rejects.toMatchObject({
      ...UNAVAILABLE,
      message: expect.stringContaining('http://127.0.0.1:1 cannot be reached') as string,
    });
  });

  it('finds uploads that nobody will complete', async () => {
    const parts = new Map([[1, Buffer.alloc(5)]]);
    const initiated = new Date(Date.now() - 3_600_000);
    server.uploads.set('old', { bucket: 'azt3knet', key: 'runs/x', mediaType: TEXT, parts, initiated });
    expect(await all(store.unfinished(new Date(Date.now() - 7_200_000), true))).toEqual([]);
    expect(await all(store.unfinished(new Date(), false))).toEqual(['runs/x']);
    expect(await all(store.unfinished(new Date(), true))).toEqual(['runs/x']);
    expect(server.uploads.size).toBe(0);
  });
});
