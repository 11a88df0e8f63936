import type { BackendName } from '../../../core/llm/index.js';

/** Who gives agents their names, biographies, further interests and biases. */
export const WRITERS = ['rules', 'llm'] as const;
export type WriterName = (typeof WRITERS)[number];

/** Where a writing model's answers come from and go to; never `live`, since a population has to be made again. */
export const WRITING_MODES = ['auto', 'record', 'replay'] as const;
export type WritingMode = (typeof WRITING_MODES)[number];

/** A language model that writes, as a part of the specification: another one would write other agents. */
export type ModelWriter = {
  readonly backend: BackendName;
  readonly model: string;
  readonly model_digest: string;
  readonly prompt: { readonly name: string; readonly version: string; readonly sha256: string };
};

/** The same with its keys in their order: the database keeps another. */
export function writerInOrder({ backend, model, model_digest, prompt }: ModelWriter): ModelWriter {
  const { name, version, sha256 } = prompt;
  return { backend, model, model_digest, prompt: { name, version, sha256 } };
}

/** Where the answers of a writing are kept. */
export interface WritingTape {
  cassette: string;
  cassette_mode: WritingMode;
}

/** The fields that a model writes. */
export const WRITTEN_FIELDS = ['name', 'interests', 'bio', 'biases'] as const;
export type WrittenField = (typeof WRITTEN_FIELDS)[number];

/** Why something that a model wrote was not taken. */
export const REFUSALS = [
  'missing',
  'form',
  'denied',
  'personal_data',
  'guard',
  'duplicate',
  'near_duplicate',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What came of a writing. The same when it is replayed. */
export type WritingTally = {
  /** How many agents have each field from the model, and how many from the rules, because the model's was refused. */
  by_model: Record<WrittenField, number>;
  by_rules: Record<WrittenField, number>;
  /** What was refused, by reason, each attempt on its own. */
  refused: Record<Refusal, number>;
  /** Answers that could be read, and their tokens. */
  answers: number;
  input_tokens: number;
  output_tokens: number;
};

/** What a writing took. Not the same when it is replayed. */
export type WritingUsage = {
  calls: number;
  replayed: number;
  failed: number;
  repairs: number;
  input_tokens: number;
  output_tokens: number;
  /** At the configured prices, with six decimals. */
  cost: string;
  /** Time that models needed, in seconds, added up. */
  seconds: number;
};

const zeros = <Key extends string>(keys: readonly Key[]): Record<Key, number> =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;

export function noTally(): WritingTally {
  return {
    by_model: zeros(WRITTEN_FIELDS),
    by_rules: zeros(WRITTEN_FIELDS),
    refused: zeros(REFUSALS),
    answers: 0,
    input_tokens: 0,
    output_tokens: 0,
  };
}

export function noUsage(): WritingUsage {
  return {
    calls: 0,
    replayed: 0,
    failed: 0,
    repairs: 0,
    input_tokens: 0,
    output_tokens: 0,
    cost: '0.000000',
    seconds: 0,
  };
}
