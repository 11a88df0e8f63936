import { z } from 'zod';
import {
  API_PREFIX,
  links,
  page,
  pageQuery,
  seed,
  sortBy,
  synthetic,
  time,
  uuid,
  wire,
} from '../../../core/http/index.js';
import { agentFilters, populationId } from '../../agents/index.js';
import type { Campaign } from './campaign.entity.js';
import { quietHours } from '../planning/quiet-hours.dto.js';
import { PUBLICATION_STATES } from '../publications/publication.rules.js';
import { CAMPAIGN_STATES } from './campaign.rules.js';
import { CAMPAIGN_SORTS } from './campaigns.repository.js';
import type { CampaignRequest } from './campaigns.service.js';

const WEEK_MS = 604_800_000;

export function campaignPath(id: string): string {
  return `/${API_PREFIX}/campaigns/${id}`;
}

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,61}[a-z0-9]$/, 'must have 2 to 63 lower-case letters, digits and dashes')
  .meta({ description: 'What people call it.', examples: ['spring-murals'] });

export const CampaignParams = z.strictObject({
  campaign: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]{1,62}$/, 'must be the id or the name of a campaign')
    .overwrite((text) => text.toLowerCase())
    .meta({ description: 'The id or the name of a campaign.', examples: ['spring-murals'] }),
});
export type CampaignParams = z.infer<typeof CampaignParams>;

const quiet = quietHours
  .nullable()
  .meta({ description: 'When nothing is published, by the clocks of each agent; null: never quiet.' });
const rhythm = z
  .array(z.int().min(0).max(100))
  .length(24)
  .nullable()
  .meta({
    description: 'How busy each hour of an agent’s day is, from 0 to 100; null: the usual day.',
    examples: [[0, 0, 0, 0, 0, 0, 2, 5, 8, 8, 8, 9, 12, 12, 9, 8, 8, 9, 12, 14, 15, 12, 6, 2]],
  });
const cap = z.int().min(1).max(10_000_000);
const caps = wire(
  'CampaignCaps',
  z
    .strictObject({
      total: cap.meta({ description: 'Of the whole campaign.', examples: [1000] }),
      per_agent: cap.optional().meta({ description: 'Of each agent.', examples: [50] }),
      per_agent_day: cap
        .max(24)
        .optional()
        .meta({ description: 'Of each agent in a day of its own.', examples: [3] }),
      per_hour: cap.optional().meta({ description: 'Published in any hour, at most.', examples: [500] }),
    })
    .describe('The most of a campaign; where more would be planned, it is thinned out evenly.'),
);
const approval = wire(
  'CampaignApproval',
  z
    .strictObject({
      rule: z.enum(['none', 'sample', 'all', 'two_people']),
      percent: z.int().min(1).max(99).optional().meta({ description: 'Of `sample`: how many of a hundred.' }),
    })
    .describe('Who has to approve what is published, after the guard.')
    .meta({ examples: [{ rule: 'sample', percent: 10 }] }),
);
const audience = z.strictObject({ ...agentFilters }).meta({
  description: 'Which agents of the population; without conditions all.',
  examples: [{ age_min: 18 }],
});

const terms = {
  audience,
  templates: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(20)
    .meta({ description: 'Templates, as `name` or `name@version`.', examples: [['street_art_campaign']] }),
  adapter: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/)
    .meta({ description: 'Which platform.', examples: ['sandbox'] }),
  destination: z
    .string()
    .min(1)
    .max(100)
    .nullable()
    .meta({ description: 'Where there, such as a network; null: its usual place.', examples: ['main'] }),
  seed,
  starts_at: time,
  ends_at: time.meta({ examples: ['2026-02-15T10:30:00.000Z'] }),
  quiet_hours: quiet,
  rhythm,
  caps,
  approval,
  grace_minutes: z
    .int()
    .min(1)
    .max(43_200)
    .meta({ description: 'How late a publication may be before it expires.', examples: [1440] }),
};

export const CreateCampaignDto = wire(
  'CreateCampaign',
  z
    .strictObject({
      name,
      population: populationId.meta({ description: 'The id, digest or name of a persisted population.' }),
      ...terms,
      audience: audience.default({}),
      adapter: terms.adapter.default('sandbox'),
      destination: terms.destination.default(null),
      starts_at: time.optional().meta({ description: 'Without it, now.' }),
      ends_at: time.optional().meta({
        description: 'Without it, a week after it starts.',
        examples: ['2026-02-15T10:30:00.000Z'],
      }),
      quiet_hours: quiet.default(null),
      rhythm: rhythm.default(null),
      caps: caps.default({ total: 100_000 }),
      approval: approval.default({ rule: 'none' }),
      grace_minutes: terms.grace_minutes.default(1_440),
    })
    .describe('A campaign to make; it does nothing until it is started.'),
);
export type CreateCampaignDto = z.infer<typeof CreateCampaignDto>;

export const UpdateCampaignDto = wire(
  'UpdateCampaign',
  z
    .strictObject({ name, population: populationId, ...terms })
    .partial()
    .describe('What of a campaign is different; only drafts can be changed.'),
);
export type UpdateCampaignDto = z.infer<typeof UpdateCampaignDto>;

export function createRequest({ starts_at, ends_at, ...body }: CreateCampaignDto): CampaignRequest {
  const from = starts_at === undefined ? new Date() : new Date(starts_at);
  const to = ends_at === undefined ? new Date(from.getTime() + WEEK_MS) : new Date(ends_at);
  return { ...body, starts_at: from, ends_at: to };
}

export function updateRequest({ starts_at, ends_at, ...body }: UpdateCampaignDto): Partial<CampaignRequest> {
  return {
    ...(Object.fromEntries(
      Object.entries(body).filter(([, value]) => value !== undefined),
    ) as Partial<CampaignRequest>),
    ...(starts_at !== undefined && { starts_at: new Date(starts_at) }),
    ...(ends_at !== undefined && { ends_at: new Date(ends_at) }),
  };
}

const state = z.enum(CAMPAIGN_STATES);

export const CampaignDto = wire(
  'Campaign',
  z
    .strictObject({
      synthetic,
      id: uuid,
      name,
      state,
      version: z.int().meta({ examples: [1] }),
      population_id: uuid,
      ...terms,
      planned: z.boolean().meta({ description: 'Whether all its publications are planned.' }),
      created_by: z.string().meta({ examples: ['admin'] }),
      held_reason: z
        .string()
        .nullable()
        .meta({
          description: 'Why it was paused without anybody asking for it: who started it may no longer do so.',
          examples: [null],
        }),
      created_at: time,
      links,
    })
    .describe('What is to be published, by which agents, when, and who must approve.'),
);
export type CampaignDto = z.infer<typeof CampaignDto>;

export function campaignDto(campaign: Campaign): CampaignDto {
  const {
    plan_cursor: _cursor,
    plan_size: _size,
    plan_index: _index,
    started_by: _starter,
    ...shown
  } = campaign;
  const { id, starts_at, ends_at, created_at } = campaign;
  const self = campaignPath(id);
  return {
    synthetic: true,
    ...shown,
    starts_at: starts_at.toISOString(),
    ends_at: ends_at.toISOString(),
    created_at: created_at.toISOString(),
    links: { self },
  };
}

export const CountedCampaignDto = wire(
  'CountedCampaign',
  CampaignDto.extend({
    publications: z.partialRecord(z.enum(PUBLICATION_STATES), z.int()).meta({
      description:
        'How many publications are in each state that any is in; more follow until all are planned.',
      examples: [{ planned: 53, due: 22, published: 5 }],
    }),
  }).describe('A campaign, and how far it has come.'),
);
export type CountedCampaignDto = z.infer<typeof CountedCampaignDto>;

export const CampaignListDto = page('CampaignList', 'campaigns', CampaignDto);
export type CampaignListDto = z.infer<typeof CampaignListDto>;

export const CampaignsQueryDto = pageQuery({
  state: state.optional(),
  population: populationId.optional(),
  sort: sortBy(CAMPAIGN_SORTS, '-created_at'),
});
export type CampaignsQueryDto = z.infer<typeof CampaignsQueryDto>;
