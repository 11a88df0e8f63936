import { z } from 'zod';
import type { GuardConfig } from '../../../core/config/index.js';
import type { EgressChannel } from '../../../core/egress/index.js';
import type { ScoreHead } from '../guard/text-classifier.js';
import { askJson } from './ask-json.js';
import {
  MODEL_NAME,
  OutsideError,
  type Answer,
  type GivenScores,
  type OutsideClassifier,
} from './outside-classifier.js';

/** Its categories, those within others too, as heads; what is not here has no head. */
const HEADS_OF: Readonly<Record<string, readonly ScoreHead[]>> = {
  hate: ['hate'],
  'hate/threatening': ['hate'],
  harassment: ['harassment'],
  'harassment/threatening': ['harassment'],
  'self-harm': ['self_harm'],
  'self-harm/intent': ['self_harm'],
  'self-harm/instructions': ['self_harm'],
  sexual: ['sexual'],
  'sexual/minors': ['sexual', 'minors'],
  violence: ['violence'],
  'violence/graphic': ['violence'],
  'illicit/violent': ['violence'],
};

/** A category that is flagged counts so much at least: each has a threshold of its own there, often far below this. */
const FLAGGED = 0.5;

const Moderations = z.object({
  model: z.string().regex(MODEL_NAME),
  results: z.array(
    z.object({
      categories: z.record(z.string(), z.boolean().nullable()),
      category_scores: z.record(z.string(), z.number().min(0).max(1).nullable()),
    }),
  ),
});

/** An endpoint of OpenAI's protocol: `POST /v1/moderations`. */
export class ModerationClassifier implements OutsideClassifier {
  readonly source = 'moderation';

  constructor(
    private readonly channel: EgressChannel,
    private readonly config: NonNullable<GuardConfig['moderation']>,
  ) {}

  async classify(texts: readonly string[], signal: AbortSignal): Promise<Answer> {
    const { url, model, apiKey } = this.config;
    const { source } = this;
    const answer = await askJson(this.channel, {
      source,
      url: `${url}/moderations`,
      token: apiKey,
      body: { input: texts, ...(model !== undefined && { model }) },
      schema: Moderations,
      signal,
    });
    const { length } = answer.results;
    if (length !== texts.length)
      throw OutsideError.unreadable(source, `results: ${length} of ${texts.length} texts`);
    return { model: answer.model, scores: answer.results.map(scoresOf), problem: null };
  }
}

function scoresOf({
  categories,
  category_scores,
}: z.infer<typeof Moderations>['results'][number]): GivenScores {
  const scores: GivenScores = {};
  for (const [category, heads] of Object.entries(HEADS_OF)) {
    const score = category_scores[category];
    if (typeof score !== 'number') continue;
    const least = categories[category] === true ? FLAGGED : 0;
    for (const head of heads) scores[head] = Math.max(scores[head] ?? 0, score, least);
  }
  return scores;
}
