import { z } from 'zod';
import {
  API_PREFIX,
  IdParams,
  links,
  page,
  pageQuery,
  sortBy,
  synthetic,
  time,
  timeRange,
  uuid,
  wire,
} from '../../../core/http/index.js';
import { CampaignParams, campaignPath } from '../campaigns/campaign.dto.js';
import { PLAN_SORTS, type PlanRow } from '../planning/campaign-plans.js';
import type { JudgedPublication } from './approvals.service.js';
import type { Publication } from './publication.entity.js';
import { PUBLICATION_STATES } from './publication.rules.js';
import { PUBLICATION_SORTS } from './publications.repository.js';

const about = {
  id: uuid,
  agent_id: uuid,
  template: z.string().meta({ examples: ['street_art_campaign@1.0.0'] }),
  due_at: time,
  approvals_needed: z.int().meta({ description: 'How many people have to approve.', examples: [1] }),
};

export const PublicationDto = wire(
  'Publication',
  z
    .strictObject({
      synthetic,
      ...about,
      campaign_id: uuid,
      state: z.enum(PUBLICATION_STATES),
      expires_at: time.meta({ description: 'Later than this it is not published any more.' }),
      draft_id: uuid.nullable(),
      decision_id: uuid.nullable().meta({ description: 'What the guard said of the draft.' }),
      attempts: z.int().meta({ description: 'How often it was tried to publish it.', examples: [1] }),
      remote_id: z.string().nullable().meta({ description: 'What the platform calls it.' }),
      url: z.string().nullable(),
      reason: z
        .string()
        .nullable()
        .meta({ description: 'Why it is as it is, where that is not as planned.' }),
      escalated: z.boolean().meta({ description: 'It waits for approval, and its time is nearly over.' }),
      published_at: time.nullable(),
      links,
    })
    .describe('One draft going out through one adapter, exactly once.'),
);
export type PublicationDto = z.infer<typeof PublicationDto>;

export function publicationPath(id: string): string {
  return `/${API_PREFIX}/publications/${id}`;
}

export function publicationDto(publication: Publication): PublicationDto {
  const { id, campaign_id, agent_id, template, state, approvals_needed, draft_id, decision_id } = publication;
  const { attempts, remote_id, url, reason } = publication;
  return {
    synthetic: true,
    id,
    agent_id,
    template,
    due_at: publication.due_at.toISOString(),
    approvals_needed,
    campaign_id,
    state,
    expires_at: publication.expires_at.toISOString(),
    draft_id,
    decision_id,
    attempts,
    remote_id,
    url,
    reason,
    escalated: publication.escalated_at !== null,
    published_at: publication.published_at?.toISOString() ?? null,
    links: {
      self: publicationPath(id),
      campaign: campaignPath(campaign_id),
      ...(draft_id !== null && { draft: `/${API_PREFIX}/content/drafts/${draft_id}` }),
    },
  };
}

const said = z.strictObject({
  username: z.string().meta({ examples: ['ana'] }),
  verdict: z.enum(['approve', 'reject']),
  reason: z.string().nullable(),
  decided_at: time,
});

export const JudgedPublicationDto = wire(
  'JudgedPublication',
  PublicationDto.extend({ approvals: z.array(said) }).describe(
    'A publication, and what people said about it.',
  ),
);
export type JudgedPublicationDto = z.infer<typeof JudgedPublicationDto>;

export function judgedPublicationDto({ publication, approvals }: JudgedPublication): JudgedPublicationDto {
  return {
    ...publicationDto(publication),
    approvals: approvals.map(({ username, verdict, reason, decided_at }) => ({
      username,
      verdict,
      reason,
      decided_at: decided_at.toISOString(),
    })),
  };
}

export const PublicationListDto = page('PublicationList', 'publications', PublicationDto);
export type PublicationListDto = z.infer<typeof PublicationListDto>;

export const PublicationsQueryDto = pageQuery({
  campaign: CampaignParams.shape.campaign.optional(),
  agent: uuid.optional(),
  state: z.enum(PUBLICATION_STATES).optional(),
  ...timeRange('due'),
  sort: sortBy(PUBLICATION_SORTS, 'due_at'),
});
export type PublicationsQueryDto = z.infer<typeof PublicationsQueryDto>;

const reason = z
  .string()
  .trim()
  .min(1)
  .max(1_000)
  .meta({ examples: ['fits the neighbourhood'] });

export const ApproveDto = wire('ApprovePublication', z.strictObject({ reason: reason.optional() }));
export type ApproveDto = z.infer<typeof ApproveDto>;
export const RejectDto = wire('RejectPublication', z.strictObject({ reason }));
export type RejectDto = z.infer<typeof RejectDto>;
export const PublicationParams = IdParams;
export type PublicationParams = IdParams;

const PlannedPublicationDto = wire(
  'PlannedPublication',
  z
    .strictObject({ ...about, username: z.string().meta({ examples: ['luna.mercado7x'] }) })
    .describe('A publication that there is, or would be.'),
);

export const PlanDto = wire(
  'CampaignPlan',
  page('CampaignPlanPage', 'publications', PlannedPublicationDto).extend({
    total: z.int().meta({ description: 'Of the whole plan.', examples: [1000] }),
  }),
);
export type PlanDto = z.infer<typeof PlanDto>;
export const PlanQueryDto = pageQuery({
  sort: z.enum(PLAN_SORTS).default('agent').meta({
    description: '`agent`: agent by agent, each in the order of time; `due_at`: all in the order of time.',
  }),
});
export type PlanQueryDto = z.infer<typeof PlanQueryDto>;

export function planRowDto(row: PlanRow): z.infer<typeof PlannedPublicationDto> {
  const { id, agentId, template, dueAt, approvals, username } = row;
  return {
    id,
    agent_id: agentId,
    template,
    due_at: new Date(dueAt).toISOString(),
    approvals_needed: approvals,
    username,
  };
}
