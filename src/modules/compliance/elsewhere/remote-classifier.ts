import { z } from 'zod';
import type { GuardConfig } from '../../../core/config/index.js';
import type { EgressChannel } from '../../../core/egress/index.js';
import { SCORE_HEADS } from '../guard/text-classifier.js';
import { askJson } from './ask-json.js';
import { MODEL_NAME, OutsideError, type Answer, type OutsideClassifier } from './outside-classifier.js';

/** What it answers; docs/guides/classifiers.md says so to whoever writes one. */
const Answered = z.strictObject({
  model: z.string().regex(MODEL_NAME),
  results: z.array(
    z.strictObject({ scores: z.partialRecord(z.enum(SCORE_HEADS), z.number().min(0).max(1)) }),
  ),
});

/** Any classifier that answers `{"texts": [...]}` with `{"model": "...", "results": [{"scores": {"hate": 0.9}}]}`. */
export class RemoteClassifier implements OutsideClassifier {
  readonly source = 'remote';

  constructor(
    private readonly channel: EgressChannel,
    private readonly config: NonNullable<GuardConfig['remote']>,
  ) {}

  async classify(texts: readonly string[], signal: AbortSignal): Promise<Answer> {
    const { source } = this;
    const { url, token } = this.config;
    const body = { texts };
    const { model, results } = await askJson(this.channel, {
      source,
      url,
      token,
      body,
      schema: Answered,
      signal,
    });
    if (results.length !== texts.length)
      throw OutsideError.unreadable(source, `results: ${results.length} of ${texts.length} texts`);
    return { model, scores: results.map(({ scores }) => scores), problem: null };
  }
}
