import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { extract, pack, type Header } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBlobStore } from '../../src/core/blobs/index.js';
import { PIECE_BYTES } from '../../src/core/database/backup/archive-format.js';
import { backupDatabase, checkArchive, restoreDatabase } from '../../src/core/database/backup/index.js';
import {
  sealManifest,
  type Manifest,
  type ManifestContent,
} from '../../src/core/database/backup/manifest.js';
import { query } from '../support/embedded-postgres.js';
import { emptyDatabase, testDatabase } from '../support/runtime.js';

interface Entry {
  header: Header;
  data: Buffer;
}

const folder = mkdtempSync(join(tmpdir(), 'azt3knet-hostile-'));
const good = join(folder, 'good.tar');
const path = join(folder, 'hostile.tar');
const BOOK = 'tables/users/000000.zst';

async function entriesOf(file: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  const tar = extract();
  tar.end(readFileSync(file));
  for await (const entry of tar) entries.push({ header: entry.header, data: await buffer(entry) });
  return entries;
}

/** Writes the good archive's entries after a change. */
async function write(change: (entries: Entry[]) => Entry[]): Promise<void> {
  const tar = pack();
  for (const { header, data } of change(await entriesOf(good))) {
    const { name, type } = header;
    tar.entry({ name, type, ...(type === 'symlink' && { linkname: '/etc/passwd' }) }, data);
  }
  tar.finalize();
  writeFileSync(path, await buffer(tar));
}

function changed(name: string, data: (old: Buffer) => Buffer) {
  return (entries: Entry[]): Entry[] =>
    entries.map((entry) => (entry.header.name === name ? { ...entry, data: data(entry.data) } : entry));
}

/** Changes a table's text and everything that says what it is, as somebody does who means it. */
function forged(text: (old: string) => string, more: (entries: ManifestContent) => void = () => {}) {
  return (entries: Entry[]): Entry[] => {
    const old = entries.find(({ header }) => header.name === BOOK)?.data as Buffer;
    const data = Buffer.from(text(zstdDecompressSync(old).toString('utf8')));
    const sha256 = createHash('sha256').update(data).digest('hex');
    const withData = changed(BOOK, () => zstdCompressSync(data))(entries);
    return changed('manifest.json', (json) => {
      const { digest: _, ...manifest } = JSON.parse(json.toString('utf8')) as Manifest;
      const users = manifest.tables.find(({ name }) => name === 'users');
      Object.assign(users as object, { bytes: data.length, sha256 });
      more(manifest);
      return Buffer.from(JSON.stringify(sealManifest(manifest)));
    })(withData);
  };
}

const sha256Of = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

const extra = (
  header: Pick<Header, 'name'> & Partial<Header>,
  data = Buffer.alloc(0),
): ((entries: Entry[]) => Entry[]) => {
  return (entries) => [
    ...entries.slice(0, 1),
    { header: { type: 'file', ...header } as Header, data },
    ...entries.slice(1),
  ];
};

beforeAll(async () => {
  const database = await testDatabase();
  await query(
    database.owner.url,
    `INSERT INTO users (id, username, password_hash, role)
     VALUES ('0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11', 'ana', '-', 'viewer')`,
    `INSERT INTO outbox SELECT 1, n, 'a', 'b', '{}' FROM generate_series(1, 3) n`,
  );
  const dataDir = join(folder, 'data');
  await backupDatabase(database, good, { blobs: await openBlobStore({ s3: undefined, dataDir }) });
  await database.release();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an archive that was made to do harm is refused before anything is changed:', () => {
  it.each<[string, (entries: Entry[]) => Entry[], string]>([
    ['a path', extra({ name: '../../etc/cron.d/x' }), '"../../etc/cron.d/x" does not belong there'],
    ['an absolute path', extra({ name: '/etc/passwd' }), 'does not belong there'],
    ['a path in a table', extra({ name: 'tables/../../x/000000.zst' }), 'does not belong there'],
    ['a link', extra({ name: BOOK, type: 'symlink' }), 'is not a file'],
    ['a folder', extra({ name: 'tables/users', type: 'directory' }), 'is not a file'],
    [
      'an entry twice',
      (entries) => entries.flatMap((entry) => (entry.header.name === BOOK ? [entry, entry] : [entry])),
      'is not where it belongs',
    ],
    [
      'a table after a later one',
      (entries) => [...entries.slice(0, -1), ...entries.slice(1, 2), ...entries.slice(-1)],
      'is not where it belongs',
    ],
    ['a bomb', changed(BOOK, () => zstdCompressSync(Buffer.alloc(PIECE_BYTES * 50))), 'is damaged'],
    [
      'an entry that is too large',
      changed(BOOK, () => Buffer.alloc(PIECE_BYTES * 2)),
      'is larger than anything',
    ],
    ['an empty piece', changed(BOOK, () => zstdCompressSync(Buffer.alloc(0))), 'is damaged'],
    [
      'other content',
      changed(BOOK, (old) => zstdCompressSync(Buffer.from(`${zstdDecompressSync(old).toString('utf8')}\n`))),
      'the content of users is not what its manifest says',
    ],
    [
      'a table without its content',
      (entries) => entries.filter(({ header }) => header.name !== BOOK),
      'the content of users is not what its manifest says',
    ],
    [
      'content that the manifest does not name',
      extra({ name: 'tables/aaa/000000.zst' }, zstdCompressSync(Buffer.from('1\n'))),
      'its manifest does not name tables/aaa',
    ],
    [
      'a key that leaves its place',
      forged(
        (text) => text,
        (manifest) =>
          manifest.blobs?.push({ key: 'exports/../api-secret-key', bytes: 0, sha256: sha256Of('') }),
      ),
      'its manifest is not as expected at blobs.0.key',
    ],
    ['no manifest', (entries) => entries.slice(0, -1), 'it was cut off'],
    ['something behind the manifest', (entries) => [...entries, ...entries.slice(1, 2)], 'something follows'],
    [
      'a changed manifest',
      changed('manifest.json', (old) => Buffer.from(old.toString('utf8').replace('"rows": 1', '"rows": 2'))),
      'its manifest was changed',
    ],
    [
      'a manifest of another form',
      changed('manifest.json', () => Buffer.from('{"format":"azt3knet-backup"}')),
      'its manifest is not as expected at',
    ],
    ['a manifest that is no JSON', changed('manifest.json', () => Buffer.from('x')), 'is not JSON'],
    ['another archive', (entries) => entries.slice(1), 'it is another kind of archive'],
    ['a newer format', changed('azt3knet-backup', () => Buffer.from('2')), 'a newer Azt3kNet: format "2"'],
    [
      'a newer schema',
      forged(
        (text) => text,
        (manifest) => manifest.migrations.push('CreateFuture1999999999999'),
      ),
      'a newer Azt3kNet: this version does not know the migration CreateFuture1999999999999',
    ],
  ])('%s', async (_, change, message) => {
    await write(change);
    await expect(checkArchive(path)).rejects.toMatchObject({
      message: expect.stringContaining(message) as string,
      kind: expect.stringMatching(/^(invalid|conflict)$/) as string,
    });
  });

  it('any bit that is changed, any end that is missing', async () => {
    const bytes = readFileSync(good);
    // Headers have unused places; what they say of the content is what counts.
    const inContent = (await contentOffsets()).toSorted((a, b) => a - b);
    for (const offset of inContent) {
      const damaged = Buffer.from(bytes);
      damaged[offset] = (damaged[offset] as number) ^ 0x10;
      writeFileSync(path, damaged);
      await expect(checkArchive(path), `byte ${offset}`).rejects.toMatchObject({
        code: expect.stringMatching(/^backup_(invalid|newer)$/) as string,
      });
    }
    for (const length of [0, 100, 512, 1024, 3000, bytes.length - 1600]) {
      copyFileSync(good, path);
      truncateSync(path, length);
      await expect(checkArchive(path), `${length} bytes`).rejects.toMatchObject({ code: 'backup_invalid' });
    }
  });
});

/** Offsets of some bytes of content. */
async function contentOffsets(): Promise<number[]> {
  const offsets: number[] = [];
  const tar = extract();
  tar.end(readFileSync(good));
  for await (const entry of tar) {
    const { byteOffset, size } = entry.header as Header & { byteOffset: number };
    for (const place of [0, 0.3, 0.6, 0.99]) {
      const at = Math.floor(size * place);
      // Bytes 4 to 9 of gzip say when and on what it was made, and nothing of the content (RFC 1952, 2.3).
      offsets.push(byteOffset + (at > 3 && at < 10 ? 10 : at));
    }
    entry.resume();
  }
  return offsets;
}

describe('an archive that was forged whole changes nothing either when the database refuses', () => {
  it.each<[string, (entries: Entry[]) => Entry[], RegExp]>([
    [
      'objects of the storage',
      (entries) =>
        forged(
          (text) => text,
          (manifest) => manifest.blobs?.push({ key: 'exports/x', bytes: 3, sha256: sha256Of('abc') }),
        )(extra({ name: 'blobs/000000000/000000.zst' }, zstdCompressSync(Buffer.from('abc')))(entries)),
      /no row names the object exports\/x/,
    ],
    ['rows', forged((text) => text.replace('person', 'emperor')), /violates check constraint/],
    ['types', forged((text) => text.replace('0b7f7a52', 'no uuid!')), /invalid input syntax for type uuid/],
    ['the end of data', forged((text) => `${text}\\.\n${text}`), /was not restored, and nothing was changed/],
    [
      'counts',
      forged(
        (text) => text,
        (manifest) => manifest.tables.forEach((table) => (table.rows += 1)),
      ),
      /the rows of \w+ are not those/,
    ],
    [
      'columns',
      forged(
        (text) => text,
        (manifest) => manifest.tables[0]?.columns.push('x"); DROP TABLE users; --'),
      ),
      /its tables are not those of its migrations/,
    ],
    [
      'tables',
      forged(
        (text) => text,
        (manifest) => manifest.tables.pop(),
      ),
      /its manifest does not name|its tables are not those/,
    ],
    [
      'sequences',
      forged(
        (text) => text,
        (manifest) => manifest.sequences.push({ name: 'no"such', next: '1' }),
      ),
      /relation "public.no"such" does not exist/,
    ],
    [
      'migrations',
      forged(
        (text) => text,
        (manifest) => manifest.migrations.splice(1),
      ),
      /its tables are not those of its migrations/,
    ],
  ])('%s', async (_, change, message) => {
    await write(change);
    const target = await emptyDatabase();
    const dataDir = mkdtempSync(join(folder, 'data-'));
    const blobs = await openBlobStore({ s3: undefined, dataDir });
    const restore = async (): Promise<void> =>
      restoreDatabase(target, path, await checkArchive(path), { blobs });
    await expect(restore()).rejects.toThrow(message);
    expect(await query(target.owner.url, `SELECT 1 FROM pg_tables WHERE schemaname = 'public'`)).toEqual([]);
    expect(await blobs.stat('exports/x')).toBeUndefined();
    await target.release();
  });
});
