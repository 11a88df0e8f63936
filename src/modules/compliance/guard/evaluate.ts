import {
  MAX_MATCHES_PER_RULE,
  type CompiledPolicies,
  type Findings,
  type RuleInfo,
} from './compiled-policies.js';

/** What may happen to a text, from the mildest to the strictest. */
export const ACTIONS = ['allow', 'label', 'review', 'block'] as const;
export type Action = (typeof ACTIONS)[number];

/** A text to decide on and the name of the field it stands in. */
export interface TextField {
  readonly field: string;
  readonly text: string;
}

/** A place where a rule matched. `start` and `end` are UTF-16 offsets into the field's text, `text` is what is between. */
export interface RuleMatch {
  policy: string;
  policy_version: string;
  rule: string;
  title: string;
  severity: RuleInfo['severity'];
  action: Exclude<Action, 'allow'>;
  field: string;
  start: number;
  end: number;
  text: string;
}

/** What the guard says about some texts together. */
export interface Evaluation {
  /** The strictest action of all rules that matched. */
  action: Action;
  /** From 0 to 1, where 1 is clean; see `complianceScore`. */
  compliance_score: number;
  /** The labels of the rules that matched, each once. */
  labels: string[];
  /** By field, then place; of matches of a rule within one another the widest. At most MAX_MATCHES_PER_RULE a rule and field, and MAX_MATCHES in all. */
  matches: RuleMatch[];
}

/** Beyond this many matches an evaluation only keeps the first of each further rule. */
export const MAX_MATCHES = 1000;

/** How much of the score one matched rule takes, by its severity. */
const SEVERITY_WEIGHTS = { low: 0.1, medium: 0.3, high: 0.6, critical: 0.9 } as const;

/**
 * The product of (1 − weight) over the rules that matched, each rule once however often it matched; weights are 0.1 for
 * low, 0.3 for medium, 0.6 for high and 0.9 for critical severity. Rounded to four decimals; 1 when nothing matched.
 */
function complianceScore(rules: Iterable<RuleInfo>): number {
  let score = 1;
  for (const rule of rules) score *= 1 - SEVERITY_WEIGHTS[rule.severity];
  return Math.round(score * 10_000) / 10_000;
}

/** By place; matches at the same place stay in the order of their rules. */
const compareMatches = (a: RuleMatch, b: RuleMatch): number => a.start - b.start || a.end - b.end;

type Span = Pick<RuleMatch, 'start' | 'end'>;

/** Whether a match lies in another; the empty span of a rule that could not be run lies in none. */
const contains = (outer: Span, inner: Span): boolean =>
  inner.end > inner.start && outer.start <= inner.start && outer.end >= inner.end;

/** Evaluates one text after the other and sums up; for texts that belong together but do not come all at once. */
export class TextEvaluator implements Findings {
  private readonly rules = new Set<RuleInfo>();
  private readonly matches: RuleMatch[] = [];
  private strictest: Action = 'allow';
  private field: TextField = { field: '', text: '' };
  private here: RuleMatch[] = [];

  constructor(private readonly policies: CompiledPolicies) {}

  /** Evaluates a text by every rule. Never throws. */
  read(field: TextField): void {
    this.field = field;
    this.policies.read(field.text, this);
    if (this.here.length === 0) return;
    this.matches.push(...this.here.toSorted(compareMatches));
    this.here = [];
  }

  /** The evaluation of all texts so far. */
  evaluation(): Evaluation {
    const labels = new Set<string>();
    for (const { label } of this.rules) if (label !== undefined) labels.add(label);
    return {
      action: this.strictest,
      compliance_score: complianceScore(this.rules),
      labels: [...labels].toSorted(),
      matches: [...this.matches],
    };
  }

  match(rule: RuleInfo, start: number, end: number): void {
    this.keep(rule, { title: rule.title, action: rule.action, start, end });
  }

  /** A rule that could not be run asks for a person. */
  fail(rule: RuleInfo): void {
    this.keep(rule, {
      title: `${rule.title} (the rule could not be run)`,
      action: 'review',
      start: 0,
      end: 0,
    });
  }

  private keep(rule: RuleInfo, found: Pick<RuleMatch, 'title' | 'action' | 'start' | 'end'>): void {
    if (ACTIONS.indexOf(found.action) > ACTIONS.indexOf(this.strictest)) this.strictest = found.action;
    const known = this.rules.has(rule);
    this.rules.add(rule);
    if (known && this.matches.length + this.here.length >= MAX_MATCHES) return;
    const own = this.here.filter((match) => match.rule === rule.rule && match.policy === rule.policy);
    if (own.some((match) => contains(match, found))) return;
    const inner = own.filter((match) => contains(found, match));
    if (own.length - inner.length >= MAX_MATCHES_PER_RULE) return;
    if (inner.length > 0) this.here = this.here.filter((match) => !inner.includes(match));
    this.here.push({
      policy: rule.policy,
      policy_version: rule.policyVersion,
      rule: rule.rule,
      title: found.title,
      severity: rule.severity,
      action: found.action,
      field: this.field.field,
      start: found.start,
      end: found.end,
      text: this.field.text.slice(found.start, found.end),
    });
  }
}

/**
 * Decides on texts that belong together, such as the fields of a draft: every rule is evaluated on every text, the
 * strictest action wins. The same texts and policies give the same evaluation. Never throws: a rule that cannot be run,
 * and a text longer than MAX_TEXT_LENGTH, count as review.
 */
export function evaluate(texts: readonly TextField[], policies: CompiledPolicies): Evaluation {
  const evaluator = new TextEvaluator(policies);
  for (const text of texts) evaluator.read(text);
  return evaluator.evaluation();
}

/** Whether a text with this action may go on: `allow` and `label` may, `review` waits for a person, `block` never. */
export function mayPass(action: Action): boolean {
  return action === 'allow' || action === 'label';
}
