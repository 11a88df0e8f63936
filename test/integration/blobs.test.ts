import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BlobStore, type BlobInfo } from '../../src/core/blobs/index.js';
import { FileBlobStore } from '../../src/core/blobs/file-blob-store.js';
import { all, bytesOf, MIB, pieces, s3Store, sha256, TEXT } from '../support/blob-sample.js';
import { S3Server } from '../support/s3-server.js';

let server: S3Server;
let root: string;
const stores = new Map<string, BlobStore>();

beforeAll(async () => {
  server = await S3Server.start();
  root = mkdtempSync(join(tmpdir(), 'azt3knet-blobs-'));
  stores.set('files', new FileBlobStore(root));
  // A busy machine is no broken one: what is sent again because it took long would come twice.
  const patient = { connectMs: 10_000, silenceMs: 20_000, attempts: 3 };
  stores.set('s3', s3Store(server, 'azt3knet', {}, patient));
  for (const store of stores.values()) await store.setup(false);
});

afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

const fileStore = (): BlobStore => stores.get('files') as BlobStore;

describe.each(['files', 's3'])('the blob store on %s', (kind) => {
  const at = (key: string): string => `exports/${kind}/${key}`;
  let store: BlobStore;
  beforeAll(() => {
    store = stores.get(kind) as BlobStore;
  });

  it('gives back what was put, and says what that was', async () => {
    const stored = await store.put(at('a.txt'), ['ámbar ', Buffer.from('azul')], TEXT);
    expect(stored).toEqual({ key: at('a.txt'), bytes: 11, sha256: sha256('ámbar azul') });
    const { bytes, stream } = await store.get(at('a.txt'));
    expect([bytes, (await buffer(stream)).toString()]).toEqual([11, 'ámbar azul']);
    const info = (await store.stat(at('a.txt'))) as BlobInfo;
    expect(info).toMatchObject({ key: at('a.txt'), bytes: 11 });
    expect(Math.abs(info.modified.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it('keeps an empty object', async () => {
    expect(await store.put(at('empty'), [], TEXT)).toMatchObject({ bytes: 0, sha256: sha256('') });
    const { bytes, stream } = await store.get(at('empty'));
    expect([bytes, (await buffer(stream)).length]).toEqual([0, 0]);
    await expect(store.get(at('empty'), { start: 0 })).rejects.toMatchObject({ code: 'blob_range_invalid' });
  });

  it.each([5 * MIB, 8 * MIB, 8 * MIB + 1, 21 * MIB])('takes %i bytes piece by piece', async (size) => {
    const whole = Buffer.concat([...pieces(size)]);
    const stored = await store.put(at('large'), pieces(size), 'application/octet-stream');
    expect(stored).toEqual({ key: at('large'), bytes: size, sha256: sha256(whole) });
    expect(sha256(await bytesOf(store.get(at('large'))))).toBe(stored.sha256);
    const part = await bytesOf(store.get(at('large'), { start: size - 3 }));
    expect(part.equals(whole.subarray(size - 3))).toBe(true);
  });

  it.each([
    [{ start: 0, end: 0 }, '0'],
    [{ start: 2, end: 4 }, '234'],
    [{ start: 7 }, '789'],
    [{ start: 7, end: 100 }, '789'],
  ])('gives the part %j', async (range, expected) => {
    await store.put(at('digits'), ['0123456789'], TEXT);
    const { bytes, stream } = await store.get(at('digits'), range);
    expect([bytes, (await buffer(stream)).toString()]).toEqual([10, expected]);
  });

  it('refuses a part beyond the end, and knows nothing of what is not there', async () => {
    await store.put(at('digits'), ['0123456789'], TEXT);
    await expect(store.get(at('digits'), { start: 10 })).rejects.toMatchObject({
      code: 'blob_range_invalid',
    });
    await expect(store.get(at('nothing'))).rejects.toMatchObject({
      kind: 'not_found',
      code: 'blob_not_found',
    });
    await expect(store.get(at('digits/below'))).rejects.toMatchObject({ code: 'blob_not_found' });
    expect(await store.stat(at('digits/below'))).toBeUndefined();
    expect(await store.stat(at('nothing'))).toBeUndefined();
    await store.delete(at('nothing'));
  });

  it('shows a reader the old object or the new one, never a part', async () => {
    const size = 6 * MIB;
    await store.put(at('swap'), ['old'], TEXT);
    const seen = new Set<number>();
    async function* slowly(): AsyncGenerator<Buffer> {
      for (const piece of pieces(size, MIB)) {
        seen.add((await bytesOf(store.get(at('swap')))).length);
        yield piece;
      }
    }
    const reading = await store.get(at('swap'));
    await store.put(at('swap'), slowly(), TEXT);
    expect([...seen]).toEqual([3]);
    expect((await buffer(reading.stream)).toString()).toBe('old');
    expect((await bytesOf(store.get(at('swap')))).length).toBe(size);
  });

  it.each([10, 12 * MIB])('leaves no trace of a source that fails after %i bytes', async (size) => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield* pieces(size);
      await Promise.resolve();
      throw new Error('the source broke');
    }
    await expect(store.put(at('broken'), failing(), TEXT)).rejects.toThrow('the source broke');
    expect(await store.stat(at('broken'))).toBeUndefined();
    expect(await all(store.unfinished(new Date(Date.now() + 60_000), false))).toEqual([]);
  });

  it('lists what is below a folder, and only that', async () => {
    const folder = `runs/${kind}`;
    for (const name of ['a', 'b/c', 'b/d.json']) await store.put(`${folder}/${name}`, [name], TEXT);
    await store.put(`${folder}-else/x`, ['x'], TEXT);
    const found = await all(store.list(folder));
    expect(found.map(({ key, bytes }) => `${key} ${bytes}`).toSorted()).toEqual([
      `${folder}/a 1`,
      `${folder}/b/c 3`,
      `${folder}/b/d.json 8`,
    ]);
    expect(await all(store.list(`${folder}/none`))).toEqual([]);
    for (const { key } of found) await store.delete(key);
    expect(await all(store.list(folder))).toEqual([]);
    expect(await all(store.list(`${folder}-else`))).toHaveLength(1);
  });

  it('lists more than a page of S3', async () => {
    const folder = `backups/${kind}`;
    for (let batch = 0; batch < 1_003; batch += 17) {
      const names = Array.from({ length: 17 }, (_, index) => `${folder}/${batch + index}`);
      await Promise.all(names.map((name) => store.put(name, ['.'], TEXT)));
    }
    expect(new Set((await all(store.list(folder))).map(({ key }) => key)).size).toBe(1_003);
  }, 60_000);

  it('takes many at once below the same folder while others are deleted there', async () => {
    const key = (index: number): string => at(`crowd/${index % 2}/${index}`);
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        await store.put(key(index), [String(index)], TEXT);
        expect((await bytesOf(store.get(key(index)))).toString()).toBe(String(index));
        await store.delete(key(index));
      }),
    );
    expect(await all(store.list(at('crowd')))).toEqual([]);
  });

  it.each(['exports/../api-secret-key', 'api-secret-key', 'exports/.hidden', 'postgres/x'])(
    'has no key %s',
    async (key) => {
      await expect(store.put(key, ['x'], TEXT)).rejects.toThrow('not the key of a blob');
      await expect(store.get(key)).rejects.toThrow('not the key of a blob');
      await expect(store.stat(key)).rejects.toThrow('not the key of a blob');
      await expect(store.delete(key)).rejects.toThrow('not the key of a blob');
      await expect(all(store.list('..'))).rejects.toThrow('not a folder of blobs');
    },
  );

  it('lets go of a stream that is not read to its end', async () => {
    await store.put(at('large'), pieces(3 * MIB), TEXT);
    const { stream } = await store.get(at('large'));
    for await (const piece of stream) {
      expect((piece as Buffer).length).toBeGreaterThan(0);
      break;
    }
    expect(stream.destroyed).toBe(true);
  });
});

describe('the blob store on files', () => {
  it('says where an object is, and makes its folder once', async () => {
    expect(fileStore().locate('exports/a/b.json')).toBe(join(root, 'exports', 'a', 'b.json'));
    const fresh = new FileBlobStore(join(root, 'fresh'));
    expect(await fresh.setup(true)).toEqual([{ name: join(root, 'fresh'), missing: true }]);
    expect(existsSync(join(root, 'fresh'))).toBe(false);
    expect(await fresh.setup(false)).toEqual([{ name: join(root, 'fresh'), missing: true }]);
    expect(await fresh.setup(false)).toEqual([{ name: join(root, 'fresh'), missing: false }]);
  });

  it('finds what a writer that was killed left, and shows it to nobody', async () => {
    const folder = join(root, 'runs', 'killed');
    mkdirSync(folder, { recursive: true });
    const left = join(folder, '.events.jsonl.0a1b2c.partial');
    writeFileSync(left, 'half');
    expect(await all(fileStore().list('runs/killed'))).toEqual([]);
    const later = new Date(Date.now() + 60_000);
    expect(await all(fileStore().unfinished(new Date(Date.now() - 60_000), true))).toEqual([]);
    expect(await all(fileStore().unfinished(later, false))).toEqual([
      'runs/killed/.events.jsonl.0a1b2c.partial',
    ]);
    expect(existsSync(left)).toBe(true);
    expect(await all(fileStore().unfinished(later, true))).toHaveLength(1);
    expect(existsSync(left)).toBe(false);
  });

  it('says in words why a file cannot be written', async () => {
    writeFileSync(join(root, 'exports', 'blocked'), 'a file where a folder is wanted');
    await expect(fileStore().put('exports/blocked/x', ['x'], TEXT)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'file_unusable',
      message: expect.stringContaining('a part of the path is a file') as string,
    });
  });
});
