import { z } from 'zod';
import type { FieldIssue } from '../errors/index.js';
import { LlmError } from './llm.errors.js';
import type { Completion, LlmRequest, RecordsOptions } from './llm.types.js';
import { renderPrompt } from './prompts/prompts.js';
import { require } from './request-rules.js';
import type { Wanted } from './session.js';
import { jsonSchemaOf, parseAnswer, type Parsed } from './structured.js';

const MOST_RECORDS = 100_000;
const LARGEST_BATCH = 100;
const USUAL_BATCH = 10;
/** Rounds in a row that may bring nothing new. */
const FRUITLESS_ROUNDS = 3;
/** So many of the records that there are already are shown to the model. */
const MOST_SHOWN = 50;

/** Asks for one batch. */
type AskBatch = <T>(request: LlmRequest, wanted: Wanted<T>, signal: AbortSignal) => Promise<Completion<T>>;

const Batch = z.looseObject({ records: z.array(z.unknown()).min(1) });

/**
 * Exactly `n` records. What a round of batches lacks is asked for in the next one. The batches of a round are asked for at
 * once and counted in their order, so that the same answers make the same records.
 * @throws LlmError `llm_request_invalid`, `llm_records_missing`, and what `ask` throws
 */
export async function collectRecords<T>(
  n: number,
  request: LlmRequest,
  options: RecordsOptions<T>,
  signal: AbortSignal,
  ask: AskBatch,
): Promise<T[]> {
  const { batchSize = USUAL_BATCH } = options;
  require(Number.isInteger(n) && n >= 1 && n <= MOST_RECORDS, 'n', `expected 1 to ${MOST_RECORDS}`);
  const sizeFits = Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= LARGEST_BATCH;
  require(sizeFits, 'batch_size', `expected 1 to ${LARGEST_BATCH}`);
  const found = new Found<T>(n, options.unique);
  for (let round = 0, fruitless = 0; found.missing > 0; round += 1) {
    const before = found.missing;
    const answers = await askRound({ found, round, batchSize }, request, options, signal, ask);
    for (const { value } of answers) found.add(value);
    fruitless = found.missing === before ? fruitless + 1 : 0;
    const model = answers[0]?.model ?? '';
    if (fruitless === FRUITLESS_ROUNDS) throw LlmError.recordsMissing(model, n, n - found.missing);
  }
  return found.records;
}

/** Asks for what is missing, in as many batches as that takes; the first failure ends the others. */
async function askRound<T>(
  { found, round, batchSize }: { found: Found<T>; round: number; batchSize: number },
  request: LlmRequest,
  { schema, seed }: RecordsOptions<T>,
  signal: AbortSignal,
  ask: AskBatch,
): Promise<Completion<T[]>[]> {
  const failure = new AbortController();
  const ending = AbortSignal.any([signal, failure.signal]);
  const batches = Math.ceil(found.missing / batchSize);
  const asked = Array.from({ length: batches }, async (_, index) => {
    const count = Math.min(batchSize, found.missing - index * batchSize);
    const part = `${round + 1}.${index + 1}`;
    const values = { count: String(count), part, taken: found.shown };
    const messages = [...request.messages, ...renderPrompt('write_records', values).messages];
    const wanted: Wanted<T[]> = {
      schema: batchSchema(schema, count),
      parse: (content) => parseBatch(content, schema, count),
      seed: seed === undefined ? undefined : `${seed}/${part}`,
      count,
    };
    return ask({ ...request, messages }, wanted, ending);
  });
  try {
    return await Promise.all(asked);
  } catch (error) {
    failure.abort(error);
    throw error;
  }
}

function batchSchema(schema: z.ZodType, count: number): object {
  return {
    type: 'object',
    properties: {
      records: { type: 'array', items: jsonSchemaOf(schema), minItems: count, maxItems: count },
    },
    required: ['records'],
    additionalProperties: false,
  };
}

/** The records of a batch that fit; those beyond what was asked for are left out. An answer without any does not fit. */
function parseBatch<T>(content: string, schema: z.ZodType<T>, count: number): Parsed<T[]> {
  const batch = parseAnswer(content, Batch);
  if (!batch.fits) return batch;
  const read = batch.value.records.map((record) => schema.safeParse(record));
  const fitting = read.flatMap(({ success, data }) => (success ? [data] : []));
  if (fitting.length > 0) return { fits: true, value: fitting.slice(0, count) };
  const issues: FieldIssue[] = (read[0]?.error?.issues ?? []).map(({ path, message }) => ({
    field: ['records', 0, ...path].map(String).join('.'),
    message,
  }));
  return { fits: false, issues };
}

/** Records as they are found. */
class Found<T> {
  readonly records: T[] = [];
  private readonly keys = new Set<string>();

  constructor(
    private readonly wanted: number,
    private readonly unique: ((record: T) => string) | undefined,
  ) {}

  get missing(): number {
    return this.wanted - this.records.length;
  }

  /** What the model is told of those that there are: it is not to give them again. */
  get shown(): string {
    if (this.keys.size === 0) return '';
    const latest = [...this.keys].slice(-MOST_SHOWN);
    return `These are taken already: ${latest.map((key) => JSON.stringify(key)).join(', ')}.`;
  }

  add(records: readonly T[]): void {
    for (const record of records) {
      const key = this.unique?.(record);
      if (this.missing === 0 || (key !== undefined && this.keys.has(key))) continue;
      if (key !== undefined) this.keys.add(key);
      this.records.push(record);
    }
  }
}
