import type { BackendName, LlmRequest, TokenCount } from '../llm.types.js';

/** A request as backends get it. */
export interface BackendCall {
  readonly model: string;
  readonly request: LlmRequest;
  /** JSON Schema that the answer has to fit. */
  readonly schema: object | undefined;
  /** What the caller draws by; the wire has numbers. */
  readonly seed: string | undefined;
  /** Records that are asked for, if any. */
  readonly count?: number | undefined;
}

/** What came back, as it is kept in a cassette. Times in milliseconds. */
export interface Answer {
  readonly content: string;
  readonly thinking: string;
  readonly finish: 'stop' | 'length';
  readonly tokens: TokenCount;
  readonly timing: {
    readonly total_ms: number;
    /** What the server says that loading the model, reading the prompt and writing took of it. */
    readonly load_ms?: number;
    readonly prompt_ms?: number;
    readonly eval_ms?: number;
  };
}

/** A way to answer: a protocol and the servers that speak it. */
export interface Backend {
  readonly name: BackendName;
  /** The model that is asked unless another is named. */
  readonly model: string;
  /** Base URLs of the servers; the same models are on all of them. */
  readonly servers: readonly string[];

  /**
   * Asks one of the servers.
   * @throws LlmError; EgressError `refused` where the server is not listed; the reason of the signal
   */
  chat(call: BackendCall, server: string, signal: AbortSignal): Promise<Answer>;

  /**
   * SHA-256 that stands for a model.
   * @throws LlmError `llm_unavailable`, `llm_model_missing`
   */
  digest(call: Pick<BackendCall, 'model' | 'request'>, server: string, signal: AbortSignal): Promise<string>;

  /** Whether a server answers, cheaply. @throws LlmError */
  probe(server: string, signal: AbortSignal): Promise<void>;
}
