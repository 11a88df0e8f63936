import type { PolicyRule, RuleStatus, SEVERITIES } from '../policy/policy.schema.js';
import type { Action } from './actions.js';

/** A rule as an evaluation refers to it. */
export interface RuleInfo {
  readonly policy: string;
  readonly policyVersion: string;
  readonly rule: string;
  readonly title: string;
  readonly severity: (typeof SEVERITIES)[number];
  readonly action: Action;
  readonly label: string | undefined;
  /** How long the label holds, in seconds; for ever where it is undefined. */
  readonly labelExpiresIn: number | undefined;
  /** The part of the subjects that it acts on, in percent: 100 when live, 0 in shadow. */
  readonly share: number;
}

/** What reading a text finds; spans are UTF-16 units of the text. */
export interface Findings {
  match(rule: RuleInfo, start: number, end: number): void;
  /** The rule could not be run on the text. */
  fail(rule: RuleInfo): void;
  /** The text was scored, in the order of the classifier's heads. */
  scored(scores: Float32Array): void;
}

const HOURS = { h: 1, d: 24 } as const;

/** The seconds of a duration such as `12h` or `30d`. */
export function secondsOf(duration: string): number {
  const unit = duration.endsWith('d') ? 'd' : 'h';
  return Number.parseInt(duration, 10) * HOURS[unit] * 3600;
}

/** What a rule is where it does not say: live. */
export function statusOf({ status = 'live' }: Pick<PolicyRule, 'status'>): RuleStatus {
  return status;
}

/** Whether a rule is run on the texts that are decided on. */
export function isRun(rule: Pick<PolicyRule, 'status'>): boolean {
  return statusOf(rule) !== 'draft' && statusOf(rule) !== 'retired';
}

function shareOf(rule: PolicyRule): number {
  if (statusOf(rule) === 'shadow') return 0;
  return statusOf(rule) === 'percentage' ? (rule.percent ?? 0) : 100;
}

export function ruleInfo(
  policy: { id: string; version: string },
  rule: PolicyRule,
  share?: number,
): RuleInfo {
  return {
    policy: policy.id,
    policyVersion: policy.version,
    rule: rule.id,
    title: rule.title,
    severity: rule.severity,
    action: rule.action,
    label: rule.label,
    labelExpiresIn: rule.expires_in === undefined ? undefined : secondsOf(rule.expires_in),
    share: share ?? shareOf(rule),
  };
}

/** A rule of the guard itself: what it says of texts that it cannot read. */
export function ownRule(rule: string, title: string): RuleInfo {
  const own = { policy: 'guard', policyVersion: '1.0.0', severity: 'medium', action: 'review' } as const;
  return { ...own, rule, title, label: undefined, labelExpiresIn: undefined, share: 100 };
}
