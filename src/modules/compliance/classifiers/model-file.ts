import { createHash } from 'node:crypto';
import { z } from 'zod';
import { BUCKETS } from './hashing.js';
import { COLUMNS, HEADS } from './heads.js';

const MAGIC = 'AZT3KNET-CLASSIFIERS-1\n';
const DIGEST_BYTES = 32;

const columnSchema = z.strictObject({
  name: z.string(),
  bias: z.number(),
  /** What one step of a weight is worth. */
  scale: z.number().nonnegative(),
  /** The log-odds are `slope` × sum + `shift`. */
  slope: z.number(),
  shift: z.number(),
  /** From this score on, the text counts as what the head is about. */
  threshold: z.number().min(0).max(1),
});

const headerSchema = z.strictObject({
  /** When the training data was settled, `YYYY.MM`. */
  release: z.string(),
  columns: z.array(columnSchema).length(COLUMNS),
  /** How many frequent words there are, four bytes each. */
  frequent: z.number().int().nonnegative(),
  /** Bytes of the lexicon and of the names of emoji. */
  lexicon: z.number().int().nonnegative(),
  emoji: z.number().int().nonnegative(),
});
export type ModelHeader = z.infer<typeof headerSchema>;
export type ModelColumn = ModelHeader['columns'][number];

/** Everything that training settles. */
export interface Model {
  /** The release and the first eight digits of the file's SHA-256. */
  readonly version: string;
  readonly header: ModelHeader;
  /** By bucket, then column. */
  readonly weights: Int8Array;
  /** Hashes of frequent words, the most frequent first. */
  readonly frequent: Int32Array;
  readonly lexicon: ReadonlyMap<string, number>;
  readonly emoji: ReadonlyMap<string, string>;
}

const pairs = (text: string): [string, string][] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t');
      return [line.slice(0, tab), line.slice(tab + 1)];
    });

const lines = (map: ReadonlyMap<string, string | number>): Buffer =>
  Buffer.from(Array.from(map, ([key, value]) => `${key}\t${value}\n`).join(''));

/** The bytes of a model, its SHA-256 last. */
export function encodeModel(model: Omit<Model, 'version'>): Buffer {
  const lexicon = lines(model.lexicon);
  const emoji = lines(model.emoji);
  const header: ModelHeader = {
    ...model.header,
    frequent: model.frequent.length,
    lexicon: lexicon.length,
    emoji: emoji.length,
  };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const frequent = Buffer.alloc(model.frequent.length * 4);
  model.frequent.forEach((hash, at) => frequent.writeInt32LE(hash, at * 4));
  const weights = Buffer.from(model.weights.buffer, model.weights.byteOffset, model.weights.byteLength);
  const body = Buffer.concat([Buffer.from(MAGIC), length, json, weights, frequent, lexicon, emoji]);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

/**
 * Reads a model from its bytes.
 * @throws Error when they are no model of this format or their SHA-256 is not the one they end in
 */
export function decodeModel(bytes: Buffer): Model {
  const body = bytes.subarray(0, Math.max(0, bytes.length - DIGEST_BYTES));
  if (body.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw new Error('not a file of classifiers of this version');
  const digest = createHash('sha256').update(body).digest();
  if (!digest.equals(bytes.subarray(body.length))) throw new Error('the SHA-256 of the classifiers is wrong');
  let at = MAGIC.length;
  const take = (length: number): Buffer => {
    const part = body.subarray(at, at + length);
    if (part.length !== length) throw new Error('the file of classifiers is cut off');
    at += length;
    return part;
  };
  const header = headerSchema.parse(JSON.parse(take(take(4).readUInt32LE()).toString('utf8')));
  const names = header.columns.slice(0, HEADS.length).map(({ name }) => name);
  if (names.join() !== HEADS.join()) throw new Error(`the classifiers have the heads ${names.join(', ')}`);
  const weights = Int8Array.from(new Int8Array(take(BUCKETS * COLUMNS)));
  const hashes = take(header.frequent * 4);
  return {
    version: `${header.release}-${digest.toString('hex', 0, 4)}`,
    header,
    weights,
    frequent: Int32Array.from({ length: header.frequent }, (_, index) => hashes.readInt32LE(index * 4)),
    lexicon: new Map(
      pairs(take(header.lexicon).toString('utf8')).map(([entry, mask]) => [entry, Number(mask)]),
    ),
    emoji: new Map(pairs(take(header.emoji).toString('utf8'))),
  };
}
