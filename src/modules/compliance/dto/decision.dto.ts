import { z } from 'zod';
import { API_PREFIX, links, synthetic, time, uuid, wire } from '../../../core/http/index.js';
import type { Decision } from '../decision.entity.js';

/** What may happen to a text. */
export const decisionAction = z.enum(['allow', 'label', 'review', 'block']);

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
      action: z.enum(['label', 'review', 'block']),
      field: z.string().meta({ description: 'The field of the subject.', examples: ['caption'] }),
      start: z.int().meta({ description: 'Where the match begins, in UTF-16 units of the field’s text.' }),
      end: z.int().meta({ description: 'Where it ends, exclusive.' }),
      text: z.string().meta({ description: 'What is between.', examples: ['ana@example.com'] }),
    })
    .describe('A place where a rule matched.'),
);

export const DecisionDto = wire(
  'Decision',
  z
    .strictObject({
      synthetic,
      id: uuid,
      subject: z.strictObject({ type: z.string().meta({ examples: ['draft'] }), id: z.string() }),
      action: decisionAction.meta({ description: 'The strictest action of the rules that matched.' }),
      checked: z.boolean().meta({ description: 'False when the guard was off.' }),
      compliance_score: z.number().meta({ description: 'From 0 to 1, where 1 is clean.', examples: [1] }),
      labels: z.array(z.string()),
      matches: z.array(RuleMatchDto),
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
    action: decision.action,
    checked: decision.checked,
    compliance_score: decision.compliance_score,
    labels: decision.labels,
    matches: decision.matches,
    text_hash: decision.text_hash,
    policies: decision.policies,
    decided_by: decision.decided_by,
    decided_at: decision.decided_at.toISOString(),
    links: { self: decisionPath(decision.id) },
  };
}

/** The path of a decision. */
export function decisionPath(id: string): string {
  return `/${API_PREFIX}/decisions/${id}`;
}
