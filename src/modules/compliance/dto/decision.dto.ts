import { z } from 'zod';
import {
  API_PREFIX,
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
import { OPINION_SOURCES } from '../guard/text-classifier.js';
import type { Opinion } from '../guard/seconded-classifier.js';
import { guardContext } from '../guard/guard-context.js';
import type { Decision } from '../decision.entity.js';
import { statementOfReasons } from '../decision.reasons.js';
import { labelExpiries } from '../decision.rules.js';
import { DECISION_SORTS } from '../decisions.repository.js';
import { ACTIONS } from '../guard/actions.js';

/** What may happen to a text. */
export const decisionAction = z.enum(ACTIONS);

/** The policies that were in force. */
export const policyVersions = z
  .array(
    z.strictObject({
      id: z.string().meta({ examples: ['pii'] }),
      version: z.string().meta({ examples: ['1.0.0'] }),
      sha256: z.string().meta({ description: 'SHA-256 of the policy’s file.' }),
    }),
  )
  .meta({ description: 'The policies that were in force.' });

export const RuleMatchDto = wire(
  'RuleMatch',
  z
    .strictObject({
      policy: z.string().meta({ examples: ['pii'] }),
      policy_version: z.string().meta({ examples: ['1.0.0'] }),
      rule: z.string().meta({ examples: ['email'] }),
      title: z.string().meta({ examples: ['E-mail address'] }),
      severity: z.enum(['low', 'medium', 'high', 'critical']),
      action: decisionAction,
      field: z.string().meta({ description: 'The field of the subject.', examples: ['caption'] }),
      start: z.int().meta({ description: 'Where the match begins, in UTF-16 units of the field’s text.' }),
      end: z.int().meta({ description: 'Where it ends, exclusive.' }),
      text: z.string().meta({ description: 'What is between.', examples: ['ana@example.com'] }),
      label: z
        .string()
        .optional()
        .meta({ description: 'What the rule labels the text with, where it does.' }),
      label_expires_in: z
        .int()
        .optional()
        .meta({ description: 'How long the label holds, in seconds; for ever where it is not there.' }),
    })
    .describe('A place where a rule matched.'),
);

/** What the rules in rehearsal matched. */
export const shadowMatches = z.array(RuleMatchDto).meta({
  description: 'Of rules that did not act: in shadow, or beyond their part of the subjects.',
  examples: [[]],
});

/** What the classifiers said. */
export const textScores = z
  .strictObject({
    model: z.string().meta({ description: 'The version of what scored.', examples: ['2026.11-9bc1c069'] }),
    heads: z.record(z.string(), z.number()).meta({
      description: 'Of each head the highest score of all texts, from 0 to 1.',
      examples: [{ hate: 0.0213, spam: 0.0047 }],
    }),
  })
  .nullable()
  .meta({ description: 'What the classifiers gave; null where no rule asked.' });

/** What classifiers elsewhere said. */
export const opinions = z
  .array(
    z.strictObject({
      source: z.enum(OPINION_SOURCES),
      model: z
        .string()
        .nullable()
        .meta({ description: 'What answered, with its version; null where nothing did.' }),
      problem: z
        .string()
        .nullable()
        .meta({
          description:
            'Why there is no answer, or none about some of the texts; the local scores stand in for it.',
          examples: ['egress_timeout'],
        }),
      heads: z
        .record(z.string(), z.number())
        .meta({ description: 'Of each head the highest score of all texts.', examples: [{ hate: 0.9 }] }),
    }),
  )
  .nullable()
  .meta({ description: 'What classifiers elsewhere said; null where none was asked.', examples: [null] });

export function opinionsDto(given: readonly Opinion[] | null): z.infer<typeof opinions> {
  if (given === null) return null;
  return given.map(({ source, model, problem, scores }) => {
    const heads: Record<string, number> = {};
    for (const [head, score] of scores.flatMap((each) => Object.entries(each)))
      heads[head] = Math.max(heads[head] ?? 0, score);
    return { source, model, problem, heads };
  });
}

export const DecisionDto = wire(
  'Decision',
  z
    .strictObject({
      synthetic,
      id: uuid,
      subject: z.strictObject({ type: z.string().meta({ examples: ['draft'] }), id: z.string() }),
      agent_id: uuid.nullable().meta({ description: 'The agent whose text it is, where it is one’s.' }),
      campaign_id: z
        .string()
        .nullable()
        .meta({ description: 'What its text was written for, where whoever asked said so.' }),
      action: decisionAction.meta({ description: 'The strictest action of the rules that matched.' }),
      checked: z.boolean().meta({ description: 'False when the guard was off.' }),
      compliance_score: z.number().meta({ description: 'From 0 to 1, where 1 is clean.', examples: [1] }),
      labels: z.array(z.string()),
      label_expiries: z
        .record(z.string(), time)
        .meta({ description: 'When labels end, of those that do.', examples: [{}] }),
      matches: z.array(RuleMatchDto),
      shadow_matches: shadowMatches,
      scores: textScores,
      opinions,
      context: guardContext
        .nullable()
        .meta({ description: 'What was known besides the texts; null where nothing was.', examples: [null] }),
      reasons: z.string().meta({
        description: 'Why, in words.',
        examples: [
          'The text may not go on. Rule pii/email of version 1.0.0 (E-mail address; high severity) asks for block: caption 9–24.',
        ],
      }),
      latency_us: z
        .int()
        .nullable()
        .meta({ description: 'Microseconds that the guard read; null where it was not measured.' }),
      text_hash: z.string().meta({ description: 'SHA-256 over the names and texts of the fields.' }),
      policies: policyVersions,
      decided_by: z.string().meta({ examples: ['worker'] }),
      decided_at: time,
      links,
    })
    .describe('What the compliance guard said about the texts of a subject, and why.'),
);
export type DecisionDto = z.infer<typeof DecisionDto>;

export function decisionDto(decision: Decision): DecisionDto {
  return {
    synthetic: true,
    id: decision.id,
    subject: { type: decision.subject_type, id: decision.subject_id },
    agent_id: decision.agent_id,
    campaign_id: decision.campaign_id,
    action: decision.action,
    checked: decision.checked,
    compliance_score: decision.compliance_score,
    labels: decision.labels,
    label_expiries: labelExpiries(decision),
    matches: decision.matches,
    shadow_matches: decision.shadow_matches,
    scores: decision.scores,
    opinions: opinionsDto(decision.opinions),
    context: decision.context,
    reasons: decision.reasons ?? statementOfReasons(decision, decision.checked),
    latency_us: decision.latency_us,
    text_hash: decision.text_hash,
    policies: decision.policies,
    decided_by: decision.decided_by,
    decided_at: decision.decided_at.toISOString(),
    links: { self: decisionPath(decision.id) },
  };
}

/** What decisions are about. */
export const SUBJECT_TYPES = ['draft', 'population', 'scenario'] as const;

/** A filter by a name. */
export const named = (example: string) =>
  z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ examples: [example] });

export const DecisionsQueryDto = pageQuery({
  subject_type: z.enum(SUBJECT_TYPES).optional(),
  subject_id: named('0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11'),
  agent_id: uuid.optional().meta({ description: 'The agent whose text was decided on.' }),
  campaign_id: named('spring').meta({ description: 'What the texts were written for.' }),
  action: decisionAction.optional(),
  label: named('political'),
  policy: named('pii').meta({ description: 'A policy of which a rule matched.' }),
  rule: named('email').meta({ description: 'A rule that matched; of the policy, where that is given.' }),
  ...timeRange('decided'),
  sort: sortBy(DECISION_SORTS, '-decided_at'),
});
export type DecisionsQueryDto = z.infer<typeof DecisionsQueryDto>;

export const DecisionListDto = page('DecisionList', 'decisions', DecisionDto);
export type DecisionListDto = z.infer<typeof DecisionListDto>;

/** The path of a decision. */
export function decisionPath(id: string): string {
  return `/${API_PREFIX}/decisions/${id}`;
}
