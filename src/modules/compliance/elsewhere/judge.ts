import { z } from 'zod';
import type { GuardConfig } from '../../../core/config/index.js';
import { AppError } from '../../../core/errors/index.js';
import {
  renderPrompt,
  type Completion,
  type Gateway,
  type LanguageModel,
  type SessionOptions,
} from '../../../core/llm/index.js';
import { SCORE_HEADS } from '../guard/text-classifier.js';
import { judgedPieces, type JudgedPiece } from './judged-text.js';
import type { Answer, GivenScores, OutsideClassifier } from './outside-classifier.js';

const PROMPT = 'judge_text';
/** Levels that a model gives; it is better at whole numbers than at fractions. */
const HIGHEST = 10;
/** A dozen numbers under their names. */
const MOST_TOKENS = 400;
/** Room for what it is told, a piece of the text, and its answer. */
const CONTEXT_TOKENS = 8_192;

/** A level for each head, and nothing else: whatever more a model wants to say is no part of an answer. */
const Levels = z.strictObject(
  Object.fromEntries(SCORE_HEADS.map((head) => [head, z.int().min(0).max(HIGHEST)])),
) as unknown as z.ZodType<Record<(typeof SCORE_HEADS)[number], number>>;
type Levels = z.infer<typeof Levels>;

/** A language model that rates texts, each by itself. */
export class Judge implements OutsideClassifier {
  readonly source = 'judge';
  private session: LanguageModel | undefined;

  constructor(
    private readonly gateway: Gateway,
    private readonly options: SessionOptions,
  ) {}

  /** How its session is, by the configuration. */
  static optionsOf(
    { backend, model, cassette }: NonNullable<GuardConfig['judge']>,
    mode: SessionOptions['mode'],
  ): SessionOptions {
    return { backend, model, cassette, mode: cassette !== undefined && mode === 'live' ? 'auto' : mode };
  }

  async classify(texts: readonly string[], signal: AbortSignal): Promise<Answer> {
    this.session ??= this.gateway.session(this.options);
    const model = this.session;
    const judged = await Promise.allSettled(
      texts.map(async (text) => Promise.all(judgedPieces(text).map((piece) => rate(model, piece, signal)))),
    );
    const answered = judged.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    const failed = judged.find((each) => each.status === 'rejected');
    const [first] = answered;
    if (first === undefined) throw failed?.reason ?? new Error('there was nothing to judge');
    return {
      model: nameOf(first),
      scores: judged.map((each) => (each.status === 'fulfilled' ? highestOf(each.value) : undefined)),
      problem: failed === undefined ? null : codeOf(failed.reason),
    };
  }
}

/** Rates a piece. The text stands between what is asked and what is asked again, and no rule stands in for a model. */
function rate(
  model: LanguageModel,
  { text, marker }: JudgedPiece,
  signal: AbortSignal,
): Promise<Completion<Levels>> {
  const { messages } = renderPrompt(PROMPT, { marker, text });
  return model.complete(
    {
      purpose: 'judge',
      messages,
      temperature: 0,
      maxTokens: MOST_TOKENS,
      contextTokens: CONTEXT_TOKENS,
      think: false,
    },
    { schema: Levels, seed: PROMPT, signal },
  );
}

function highestOf(pieces: readonly Completion<Levels>[]): GivenScores {
  return Object.fromEntries(
    SCORE_HEADS.map((head) => [head, Math.max(...pieces.map(({ value }) => value[head])) / HIGHEST]),
  );
}

/** The model, the beginning of its digest, and the version of what it was asked. */
function nameOf({ model, modelDigest }: Completion<unknown>): string {
  const { version } = renderPrompt(PROMPT, { marker: '', text: '' });
  const printable = model.replaceAll(/[^\x21-\x7e]/g, '_').slice(0, 100);
  return `${printable}@${modelDigest.slice(0, 12)} ${PROMPT}@${version}`;
}

/** What went wrong, as a code. */
export function codeOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  return error instanceof DOMException && error.name === 'TimeoutError' ? 'timeout' : 'failed';
}
