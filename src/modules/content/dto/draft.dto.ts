import { z } from 'zod';
import { tapeFields, WRITERS } from '../../../core/llm/index.js';
import { API_PREFIX, links, seed, synthetic, time, uuid, wire } from '../../../core/http/index.js';
import { populationId } from '../../agents/index.js';
import { decisionAction, decisionPath, RuleMatchDto } from '../../compliance/index.js';
import { DRAFTS_PER_AGENT_MAX } from '../content.rules.js';
import type { DecidedDraft } from '../drafts.repository.js';
import { TOPIC_MAX_LENGTH } from '../writing/thread-topic.js';
import { toxicityOf } from '../scoring/toxicity.js';
import { VARIATIONS_MAX, VARIATIONS_MIN } from '../templates/template.schema.js';

export const template = z
  .string()
  .min(1)
  .max(64)
  .meta({ examples: ['street_art_campaign'] });

const short = (max: number) => z.string().trim().min(1).max(max);

/** The post that a draft is to answer. */
const ReplyTo = wire(
  'ReplyTo',
  z
    .strictObject({
      draft: uuid.optional().meta({ description: 'A draft; either this, or `text` and `author`.' }),
      text: short(2_200).optional().meta({ description: 'The text of the post.' }),
      author: short(60)
        .optional()
        .meta({ description: 'How to call who wrote it.', examples: ['@luna.mercado7x2'] }),
      topic: short(TOPIC_MAX_LENGTH).optional().meta({
        description: 'What it is about; without it, its topic, its first hashtag or most frequent word.',
      }),
    })
    .refine(
      ({ draft, text, author }) => (draft === undefined) === (text !== undefined && author !== undefined),
      {
        path: ['draft'],
        error: 'give either draft, or text and author',
      },
    )
    .refine(
      ({ draft, text, author }) => draft === undefined || (text === undefined && author === undefined),
      {
        path: ['draft'],
        error: 'has no place beside text and author',
      },
    )
    .describe('The post that a draft answers.'),
);

/** What a request says that drafts are to be about. */
export const contextFields = {
  campaign: short(100).optional().meta({
    description: 'What the drafts are for: it is told to the guard, and originality is measured in it.',
  }),
  topic: short(TOPIC_MAX_LENGTH)
    .optional()
    .meta({
      description:
        'What to write about, where the template reads `topic`; without it an interest of the agent.',
      examples: ['urban gardens'],
    }),
  inputs: z
    .record(
      z.string().max(40),
      z.union([z.string().max(500), z.number(), z.boolean(), z.array(z.string().max(500)).max(20)]),
    )
    .optional()
    .meta({ description: 'Values for the inputs that the template declares.' }),
  reply_to: ReplyTo.optional().meta({
    description: 'The post to answer, for templates that read `thread.author` or `thread.topic`.',
  }),
};

/** What a request says about who writes. */
export const writerFields = {
  writer: z
    .enum(WRITERS)
    .optional()
    .meta({
      description:
        'Who writes captions, alternative texts and hashtags: rules from the template, or a language model on what the rules wrote. Default `rules`.',
      examples: ['rules'],
    }),
  ...tapeFields,
};

export const CreateDraftDto = wire(
  'DraftRequest',
  z
    .strictObject({
      agent: uuid.optional().meta({ description: 'The agent to write as; either this or `population`.' }),
      population: populationId
        .optional()
        .meta({ description: 'The population to write for, as a job; either this or `agent`.' }),
      template: z
        .string()
        .min(1)
        .max(100)
        .meta({
          description: 'The name of a template, or `name@version`.',
          examples: ['street_art_campaign'],
        }),
      seed: seed.optional(),
      variations: z
        .int()
        .min(VARIATIONS_MIN)
        .max(VARIATIONS_MAX)
        .optional()
        .meta({ description: 'Other captions of each draft; without it, as many as the template says.' }),
      ...contextFields,
      ...writerFields,
      drafts_per_agent: z
        .int()
        .min(1)
        .max(DRAFTS_PER_AGENT_MAX)
        .optional()
        .meta({ description: 'With `population`: how many drafts each agent writes.' }),
    })
    .describe('What to draft: for one agent, or for every agent of a population.'),
);
export type CreateDraftDto = z.infer<typeof CreateDraftDto>;

/** What templates are written in. */
export const language = z.enum(['en', 'es']);

const score = (what: string) => z.number().meta({ description: what, examples: [0.83] });

/** Another caption of a draft. */
export const variation = z.strictObject({ caption: z.string() });

export const draftScores = z.strictObject({
  quality: score('How well made it is, from 0 to 1.'),
  sentiment: score('From -1 (negative) to 1 (positive).'),
  readability: score('How easy it is to read, from 0 to 1.'),
  persona_fit: score(
    'How much it is its agent’s, by interests and tone, from 0 to 1; null in older drafts.',
  ).nullable(),
  toxicity: score(
    'The highest of the guard’s scores for hate, harassment and profanity, from 0 to 1; null where it gave none.',
  ).nullable(),
  originality: score(
    'How unlike the earlier texts of its agent and campaign it was when it was written, from 0 to 1; null in older drafts.',
  ).nullable(),
});

const ranked = z.strictObject({
  rank: z.int().meta({ description: 'From 1, the best.' }),
  text: z.string().meta({ examples: ['variations[0]'] }),
  score: score('0.4 · quality + 0.3 · persona fit + 0.2 · readability + 0.1 · distance.'),
  quality: score('From 0 to 1.'),
  persona_fit: score('From 0 to 1.'),
  readability: score('From 0 to 1.'),
  distance: score('From the nearest other text of the draft, from 0 to 1.'),
});

export const draftContext = z
  .strictObject({
    campaign: z.string().optional(),
    topic: z.string().optional(),
    inputs: z.record(z.string(), z.unknown()).optional(),
    thread: z
      .strictObject({
        author: z.string(),
        topic: z.string(),
        draft_id: uuid.nullable(),
        text_sha256: z.string(),
      })
      .optional(),
  })
  .nullable()
  .meta({ description: 'What it is about, beside its agent; null where nothing was asked for.' });

const timings = z
  .strictObject({
    context: z.int().optional(),
    write: z.int().optional(),
    vary: z.int().optional(),
    score: z.int().optional(),
    guard: z.int(),
  })
  .meta({ description: 'How long the steps took, in microseconds; `metadata.steps` has their versions.' });

export const DraftDto = wire(
  'Draft',
  z
    .strictObject({
      synthetic,
      id: uuid,
      agent_id: uuid,
      population_id: uuid.nullable(),
      template,
      template_version: z.string().meta({ examples: ['1.0.0'] }),
      language,
      seed: z.string().meta({ examples: ['20241005'] }),
      caption: z.string().meta({ examples: ['A new wall in Roma Norte today.'] }),
      alt_text: z.string().meta({ description: 'What a picture to it would show.' }),
      hashtags: z.array(z.string()).meta({ examples: [['#StreetArt', '#MexicoCity']] }),
      variations: z.array(variation),
      metadata: z.record(z.string(), z.unknown()).meta({
        description:
          'How the draft came to be: generator, choices, lengths; with a language model `writing`: which one, its prompt, seeds and calls.',
      }),
      scores: draftScores,
      ranking: z.array(ranked).meta({ description: 'Its captions, the best first; empty in older drafts.' }),
      context: draftContext,
      timings_us: timings,
      compliance_score: z.number().meta({ description: 'From 0 to 1, where 1 is clean.', examples: [1] }),
      decision: z.strictObject({
        id: uuid,
        action: decisionAction.meta({ description: 'What may happen to the draft.' }),
        reviewed: z
          .boolean()
          .meta({ description: 'Whether people said so; the decision tells what the guard said.' }),
        labels: z.array(z.string()),
        matches: z.array(RuleMatchDto).meta({ description: 'Where in the draft which rule matched.' }),
      }),
      created_at: time,
      links,
    })
    .describe('Generated content with its variations, scores and compliance decision, not yet published.'),
);
export type DraftDto = z.infer<typeof DraftDto>;

export function draftDto(draft: DecidedDraft): DraftDto {
  const { ranking = [], ...metadata } = draft.metadata;
  return {
    synthetic: true,
    id: draft.id,
    agent_id: draft.agent_id,
    population_id: draft.population_id,
    template: draft.template,
    template_version: draft.template_version,
    language: draft.language,
    seed: draft.seed,
    caption: draft.caption,
    alt_text: draft.alt_text,
    hashtags: draft.hashtags,
    variations: draft.variations,
    metadata,
    scores: scoresDto(draft, draft.heads),
    ranking: [...ranking],
    context: contextDto(draft.context),
    timings_us: { ...draft.timings, guard: draft.guard_us },
    compliance_score: draft.compliance_score,
    decision: {
      id: draft.decision_id,
      action: draft.action,
      reviewed: draft.reviewed,
      labels: draft.labels,
      matches: draft.matches,
    },
    created_at: draft.created_at.toISOString(),
    links: { self: draftPath(draft.id), decision: decisionPath(draft.decision_id) },
  };
}

/** The scores of a draft. @param heads what the guard's model scored it, by head */
export function scoresDto(
  draft: Pick<DecidedDraft, 'quality' | 'sentiment' | 'readability' | 'persona_fit' | 'originality'>,
  heads: Readonly<Record<string, number>> | null,
): z.infer<typeof draftScores> {
  const { quality, sentiment, readability, persona_fit, originality } = draft;
  return { quality, sentiment, readability, persona_fit, toxicity: toxicityOf(heads), originality };
}

/** What drafts are about. */
export function contextDto(context: DecidedDraft['context']): DraftDto['context'] {
  return context === null ? null : { ...context, inputs: context.inputs && { ...context.inputs } };
}

/** The path of a draft. */
export function draftPath(id: string): string {
  return `${DRAFTS_PATH}/${id}`;
}

/** The path of the list of drafts. */
export const DRAFTS_PATH = `/${API_PREFIX}/content/drafts`;
