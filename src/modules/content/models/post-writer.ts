import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import {
  LlmError,
  LlmGateway,
  modelWriterOf,
  tapeOf,
  type Forecast,
  type LanguageModel,
  type ModelWriter,
  type WritingRequest,
  type WritingTape,
} from '../../../core/llm/index.js';
import { ContentError } from '../content.errors.js';
import { emptyPostRequest, postSchema, promptOfPosts, type WrittenPost } from './post.request.js';
import { PostWriting, type PostField, type PostSubject, type RefusedText } from './post-writing.js';
import type { ComposedDraft } from '../writing/compose-draft.js';

/** So often a model is asked for a draft before the rules take over. */
const ATTEMPTS = 3;
/** The model has answered, and nothing can be made of it. */
const UNREADABLE = new Set(['llm_answer_invalid', 'llm_answer_empty']);

/** Who is to write, and where the answers are kept. */
export interface DraftWriting {
  readonly writer: ModelWriter;
  readonly tape: WritingTape;
}

/** How a model came to write a draft; the same when it is replayed. */
export type WritingRecord = {
  readonly writer: ModelWriter;
  /** What each attempt was drawn by, and the keys of its calls: SHA-256 of model, prompt, schema and seed. */
  readonly attempts: readonly { readonly seed: string; readonly calls: readonly string[] }[];
  /** The fields that the rules wrote, because the model's were refused. */
  readonly by_rules: readonly PostField[];
  readonly refused: readonly RefusedText[];
  readonly input_tokens: number;
  readonly output_tokens: number;
};

/** What a cassette of one's own is called, from what is asked for. */
export function ownCassette(asked: readonly (string | number)[]): string {
  return `drafts-${createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 16)}`;
}

/** Lets a language model write drafts. */
@Injectable()
export class PostWriter {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly gateway: LlmGateway,
  ) {}

  /**
   * Who would write what a request asks for; undefined where it asks for the rules.
   * @param own the name of its cassette where nobody says
   * @throws ContentError `writer_invalid`; LlmError where the model cannot be asked; CassetteError
   */
  async prepare(asked: WritingRequest, own: string): Promise<DraftWriting | undefined> {
    if (asked.writer !== 'llm') {
      const field = asked.cassette === undefined ? 'cassette_mode' : 'cassette';
      if (asked[field] !== undefined) throw refusal(field, 'belongs to the writer llm');
      return undefined;
    }
    const tape = tapeOf(this.config.llm, asked, own);
    if (tape === undefined)
      throw refusal('cassette', 'names what is to be replayed; it is needed for the mode replay');
    const session = this.gateway.session({ mode: tape.cassette_mode, cassette: tape.cassette });
    const writer = await modelWriterOf(session, emptyPostRequest(), promptOfPosts());
    if (writer !== undefined) return { writer, tape };
    throw refusal('writer', 'llm needs a language model: set OLLAMA_BASE_URL or AZT3KNET_OPENAI_BASE_URL');
  }

  /** What so many drafts will need where the cassette has none of them. */
  forecast(writing: DraftWriting, subject: PostSubject, drafts: number): Promise<Forecast> {
    return this.session(writing).forecast(new PostWriting(subject).request(), drafts);
  }

  session({ writer: { backend, model }, tape }: DraftWriting): LanguageModel {
    return this.gateway.session({ mode: tape.cassette_mode, cassette: tape.cassette, backend, model });
  }

  /** @throws ContentError `model_changed` where another model would answer, or another prompt be sent */
  async requireModel(session: LanguageModel, { model, model_digest, prompt }: ModelWriter): Promise<void> {
    const { modelDigest } = await session.identity(emptyPostRequest());
    if (modelDigest === model_digest && promptOfPosts().sha256 === prompt.sha256) return;
    const message = `the model ${model} or its prompt has changed since the job was accepted; ask again`;
    throw new ContentError('conflict', 'model_changed', message);
  }

  /**
   * One draft, its words by the model as far as they can be taken.
   * @param seed what it is drawn by: the id of the draft
   * @throws LlmError where the model cannot be asked, CassetteError, or the reason of the signal
   */
  async write(
    session: LanguageModel,
    writer: ModelWriter,
    subject: PostSubject,
    { seed, signal }: { seed: string; signal?: AbortSignal | undefined },
  ): Promise<{ draft: ComposedDraft; record: WritingRecord }> {
    const writing = new PostWriting(subject);
    const attempts: { seed: string; calls: readonly string[] }[] = [];
    const tokens = { input: 0, output: 0 };
    for (let attempt = 1; attempt <= ATTEMPTS && !writing.isComplete; attempt += 1) {
      const drawn = `${seed}/${attempt}`;
      const answer = await ask(session, writing, { seed: drawn, signal });
      attempts.push({ seed: drawn, calls: answer?.calls ?? [] });
      tokens.input += answer?.tokens.input ?? 0;
      tokens.output += answer?.tokens.output ?? 0;
      writing.take(answer?.value);
    }
    const { draft, byRules } = writing.finish();
    const record = {
      writer,
      attempts,
      by_rules: byRules,
      refused: writing.refused,
      input_tokens: tokens.input,
      output_tokens: tokens.output,
    };
    return { draft, record };
  }
}

/** An answer; undefined where nothing can be made of what the model gave. */
async function ask(
  session: LanguageModel,
  writing: PostWriting,
  options: { seed: string; signal?: AbortSignal | undefined },
): Promise<
  { value: WrittenPost; tokens: { input: number; output: number }; calls: readonly string[] } | undefined
> {
  try {
    return await session.complete(writing.request(), { ...options, schema: postSchema(writing.count) });
  } catch (error) {
    if (error instanceof LlmError && UNREADABLE.has(error.code)) return undefined;
    throw error;
  }
}

function refusal(field: 'writer' | 'cassette' | 'cassette_mode', message: string): ContentError {
  return new ContentError('invalid', 'writer_invalid', `${field} ${message}`, [{ field, message }]);
}
