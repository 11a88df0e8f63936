import { createHash, type Hash } from 'node:crypto';
import { z } from 'zod';
import { callKey, sha256Of } from '../call-key.js';
import { BACKENDS } from '../llm.types.js';
import { CassetteError } from './cassette.errors.js';

const FORMAT = 'azt3knet-cassette/1';
const digest = z.string().regex(/^[\da-f]{64}$/, 'must be a SHA-256 in lower-case hexadecimal');
const count = z.int().min(0).max(2_147_483_647);

/** A call and its answer, as a cassette keeps it and its file has it on a line. */
export const Entry = z.strictObject({
  key: digest,
  backend: z.enum(BACKENDS),
  model: z.string().min(1).max(500),
  model_digest: digest,
  seed: z.string().max(1_000).nullable(),
  request: z.looseObject({
    messages: z.array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
  }),
  answer: z.strictObject({
    content: z.string(),
    thinking: z.string(),
    finish: z.enum(['stop', 'length']),
    tokens: z.strictObject({ input: count, output: count }),
    timing: z.strictObject({
      total_ms: count,
      load_ms: count.optional(),
      prompt_ms: count.optional(),
      eval_ms: count.optional(),
    }),
  }),
  recorded_at: z.iso.datetime(),
});
export type Entry = z.infer<typeof Entry>;

const Line = z.strictObject({ entry: Entry, sha256: digest });
const End = z.strictObject({
  end: z.strictObject({
    format: z.literal(FORMAT),
    synthetic: z.literal(true),
    cassette: z.string(),
    entries: count,
    sha256: digest,
  }),
});

/** What the last line of a file says. */
export type FileEnd = z.infer<typeof End>['end'];

/**
 * The lines of a cassette's file: one entry each, with its digest, and at last how many there were and the digest of all
 * of them, by which a file that was cut or put together shows.
 * @param texts entries as canonical JSON, in the order of their keys
 */
export async function* cassetteFile(name: string, texts: AsyncIterable<string>): AsyncGenerator<string> {
  const whole = createHash('sha256');
  let entries = 0;
  for await (const text of texts) {
    const line = entryLine(text);
    whole.update(line);
    entries += 1;
    yield line;
  }
  const end: FileEnd = {
    format: FORMAT,
    synthetic: true,
    cassette: name,
    entries,
    sha256: whole.digest('hex'),
  };
  yield `${JSON.stringify({ end })}\n`;
}

function entryLine(text: string): string {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return `{"entry":${text},"sha256":"${sha256}"}\n`;
}

/**
 * Reads an entry from its line.
 * @param line where it stands in the file, counted from 1
 * @throws CassetteError `cassette_invalid` where it breaks the format, or a digest does not hold
 */
export function readEntry(text: string, line: number): Entry {
  const { entry, sha256 } = readLine(text, line, Line);
  if (sha256Of(entry) !== sha256)
    throw CassetteError.fileInvalid(line, 'the digest is not that of the entry');
  if (callKey(entry) !== entry.key) throw CassetteError.fileInvalid(line, 'the key is not that of the call');
  return entry;
}

function readLine<T>(text: string, line: number, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw CassetteError.fileInvalid(line, 'is no JSON');
  }
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw CassetteError.fileInvalid(line, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

/** Checks a file line by line, the last of which must be its end. */
export class FileCheck {
  private readonly whole: Hash = createHash('sha256');
  private lines = 0;
  private ended: FileEnd | undefined;

  /** @returns the entry of the line; undefined for the last one. @throws CassetteError */
  line(text: string): Entry | undefined {
    this.lines += 1;
    if (this.ended !== undefined) throw CassetteError.fileInvalid(this.lines, 'follows the end of the file');
    if (!text.startsWith('{"end":')) {
      const entry = readEntry(text, this.lines);
      this.whole.update(`${text}\n`);
      return entry;
    }
    const { end } = readLine(text, this.lines, End);
    if (end.entries !== this.lines - 1 || end.sha256 !== this.whole.digest('hex')) {
      throw CassetteError.fileInvalid(this.lines, 'the entries are not those that the file ended with');
    }
    this.ended = end;
    return undefined;
  }

  /** What the file says of itself. @throws CassetteError when it was cut */
  end(): FileEnd {
    if (this.ended !== undefined) return this.ended;
    throw CassetteError.fileInvalid(this.lines + 1, 'the end of the file is missing');
  }
}
