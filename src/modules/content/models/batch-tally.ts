import type { WritingUsage } from '../../../core/llm/index.js';
import { POST_REFUSALS, type PostRefusal } from './check-post.js';
import { POST_FIELDS, type PostField } from './post-writing.js';
import type { WritingRecord } from './post-writer.js';

/** What came of writing a batch. The same when it is replayed. */
export type BatchTally = {
  /** How many drafts have each field from the model, and how many from the rules, because the model's was refused. */
  by_model: Record<PostField, number>;
  by_rules: Record<PostField, number>;
  /** What was refused, by reason, each attempt on its own. */
  refused: Record<PostRefusal, number>;
  input_tokens: number;
  output_tokens: number;
};

/** What is kept of it: with where the answers are, and what was really asked. */
export type BatchWriting = BatchTally & { cassette: string; usage: WritingUsage };

const zeros = <Key extends string>(keys: readonly Key[]): Record<Key, number> =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;

const inOrder = <Key extends string>(
  counts: Record<Key, number>,
  keys: readonly Key[],
): Record<Key, number> => Object.fromEntries(keys.map((key) => [key, counts[key]])) as Record<Key, number>;

export function noBatchTally(): BatchTally {
  return {
    by_model: zeros(POST_FIELDS),
    by_rules: zeros(POST_FIELDS),
    refused: zeros(POST_REFUSALS),
    input_tokens: 0,
    output_tokens: 0,
  };
}

/** Counts a draft. */
export function countWriting(tally: BatchTally, record: WritingRecord): void {
  for (const field of POST_FIELDS)
    tally[record.by_rules.includes(field) ? 'by_rules' : 'by_model'][field] += 1;
  for (const { reason } of record.refused) tally.refused[reason] += 1;
  tally.input_tokens += record.input_tokens;
  tally.output_tokens += record.output_tokens;
}

/** What of a batch's writing is the same when it is replayed, its keys in their order: the database keeps another. */
export function tallyOf({
  by_model,
  by_rules,
  refused,
  input_tokens,
  output_tokens,
}: BatchWriting): BatchTally {
  return {
    by_model: inOrder(by_model, POST_FIELDS),
    by_rules: inOrder(by_rules, POST_FIELDS),
    refused: inOrder(refused, POST_REFUSALS),
    input_tokens,
    output_tokens,
  };
}
