import { z } from 'zod';
import { API_PREFIX, links, seed, synthetic, time, uuid, wire } from '../../../core/http/index.js';
import { populationId } from '../../agents/index.js';
import { decisionAction, decisionPath, RuleMatchDto } from '../../compliance/index.js';
import { DRAFTS_PER_AGENT_MAX } from '../content.rules.js';
import type { DecidedDraft } from '../drafts.repository.js';
import { VARIATIONS_MAX, VARIATIONS_MIN } from '../templates/template.schema.js';

export const template = z
  .string()
  .min(1)
  .max(64)
  .meta({ examples: ['street_art_campaign'] });

/** What drafts are written for. */
export const campaign = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
    'expected up to 100 letters, digits, dots, dashes and underscores',
  )
  .optional()
  .meta({
    description: 'What it is written for, as decisions and rules call it; the draft is the same for any.',
    examples: ['spring'],
  });

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
      campaign,
      variations: z
        .int()
        .min(VARIATIONS_MIN)
        .max(VARIATIONS_MAX)
        .optional()
        .meta({ description: 'Other captions of each draft; without it, as many as the template says.' }),
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
});

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
      metadata: z
        .record(z.string(), z.unknown())
        .meta({ description: 'How the draft came to be: generator, choices, lengths.' }),
      scores: draftScores,
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
    metadata: { ...draft.metadata },
    scores: { quality: draft.quality, sentiment: draft.sentiment, readability: draft.readability },
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

/** The path of a draft. */
export function draftPath(id: string): string {
  return `${DRAFTS_PATH}/${id}`;
}

/** The path of the list of drafts. */
export const DRAFTS_PATH = `/${API_PREFIX}/content/drafts`;
