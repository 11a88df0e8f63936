import type { LlmConfig } from '../config/index.js';
import { LlmError } from './llm.errors.js';
import type { BackendName, LanguageModel, LlmRequest } from './llm.types.js';
import type { RenderedPrompt } from './prompts/prompts.js';
import type { WriterName, WritingMode } from './writers.js';

/** Where the answers of a writing are kept. */
export interface WritingTape {
  cassette: string;
  cassette_mode: WritingMode;
}

/** What a request says about who writes. */
export interface WritingRequest {
  /** Default: `rules`. */
  writer?: WriterName | undefined;
  cassette?: string | undefined;
  cassette_mode?: WritingMode | undefined;
}

/** A language model that writes, as a part of what its texts are known by: another one would write others. */
export type ModelWriter = {
  readonly backend: BackendName;
  readonly model: string;
  readonly model_digest: string;
  readonly prompt: { readonly name: string; readonly version: string; readonly sha256: string };
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

/** The same with its keys in their order: the database keeps another. */
export function writerInOrder({ backend, model, model_digest, prompt }: ModelWriter): ModelWriter {
  const { name, version, sha256 } = prompt;
  return { backend, model, model_digest, prompt: { name, version, sha256 } };
}

/**
 * Where the answers of a writing are kept: in the cassette that was asked for or is configured, or in one of its own;
 * undefined where a replay has nothing to be replayed from.
 * @param own what it is called where nobody says
 */
export function tapeOf(
  { mode, cassette }: Pick<LlmConfig, 'mode' | 'cassette'>,
  asked: Pick<WritingRequest, 'cassette' | 'cassette_mode'>,
  own: string,
): WritingTape | undefined {
  const cassette_mode = asked.cassette_mode ?? (mode === 'live' ? 'auto' : mode);
  const named = asked.cassette ?? cassette;
  if (named === undefined && cassette_mode === 'replay') return undefined;
  return { cassette: named ?? own, cassette_mode };
}

/**
 * What would write; undefined where no model is configured.
 * @throws LlmError where it cannot be asked; CassetteError where a replay has none
 */
export async function modelWriterOf(
  session: LanguageModel,
  request: LlmRequest,
  prompt: Pick<RenderedPrompt, 'name' | 'version' | 'sha256'>,
): Promise<ModelWriter | undefined> {
  try {
    const { backend, model, modelDigest } = await session.identity(request);
    return writerInOrder({ backend, model, model_digest: modelDigest, prompt });
  } catch (error) {
    if (error instanceof LlmError && error.code === 'llm_no_rule') return undefined;
    throw error;
  }
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

/** What was used before, and in a session since. */
export function usageOf(before: WritingUsage, session: LanguageModel): WritingUsage {
  const { calls, replayed, failed, repairs, tokens, cost, seconds } = session.totals();
  return {
    calls: before.calls + calls,
    replayed: before.replayed + replayed,
    failed: before.failed + failed,
    repairs: before.repairs + repairs,
    input_tokens: before.input_tokens + tokens.input,
    output_tokens: before.output_tokens + tokens.output,
    cost: (Number(before.cost) + Number(cost)).toFixed(6),
    seconds: before.seconds + seconds,
  };
}
