import { z } from 'zod';
import {
  page,
  pageQuery,
  Problem,
  seed,
  sortBy,
  synthetic,
  timeRange,
  uuid,
  wire,
} from '../../../core/http/index.js';
import { populationId } from '../../agents/index.js';
import { decisionAction } from '../../compliance/index.js';
import { DRAFT_SORTS } from '../drafts.repository.js';
import { VARIATIONS_MAX, VARIATIONS_MIN } from '../templates/template.schema.js';
import { contextFields, DraftDto, language, template, writerFields } from './draft.dto.js';

const share = z.number().min(0).max(1).optional();

export const ListDraftsDto = pageQuery({
  population: populationId.optional(),
  agent: uuid.optional(),
  template: template.optional(),
  template_version: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ examples: ['1.0.0'] }),
  language: language.optional(),
  seed: seed.optional().meta({ examples: ['20241005'] }),
  action: decisionAction.optional().meta({ description: 'What the guard said.' }),
  label: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'One of the guard’s labels.', examples: ['political'] }),
  min_compliance_score: share.meta({ description: 'From 0 to 1, where 1 is clean.', examples: [0.8] }),
  min_quality: share.meta({ description: 'From 0 to 1.', examples: [0.5] }),
  ...timeRange('created'),
  sort: sortBy(DRAFT_SORTS, 'id'),
});
export type ListDraftsDto = z.infer<typeof ListDraftsDto>;

export const DraftPageDto = page('DraftList', 'drafts', DraftDto);
export type DraftPageDto = z.infer<typeof DraftPageDto>;

/** How many drafts one request writes at most. */
const BULK_MAX = 100;

export const CreateDraftsDto = wire(
  'DraftRequests',
  z
    .strictObject({
      requests: z
        .array(
          z.strictObject({
            agent: uuid.meta({ description: 'The agent to write as.' }),
            template,
            seed: seed.optional(),
            variations: z.int().min(VARIATIONS_MIN).max(VARIATIONS_MAX).optional(),
            ...contextFields,
            ...writerFields,
          }),
        )
        .min(1)
        .max(BULK_MAX),
    })
    .describe('Drafts to write, each as one agent.'),
);
export type CreateDraftsDto = z.infer<typeof CreateDraftsDto>;

export const CreatedDraftsDto = wire(
  'DraftResults',
  z
    .strictObject({
      synthetic,
      results: z.array(
        z.strictObject({
          status: z.int().meta({
            description: 'The HTTP status that the request alone has: 201 written, 200 was there already.',
            examples: [201],
          }),
          draft: DraftDto.nullable(),
          problem: Problem.nullable().meta({ description: 'Why there is no draft.' }),
        }),
      ),
    })
    .describe('What became of each request, in their order.'),
);
export type CreatedDraftsDto = z.infer<typeof CreatedDraftsDto>;
