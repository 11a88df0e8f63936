import { z } from 'zod';
import {
  API_PREFIX,
  links,
  page,
  pageQuery,
  sortBy,
  synthetic,
  time,
  uuid,
  wire,
} from '../../../core/http/index.js';
import {
  decisionAction,
  DecisionDto,
  decisionDto,
  decisionPath,
  SUBJECT_TYPES,
} from '../dto/decision.dto.js';
import { OUTCOMES, REVIEW_STATUSES, SEVERITIES, VERDICTS } from './review.rules.js';
import { REVIEW_SORTS, type ListedReview } from './reviews.repository.js';
import type { ReviewCase } from './reviews.service.js';

const severity = z.enum(SEVERITIES).meta({
  description: 'The gravest of the rules that asked for it; it says how soon the review is due.',
});
const status = z.enum(REVIEW_STATUSES).meta({
  description:
    '`second_opinion`: it takes another person’s; `disputed`: two did not agree, and a third decides.',
});
const verdict = z.enum(VERDICTS).meta({
  description: '`uphold`: the text is blocked; `release`: it goes on; `label`: it goes on with these labels.',
});
const labels = z.array(
  z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/u, 'must be a word of small letters, such as satire'),
);
const reason = z
  .string()
  .trim()
  .min(3)
  .max(2_000)
  .regex(/^[^\0\p{Cs}]*$/u, 'must have neither NUL nor half a character')
  .meta({ examples: ['An invented address in a work of fiction.'] });
const person = z.string().meta({ examples: ['grace'] });

const reviewFields = {
  id: uuid.meta({ description: 'That of the decision.' }),
  subject: z.strictObject({ type: z.string().meta({ examples: ['draft'] }), id: z.string() }),
  agent_id: uuid.nullable(),
  decided: decisionAction.meta({ description: 'What the guard said.' }),
  severity,
  escalated: z.boolean().meta({
    description:
      'Whether only those who hold `reviews:decide_escalated` decide: the guard said so, or a reviewer.',
  }),
  status,
  round: z.int().meta({ description: 'From 1; an appeal begins another.', examples: [1] }),
  outcome: z
    .enum(Object.values(OUTCOMES))
    .nullable()
    .meta({ description: 'What people made of it; it holds while an appeal is looked at.' }),
  labels: z.array(z.string()).meta({ description: 'Those that reviewers gave.' }),
  claimed_by: person.nullable().meta({ description: 'Who works on it at this moment.' }),
  claimed_until: time.nullable(),
  due_at: time,
  overdue: z.boolean(),
  created_at: time,
  closed_at: time.nullable(),
};

const ReviewEntry = wire(
  'ReviewEntry',
  z.strictObject({ ...reviewFields, links }).describe('A decision that waits for people, or did.'),
);

export const ReviewDto = wire(
  'Review',
  z
    .strictObject({
      synthetic,
      ...reviewFields,
      decision: DecisionDto,
      texts: z
        .array(z.strictObject({ field: z.string(), text: z.string() }))
        .nullable()
        .meta({ description: 'What was decided on; null where it is gone.' }),
      opinions: z.array(
        z.strictObject({
          round: z.int(),
          stage: z.enum(REVIEW_STATUSES).exclude(['closed']),
          reviewer: person,
          verdict,
          labels: z.array(z.string()),
          reason: z.string(),
          created_at: time,
        }),
      ),
      appeals: z.array(
        z.strictObject({
          round: z.int().meta({ description: 'The round that it began.' }),
          appellant: person,
          against: decisionAction.meta({ description: 'What held until then.' }),
          reason: z.string(),
          created_at: time,
        }),
      ),
      escalation: z
        .strictObject({ round: z.int(), reviewer: person, reason: z.string(), created_at: time })
        .nullable()
        .meta({ description: 'Who handed it up, and why; null where nobody did.' }),
      earlier: z
        .array(
          z.strictObject({
            id: uuid,
            subject: z.strictObject({ type: z.string(), id: z.string() }),
            action: decisionAction.meta({ description: 'What the guard said.' }),
            outcome: decisionAction.meta({ description: 'What may happen to the text by now.' }),
            reviewed: z.boolean().meta({ description: 'Whether people said so.' }),
            rules: z.array(z.string().meta({ examples: ['pii/email'] })),
            decided_at: time,
            links,
          }),
        )
        .meta({ description: 'The ten newest decisions before it about the same subject or agent.' }),
      links,
    })
    .describe('A decision that waits for people, or did, with all that was said about it.'),
);
export type ReviewDto = z.infer<typeof ReviewDto>;

export const ReviewPage = page('ReviewPage', 'reviews', ReviewEntry);
export type ReviewPage = z.infer<typeof ReviewPage>;

export const ReviewsQuery = pageQuery({
  status: status.optional(),
  severity: severity.optional(),
  escalated: z.boolean().optional().meta({ description: 'Whether they are for those who have more say.' }),
  overdue: z.boolean().optional().meta({ description: 'Whether they should have been closed by now.' }),
  mine: z.boolean().optional().meta({ description: 'true: only those that you have claimed.' }),
  subject_type: z.enum(SUBJECT_TYPES).optional(),
  sort: sortBy(REVIEW_SORTS, 'due_at'),
});
export type ReviewsQuery = z.infer<typeof ReviewsQuery>;

export const ClaimBody = wire(
  'ReviewClaim',
  z.strictObject({ severity: severity.optional() }).describe('Which review to work on.'),
);
export type ClaimBody = z.infer<typeof ClaimBody>;

export const OpinionBody = wire(
  'ReviewOpinion',
  z
    .strictObject({
      verdict,
      labels: labels.max(10).default([]),
      reason,
      second_opinion: z
        .boolean()
        .default(false)
        .meta({ description: 'Whether another person is to be asked in any case.' }),
    })
    .describe('What a reviewer says.'),
);
export type OpinionBody = z.infer<typeof OpinionBody>;

export const EscalationBody = wire(
  'ReviewEscalation',
  z.strictObject({ reason }).describe('Why somebody with more say is to decide.'),
);
export type EscalationBody = z.infer<typeof EscalationBody>;

export const AppealBody = wire(
  'ReviewAppeal',
  z.strictObject({ reason }).describe('Why a decision is to be looked at again.'),
);
export type AppealBody = z.infer<typeof AppealBody>;

function fieldsOf(review: ListedReview) {
  const { id, claimant, claimed_until, closed_at } = review;
  return {
    id,
    subject: { type: review.subject_type, id: review.subject_id },
    agent_id: review.agent_id,
    decided: review.decided,
    severity: review.severity,
    escalated: review.escalated,
    status: review.status,
    round: review.round,
    outcome: review.outcome,
    labels: review.labels,
    claimed_by: claimant,
    claimed_until: claimant === null ? null : (claimed_until?.toISOString() ?? null),
    due_at: review.due_at.toISOString(),
    overdue: review.overdue,
    created_at: review.created_at.toISOString(),
    closed_at: closed_at?.toISOString() ?? null,
    links: { self: `/${API_PREFIX}/reviews/${id}`, decision: decisionPath(id) },
  };
}

export function reviewEntry(review: ListedReview): z.infer<typeof ReviewEntry> {
  return fieldsOf(review);
}

export function reviewDto(reviewCase: ReviewCase): ReviewDto {
  const { review, decision, texts, opinions, appeals, escalation, earlier } = reviewCase;
  return {
    synthetic: true,
    ...fieldsOf(review),
    decision: decisionDto(decision),
    texts: texts === null ? null : [...texts],
    opinions: opinions.map(({ round, stage, reviewer, verdict: said, ...rest }) => ({
      round,
      stage,
      reviewer,
      verdict: said,
      labels: rest.labels,
      reason: rest.reason,
      created_at: rest.created_at.toISOString(),
    })),
    appeals: appeals.map(({ round, appellant, against, reason: why, created_at }) => ({
      round,
      appellant,
      against,
      reason: why,
      created_at: created_at.toISOString(),
    })),
    escalation: escalation && {
      round: escalation.round,
      reviewer: escalation.reviewer,
      reason: escalation.reason,
      created_at: escalation.created_at.toISOString(),
    },
    earlier: earlier.map(({ id, subject_type, subject_id, decided_at, ...rest }) => ({
      id,
      subject: { type: subject_type, id: subject_id },
      ...rest,
      decided_at: decided_at.toISOString(),
      links: { self: decisionPath(id) },
    })),
  };
}
