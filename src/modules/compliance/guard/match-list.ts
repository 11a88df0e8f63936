import type { Action } from './actions.js';
import { MAX_MATCHES_PER_RULE } from './compiled-policies.js';
import type { RuleInfo } from './rule-info.js';

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
  action: Action;
  field: string;
  start: number;
  end: number;
  text: string;
  /** What the rule labels the text with, where it does. */
  label?: string;
  /** How long the label holds, in seconds; for ever without it. */
  label_expires_in?: number;
}

/** Beyond this many matches only the first of each further rule is kept. */
export const MAX_MATCHES = 1000;

/** By place; matches at the same place stay in the order of their rules. */
const compareMatches = (a: RuleMatch, b: RuleMatch): number => a.start - b.start || a.end - b.end;

type Found = Pick<RuleMatch, 'title' | 'action' | 'start' | 'end'>;

/** Whether a match lies in another; the empty span of a rule that could not be run lies in none. */
const contains = (outer: Found, inner: Found): boolean =>
  inner.end > inner.start && outer.start <= inner.start && outer.end >= inner.end;

/** Matches, field after field: of a rule's matches within one another the widest. */
export class MatchList {
  /** The rules that matched. */
  readonly rules = new Set<RuleInfo>();
  private readonly matches: RuleMatch[] = [];
  private here: RuleMatch[] = [];

  keep({ field, text }: TextField, rule: RuleInfo, found: Found): void {
    const known = this.rules.has(rule);
    this.rules.add(rule);
    if (known && this.matches.length + this.here.length >= MAX_MATCHES) return;
    const own = this.here.filter((match) => match.rule === rule.rule && match.policy === rule.policy);
    if (own.some((match) => contains(match, found))) return;
    const inner = own.filter((match) => contains(found, match));
    if (own.length - inner.length >= MAX_MATCHES_PER_RULE) return;
    if (inner.length > 0) this.here = this.here.filter((match) => !inner.includes(match));
    const { label, labelExpiresIn } = rule;
    this.here.push({
      policy: rule.policy,
      policy_version: rule.policyVersion,
      rule: rule.rule,
      title: found.title,
      severity: rule.severity,
      action: found.action,
      field,
      start: found.start,
      end: found.end,
      text: text.slice(found.start, found.end),
      ...(label !== undefined && { label }),
      ...(labelExpiresIn !== undefined && { label_expires_in: labelExpiresIn }),
    });
  }

  /** The field has been read. */
  endField(): void {
    if (this.here.length === 0) return;
    this.matches.push(...this.here.toSorted(compareMatches));
    this.here = [];
  }

  /** By field, then place. */
  all(): RuleMatch[] {
    return [...this.matches];
  }
}
