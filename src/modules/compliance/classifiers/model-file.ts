import { createHash } from 'node:crypto';
import { z } from 'zod';
import { BUCKETS } from './hashing.js';
import { COLUMNS, HARM_HEADS, HEADS } from './heads.js';
import { SURFACE_BUCKETS } from './surface.js';

// Its length is a multiple of ALIGNMENT.
const MAGIC = 'AZT3KNET-CLASSIFIERS-3\n\n';
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
  /** What the letters as they stand add to the log-odds of spam: `slope` × (`bias` + `scale` × sum). */
  surface: z.strictObject({ bias: z.number(), scale: z.number().nonnegative(), slope: z.number() }),
  /** Per harm, in the order of HARM_HEADS, how its log-odds count for there being any: `slope` × log-odds + `shift`. */
  any: z
    .array(z.strictObject({ slope: z.number().nonnegative(), shift: z.number() }))
    .length(HARM_HEADS.length),
  /** How many numbers of four bytes the frequent words and the packed lexicon take. */
  frequent: z.number().int().nonnegative(),
  lexicon: z.number().int().nonnegative(),
  /** Bytes of the names of emoji. */
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
  /** What letters as they stand say for spam, by bucket. */
  readonly surface: Int8Array;
  /** Hashes of frequent words, the most frequent first. */
  readonly frequent: Int32Array;
  /** The lexicon as hashes: see packLexicon. */
  readonly lexicon: Int32Array;
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

const ALIGNMENT = 4;

const bytesOf = ({ buffer, byteOffset, byteLength }: Int8Array | Int32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** The bytes of a model, its SHA-256 last. Numbers of four bytes come first, so that they can be read where they lie. */
export function encodeModel(model: Omit<Model, 'version'>): Buffer {
  const emoji = Buffer.from(Array.from(model.emoji, ([key, name]) => `${key}\t${name}\n`).join(''));
  const header: ModelHeader = {
    ...model.header,
    frequent: model.frequent.length,
    lexicon: model.lexicon.length,
    emoji: emoji.length,
  };
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([json, Buffer.alloc(-json.length & (ALIGNMENT - 1), ' ')]);
  const length = Buffer.alloc(ALIGNMENT);
  length.writeUInt32LE(padded.length);
  const body = Buffer.concat([
    Buffer.from(MAGIC),
    length,
    padded,
    bytesOf(model.frequent),
    bytesOf(model.lexicon),
    bytesOf(model.weights),
    bytesOf(model.surface),
    emoji,
  ]);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

/**
 * Reads a model from its bytes; the tables of the result are parts of them.
 * @throws Error when they are no model of this format or their SHA-256 is not the one they end in
 */
export function decodeModel(bytes: Buffer): Model {
  const aligned = bytes.byteOffset % ALIGNMENT === 0 ? bytes : Buffer.from(Uint8Array.from(bytes).buffer);
  const body = aligned.subarray(0, Math.max(0, bytes.length - DIGEST_BYTES));
  if (body.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw new Error('not a file of classifiers of this version');
  const digest = createHash('sha256').update(body).digest();
  if (!digest.equals(aligned.subarray(body.length)))
    throw new Error('the SHA-256 of the classifiers is wrong');
  let at = MAGIC.length;
  const take = (length: number): Buffer => {
    const part = body.subarray(at, at + length);
    if (part.length !== length) throw new Error('the file of classifiers is cut off');
    at += length;
    return part;
  };
  const numbers = (count: number): Int32Array => {
    const part = take(count * ALIGNMENT);
    return new Int32Array(part.buffer, part.byteOffset, count);
  };
  const small = (count: number): Int8Array => {
    const part = take(count);
    return new Int8Array(part.buffer, part.byteOffset, count);
  };
  const header = headerSchema.parse(JSON.parse(take(take(ALIGNMENT).readUInt32LE()).toString('utf8')));
  const names = header.columns.slice(0, HEADS.length).map(({ name }) => name);
  if (names.join() !== HEADS.join()) throw new Error(`the classifiers have the heads ${names.join(', ')}`);
  return {
    version: `${header.release}-${digest.toString('hex', 0, 4)}`,
    header,
    frequent: numbers(header.frequent),
    lexicon: numbers(header.lexicon),
    weights: small(BUCKETS * COLUMNS),
    surface: small(SURFACE_BUCKETS),
    emoji: new Map(pairs(take(header.emoji).toString('utf8'))),
  };
}
