import { API_PREFIX } from '../../../core/http/index.js';
import type { Decision } from '../decision.entity.js';

/** A place where a rule matched. */
export class RuleMatchDto {
  /** @example pii */
  policy!: string;

  /** @example 1.0.0 */
  policy_version!: string;

  /** @example email */
  rule!: string;

  /** @example E-mail address */
  title!: string;

  severity!: 'low' | 'medium' | 'high' | 'critical';

  action!: 'label' | 'review' | 'block';

  /** The field of the subject. @example caption */
  field!: string;

  /** Where the match begins, in UTF-16 units of the field's text. */
  start!: number;

  /** Where it ends, exclusive. */
  end!: number;

  /** What is between. @example ana@example.com */
  text!: string;
}

/** A policy that was in force. */
export class PolicyVersionDto {
  /** @example pii */
  id!: string;

  /** @example 1.0.0 */
  version!: string;

  /** SHA-256 of the policy's file. */
  sha256!: string;
}

/** What a decision is about. */
export class DecisionSubjectDto {
  /** @example draft */
  type!: string;

  /** @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11 */
  id!: string;
}

/** What the compliance guard said about the texts of a subject, and why. */
export class DecisionDto {
  synthetic!: true;

  /** @example 5b8f2c1e-7f0d-4b62-8a3e-1f6a0f9f7c55 */
  id!: string;

  subject!: DecisionSubjectDto;

  /** What may happen to the texts: the strictest action of the rules that matched. */
  action!: 'allow' | 'label' | 'review' | 'block';

  /** False when the guard was off. */
  checked!: boolean;

  /** From 0 to 1, where 1 is clean. @example 1 */
  compliance_score!: number;

  labels!: string[];

  matches!: RuleMatchDto[];

  /** SHA-256 over the names and texts of the fields. */
  text_hash!: string;

  policies!: PolicyVersionDto[];

  /** @example worker */
  decided_by!: string;

  decided_at!: string;

  links!: Record<string, string>;

  static of(decision: Decision): DecisionDto {
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
}

/** The path of a decision. */
export function decisionPath(id: string): string {
  return `/${API_PREFIX}/decisions/${id}`;
}
