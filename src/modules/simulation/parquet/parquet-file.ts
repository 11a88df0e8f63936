import { open, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { bitsFor, packedBits } from './runs-of-bits.js';
import { type ThriftStruct, type ThriftValue, thriftBytes } from './thrift.js';

/** A column of a file. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: 'int32' | 'double' | 'text';
}

/** The values of a column in a group of rows: those that are there, one behind the other. */
export interface ColumnValues {
  /** 1 for each row that has a value; all have one unless given. */
  readonly present?: Uint8Array;
  /** How many are there. */
  readonly count: number;
  /** The values themselves, or with a dictionary their places in it. */
  readonly values: Int32Array | Float64Array;
  /** Different values in the order of their first use; at most 2^24. */
  readonly dictionary?: readonly (string | number)[];
}

const TYPES = { int32: 1, double: 5, text: 6 } as const;
const PLAIN = 0;
const RLE = 3;
const DICTIONARY = 8;
const BYTE_STREAM_SPLIT = 9;
const UNCOMPRESSED = 0;
const ZSTD = 6;
/** Columns whose dictionary, or whose numbers, take less than so many bytes are not compressed: packed bits hardly get smaller. */
const LEAST_COMPRESSED = 16_384;
const MAGIC = Buffer.from('PAR1');
const compress = promisify(zstdCompress);
/** Logs are written once and read some times: speed counts more than the last tenth of their size. */
const LEVEL = { [constants.ZSTD_c_compressionLevel]: 1 };
/** Room for what does not get smaller: one piece, since every further one is a way to another thread and back. */
const ROOM = 1_024;

interface Chunk {
  readonly codec: number;
  readonly pages: readonly Buffer[];
  /** Bytes before compression, heads of pages included. */
  readonly plainBytes: number;
  /** Bytes of the dictionary with its head; undefined where there is none. */
  readonly dictionaryBytes: number | undefined;
}

/**
 * Writes a Parquet file group by group (format version 1, data pages of version 1, zstd), after the specification of Apache Parquet. Holds
 * one group in memory. Pages are compressed outside the event loop. The same values give the same bytes.
 */
export class ParquetFile {
  private readonly groups: ThriftStruct[] = [];
  private offset = MAGIC.length;
  private rows = 0;

  private constructor(
    private readonly file: FileHandle,
    private readonly columns: readonly ParquetColumn[],
    private readonly creator: string,
  ) {}

  static async open(path: string, columns: readonly ParquetColumn[], creator: string): Promise<ParquetFile> {
    const file = await open(path, 'w');
    await file.write(MAGIC);
    return new ParquetFile(file, columns, creator);
  }

  /** Writes a group of rows. @param values of each column in their order */
  async writeGroup(rows: number, values: Iterable<ColumnValues>): Promise<void> {
    const chunks: Promise<Chunk>[] = [];
    let column = 0;
    // While one column is compressed, the next is encoded.
    for (const each of values) {
      chunks.push(chunkOf(this.columns[column] as ParquetColumn, each, rows));
      column += 1;
    }
    const described: ThriftValue[] = [];
    const buffers: Buffer[] = [];
    const start = this.offset;
    for (const [place, chunk] of (await Promise.all(chunks)).entries()) {
      described.push({ struct: this.describe(this.columns[place] as ParquetColumn, chunk, rows) });
      buffers.push(...chunk.pages);
      this.offset += bytesOf(chunk.pages);
    }
    await this.file.writev(buffers);
    this.groups.push([
      [1, { list: described }],
      [2, { i64: this.offset - start }],
      [3, { i64: rows }],
    ]);
    this.rows += rows;
  }

  /** Writes what readers begin with, and closes the file. */
  async close(): Promise<void> {
    const root: ThriftStruct = [
      [4, { text: 'schema' }],
      [5, { i32: this.columns.length }],
    ];
    const footer = thriftBytes([
      [1, { i32: 1 }],
      [2, { list: [{ struct: root }, ...this.columns.map((column) => ({ struct: schemaOf(column) }))] }],
      [3, { i64: this.rows }],
      [4, { list: this.groups.map((struct) => ({ struct })) }],
      [6, { text: this.creator }],
    ]);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(footer.length);
    await this.file.writev([footer, length, MAGIC]);
    await this.file.close();
  }

  /** Closes a file that is of no use. */
  abandon(): Promise<void> {
    return this.file.close();
  }

  private describe(
    { name, type }: ParquetColumn,
    { codec, pages, plainBytes, dictionaryBytes }: Chunk,
    rows: number,
  ): ThriftStruct {
    const encodings = [...new Set([PLAIN, RLE, encodingOf({ name, type }, dictionaryBytes !== undefined)])];
    const meta: ThriftStruct = [
      [1, { i32: TYPES[type] }],
      [2, { list: encodings.map((encoding) => ({ i32: encoding })) }],
      [3, { list: [{ text: name }] }],
      [4, { i32: codec }],
      [5, { i64: rows }],
      [6, { i64: plainBytes }],
      [7, { i64: bytesOf(pages) }],
      [9, { i64: this.offset + (dictionaryBytes ?? 0) }],
      ...(dictionaryBytes === undefined ? [] : [[11, { i64: this.offset }] as const]),
    ];
    return [
      [2, { i64: this.offset }],
      [3, { struct: meta }],
    ];
  }
}

/** Every column may have no value; text is UTF-8. */
function schemaOf({ name, type }: ParquetColumn): ThriftStruct {
  return [
    [1, { i32: TYPES[type] }],
    [3, { i32: 1 }],
    [4, { text: name }],
    ...(type === 'text' ? [[6, { i32: 0 }] as const] : []),
  ];
}

async function chunkOf(column: ParquetColumn, values: ColumnValues, rows: number): Promise<Chunk> {
  const { dictionary } = values;
  const body = dataOf(values, rows);
  const header: ThriftStruct = [
    [1, { i32: rows }],
    [2, { i32: encodingOf(column, dictionary !== undefined) }],
    [3, { i32: RLE }],
    [4, { i32: RLE }],
  ];
  const entries = dictionary === undefined ? undefined : plainDictionary(column, dictionary);
  const codec = (entries ?? body).length < LEAST_COMPRESSED ? UNCOMPRESSED : ZSTD;
  const data = page(0, codec, body, [5, { struct: header }]);
  if (dictionary === undefined || entries === undefined) {
    const { pages, plainBytes } = await data;
    return { codec, pages, plainBytes, dictionaryBytes: undefined };
  }
  const about: ThriftStruct = [
    [1, { i32: dictionary.length }],
    [2, { i32: PLAIN }],
  ];
  const [first, second] = await Promise.all([page(2, codec, entries, [7, { struct: about }]), data]);
  return {
    codec,
    pages: [...first.pages, ...second.pages],
    plainBytes: first.plainBytes + second.plainBytes,
    dictionaryBytes: bytesOf(first.pages),
  };
}

async function page(
  type: number,
  codec: number,
  body: Buffer,
  header: ThriftStruct[number],
): Promise<{ pages: Buffer[]; plainBytes: number }> {
  const compressed =
    codec === UNCOMPRESSED ? body : await compress(body, { params: LEVEL, chunkSize: body.length + ROOM });
  const head = thriftBytes([
    [1, { i32: type }],
    [2, { i32: body.length }],
    [3, { i32: compressed.length }],
    header,
  ]);
  return { pages: [head, compressed], plainBytes: head.length + body.length };
}

/** Which rows have a value, and the values. */
function dataOf({ present, count, values, dictionary }: ColumnValues, rows: number): Buffer {
  const levels = packedBits(levelsOf(present, count, rows), rows, 1);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(levels.length);
  if (dictionary === undefined) return Buffer.concat([length, levels, numberBytes(values, count)]);
  const width = bitsFor(dictionary.length);
  return Buffer.concat([length, levels, Buffer.of(width), packedBits(values, count, width)]);
}

/** A single level stands for all rows. */
function levelsOf(present: Uint8Array | undefined, count: number, rows: number): ArrayLike<number> {
  if (count === 0) return [0];
  return present === undefined || count === rows ? [1] : present;
}

/**
 * Numbers as they are. Of doubles the first bytes of all, then the second ones, and so on: those hardly differ from row to row, so that they
 * compress well and fast.
 */
function numberBytes(values: Int32Array | Float64Array, count: number): Uint8Array {
  const width = values.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, count * width);
  if (values instanceof Int32Array) return bytes;
  const split = new Uint8Array(count * width);
  for (let byte = 0; byte < width; byte += 1) {
    const stream = byte * count;
    for (let row = 0, at = byte; row < count; row += 1, at += width)
      split[stream + row] = bytes[at] as number;
  }
  return split;
}

function encodingOf({ type }: ParquetColumn, hasDictionary: boolean): number {
  if (hasDictionary) return DICTIONARY;
  return type === 'double' ? BYTE_STREAM_SPLIT : PLAIN;
}

function plainDictionary({ type }: ParquetColumn, dictionary: readonly (string | number)[]): Buffer {
  if (type === 'int32') return Buffer.from(Int32Array.from(dictionary as readonly number[]).buffer);
  if (type === 'double') return Buffer.from(Float64Array.from(dictionary as readonly number[]).buffer);
  const texts = dictionary as readonly string[];
  const bytes = Buffer.allocUnsafe(texts.reduce((sum, text) => sum + 4 + Buffer.byteLength(text), 0));
  let at = 0;
  for (const text of texts) {
    const written = bytes.write(text, at + 4);
    bytes.writeUInt32LE(written, at);
    at += 4 + written;
  }
  return bytes;
}

function bytesOf(buffers: readonly Buffer[]): number {
  return buffers.reduce((sum, { length }) => sum + length, 0);
}
