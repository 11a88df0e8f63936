import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ColumnBuilder } from './column-builder.js';
import { type ColumnValues, ParquetFile, type ParquetColumn } from './parquet-file.js';
import { bitsFor, packedBits } from './runs-of-bits.js';
import { thriftBytes } from './thrift.js';

const COLUMNS: ParquetColumn[] = [
  { name: 'n', type: 'int32' },
  { name: 'd', type: 'double' },
  { name: 't', type: 'text' },
];

async function read(path: string, sql: string): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql.replace('FILE', `'${path}'`))).getRowObjectsJS();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Each built when the one before is written. */
function* columnsFrom(
  build: ColumnBuilder,
  from: number,
  rows: number,
  texts: number,
): Generator<ColumnValues> {
  const at = (row: number): number => from + row;
  const keys = (of: (row: number) => number): Int32Array =>
    Int32Array.from({ length: rows }, (_, row) => of(at(row)));
  yield build.keyed(
    rows,
    keys((n) => (n % 3 === 0 ? -1 : n)),
    (key) => key,
  );
  yield build.doubles(rows, (row) => (at(row) % 5 === 0 ? Number.NaN : at(row) / 8));
  yield build.keyed(
    rows,
    keys((n) => (n % 7 === 0 ? -1 : n % texts)),
    (key) => `señal ${key}`,
  );
}

describe('Parquet', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'azt3knet-parquet-'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** Rows `n` (null every third), `n / 8` (null every fifth), and one of so many texts (null every seventh). */
  async function write(name: string, groups: readonly number[], texts: number): Promise<string> {
    const path = join(folder, name);
    const file = await ParquetFile.open(path, COLUMNS, 'test');
    const build = new ColumnBuilder(Math.max(...groups, 1));
    let from = 0;
    for (const rows of groups) {
      await file.writeGroup(rows, columnsFrom(build, from, rows, texts));
      from += rows;
    }
    await file.close();
    return path;
  }

  it.each([
    [[1], 1],
    [[7, 1, 100], 3],
    [[5_000, 3], 1],
    [[20_000, 20_000, 1], 12_345],
  ])('files of groups %j with %i texts are what other readers read', async (groups, texts) => {
    const path = await write('file.parquet', groups, texts);
    const rows = (await read(path, 'SELECT n, d, t FROM FILE')) as {
      n: number | null;
      d: number | null;
      t: string | null;
    }[];
    const total = groups.reduce((sum, each) => sum + each, 0);
    expect(rows).toHaveLength(total);
    const expected = Array.from({ length: total }, (_, n) => ({
      n: n % 3 === 0 ? null : n,
      d: n % 5 === 0 ? null : n / 8,
      t: n % 7 === 0 ? null : `señal ${n % texts}`,
    }));
    expect(rows).toEqual(expected);
    const types = await read(path, 'SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM FILE)');
    expect(types.map((each) => (each as { column_type: string }).column_type)).toEqual([
      'INTEGER',
      'DOUBLE',
      'VARCHAR',
    ]);
  });

  it('has the same bytes again, and files without rows', async () => {
    const [one, other] = await Promise.all([
      write('one.parquet', [500, 20], 9),
      write('other.parquet', [500, 20], 9),
    ]);
    expect((await readFile(one)).equals(await readFile(other))).toBe(true);
    expect(await read(await write('empty.parquet', [], 1), 'SELECT * FROM FILE')).toEqual([]);
  });

  it('packs bits as the specification shows', () => {
    // Encodings.md: the numbers 0 to 7 in three bits are 10001000 11000110 11111010, the lowest first.
    expect([...packedBits([0, 1, 2, 3, 4, 5, 6, 7], 8, 3)]).toEqual([3, 0b10001000, 0b11000110, 0b11111010]);
    expect([...packedBits([5, 5, 5], 3, 3)]).toEqual([6, 5]);
    expect([0, 1, 2, 3, 256, 257].map((bound) => bitsFor(bound))).toEqual([0, 0, 1, 2, 8, 9]);
    expect([
      ...thriftBytes([
        [1, { i32: -1 }],
        [4, { i64: 300 }],
      ]),
    ]).toEqual([0x15, 1, 0x36, 0xd8, 4, 0]);
  });
});
