import type { z } from 'zod';

/** What answers: a server that speaks Ollama's protocol, one that speaks OpenAI's, or rules without any model. */
export const BACKENDS = ['ollama', 'openai', 'rules'] as const;
export type BackendName = (typeof BACKENDS)[number];

/**
 * Where answers come from.
 * - `live`: from the model; nothing is kept.
 * - `record`: from the model, and kept in the cassette in place of what it had; a call that is made again in the same
 *   session is answered as the first time, so that the session can be replayed.
 * - `replay`: from the cassette alone; what it does not have is an error, and no server is asked.
 * - `auto`: from the cassette, and where it has nothing from the model, which is kept.
 */
export const CASSETTE_MODES = ['live', 'record', 'replay', 'auto'] as const;
export type CassetteMode = (typeof CASSETTE_MODES)[number];

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** How the backend `rules` answers: what a caller does where there is no model. */
export interface Rule {
  /** Names the rule and its version, such as `headline@2`; it stands for the model, so that another rule is another call. */
  readonly id: string;
  /**
   * The answer, as a model would give it: a text, or JSON where the request has a schema; for records
   * `{"records": [...]}`. A function of its input alone.
   * @param count records that are asked for
   */
  readonly answer: (request: LlmRequest, seed: string, count?: number) => string;
}

/** What a model is asked. */
export interface LlmRequest {
  /** One word for metrics and traces, the same for all calls of a kind: `judge`, `content`. Not part of the call's key. */
  readonly purpose: string;
  readonly messages: readonly Message[];
  /** 0 to 2; the model's own unless given. */
  readonly temperature?: number;
  /** Above 0, at most 1. */
  readonly topP?: number;
  /** Most tokens of the answer, thinking included. */
  readonly maxTokens?: number;
  /** Tokens that the model looks at (`num_ctx`); Ollama only. */
  readonly contextTokens?: number;
  readonly stop?: readonly string[];
  /** Whether a reasoning model thinks first; unset: as the model does. Ollama refuses `true` for models that cannot. */
  readonly think?: boolean;
  /** Needed where no model is configured; not part of the request of other backends. */
  readonly rule?: Rule;
}

export interface CallOptions<T = string> {
  /** Ends the call, wherever it is; its place is free at once. */
  readonly signal?: AbortSignal | undefined;
  /** The moment at which it has failed with `llm_deadline`, repetitions and waiting included. */
  readonly deadline?: Date | undefined;
  /** What the answer is drawn by, 1 to 200 characters; without it the model draws as it likes. */
  readonly seed?: string | undefined;
  /** What the answer has to fit; it goes to the model as JSON Schema. Without it the answer is a text. */
  readonly schema?: z.ZodType<T> | undefined;
}

export interface TokenCount {
  readonly input: number;
  /** Thinking included. */
  readonly output: number;
}

/** What a model answered; the same bytes as JSON, whether it was asked or its cassette replayed. */
export interface Completion<T = string> {
  /** The text, or what the schema made of it. */
  readonly value: T;
  /** The answer as it came, without thinking. */
  readonly content: string;
  /** What a reasoning model thought; empty where it did not, or did not tell. */
  readonly thinking: string;
  readonly backend: BackendName;
  readonly model: string;
  /** SHA-256 of the model's weights where the backend tells, otherwise of its name. */
  readonly modelDigest: string;
  readonly finish: 'stop' | 'length';
  /** Of all calls that it took, repairs and repetitions after empty answers included. */
  readonly tokens: TokenCount;
  /** Keys of those calls, in their order: SHA-256, hexadecimal; the last one gave the answer. */
  readonly calls: readonly string[];
}

/** What a list of records is asked for with. */
export interface RecordsOptions<T> extends Omit<CallOptions, 'schema'> {
  /** What each record has to fit. */
  readonly schema: z.ZodType<T>;
  /** Records asked for at once, 1 to 100 (default 10). */
  readonly batchSize?: number | undefined;
  /** What makes a record the same as another, which then counts once; unset: all count. */
  readonly unique?: ((record: T) => string) | undefined;
}

/** What was used since the beginning of a session. */
export interface UsageTotals {
  /** Answers of models. */
  readonly calls: number;
  /** Answers of the cassette. */
  readonly replayed: number;
  /** Answers that somebody else had asked for already, and was waiting for. */
  readonly shared: number;
  readonly failed: number;
  /** Answers that did not fit their schema and were asked for again. */
  readonly repairs: number;
  /** Tokens that models read and wrote; replayed ones are not among them. */
  readonly tokens: TokenCount;
  /** What these tokens cost at the configured prices, in their currency, with six decimals. */
  readonly cost: string;
  /** Time that models needed, in seconds, added up. */
  readonly seconds: number;
}

/** What calls will need, before they are made; an estimate from what calls needed so far. */
export interface Forecast {
  readonly calls: number;
  readonly tokens: TokenCount;
  /** As in {@link UsageTotals}. */
  readonly cost: string;
  /** Until the last has answered, at the present concurrency. */
  readonly seconds: number;
}

/** What answers, as part of what a result was made of. */
export interface ModelIdentity {
  readonly backend: BackendName;
  readonly model: string;
  /** SHA-256 of the model's weights where the backend tells, otherwise of its name. */
  readonly modelDigest: string;
}

/** Whoever asks language models: the gateway itself, as it is configured, and each of its sessions. */
export interface LanguageModel {
  /**
   * Asks a model. Answers that are empty are asked for again with another seed, and those that do not fit the schema with
   * what was wrong, a few times each.
   * @throws LlmError `llm_answer_invalid`, `llm_answer_empty`, `llm_unavailable`, `llm_model_missing`, `llm_refused`,
   *   `llm_deadline`, `llm_no_rule`; CassetteError `cassette_miss`; or the reason of the caller's signal
   */
  complete<T = string>(request: LlmRequest, options?: CallOptions<T>): Promise<Completion<T>>;

  /**
   * Exactly `n` records, asked for in batches; what a batch lacks, or repeats, is asked for again.
   * @param n 1 to 100,000
   * @throws as {@link complete} does; LlmError `llm_records_missing` when the model gives fewer, again and again
   */
  records<T>(n: number, request: LlmRequest, options: RecordsOptions<T>): Promise<T[]>;

  /**
   * What would answer a request now; of a replay, what its cassette was recorded with.
   * @throws as {@link complete} does, without asking for an answer
   */
  identity(request: LlmRequest): Promise<ModelIdentity>;

  /** What so many calls like this one will need. */
  forecast(request: LlmRequest, calls: number): Promise<Forecast>;

  totals(): UsageTotals;
}

/** What a session does otherwise than the configuration says. */
export interface SessionOptions {
  readonly mode?: CassetteMode | undefined;
  /** Name of the cassette; needed unless the mode is `live`. */
  readonly cassette?: string | undefined;
  /** Unset: the configured one; in `replay`, the one that the cassette was recorded with. */
  readonly backend?: BackendName | undefined;
  readonly model?: string | undefined;
}

/**
 * The way to language models. `LlmGateway` (injectable) is one: with the configured backend and mode for whoever asks it
 * directly, and with others in a session.
 */
export interface Gateway extends LanguageModel {
  /** A run's own way: its mode and cassette, and totals that count from its beginning. */
  session(options?: SessionOptions): LanguageModel;
}
