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
