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

/** A match, and its place in the order in which they were found. */
interface KeptMatch {
  readonly match: RuleMatch;
  readonly order: number;
}

/** By place; matches at the same place stay in the order in which they were found. */
const compareKept = (a: KeptMatch, b: KeptMatch): number =>
  a.match.start - b.match.start || a.match.end - b.match.end || a.order - b.order;

type Found = Pick<RuleMatch, 'title' | 'action' | 'start' | 'end'>;

/** Whether a match lies in another; the empty span of a rule that could not be run lies in none. */
const contains = (outer: Found, inner: Found): boolean =>
  inner.end > inner.start && outer.start <= inner.start && outer.end >= inner.end;

/** Matches, field after field: of a rule's matches within one another the widest. */
export class MatchList {
  /** The rules that matched. */
  readonly rules = new Set<RuleInfo>();
  private readonly matches: RuleMatch[] = [];
  /** What each rule found in the field that is read, and when. */
  private readonly here = new Map<RuleInfo, KeptMatch[]>();
  private hereCount = 0;
  private order = 0;

  keep({ field, text }: TextField, rule: RuleInfo, found: Found): void {
    const known = this.rules.has(rule);
    this.rules.add(rule);
    if (known && this.matches.length + this.hereCount >= MAX_MATCHES) return;
    const own = this.here.get(rule) ?? [];
    let inner = 0;
    for (const { match } of own) {
      if (contains(match, found)) return;
      if (contains(found, match)) inner += 1;
    }
    if (own.length - inner >= MAX_MATCHES_PER_RULE) return;
    const others = inner === 0 ? own : own.filter(({ match }) => !contains(found, match));
    const { label, labelExpiresIn } = rule;
    const match = {
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
    };
    this.order += 1;
    this.hereCount += 1 - inner;
    this.here.set(rule, [...others, { match, order: this.order }]);
  }

  /** The field has been read. */
  endField(): void {
    if (this.hereCount === 0) return;
    const found = [...this.here.values()].flat().toSorted(compareKept);
    this.matches.push(...found.map(({ match }) => match));
    this.here.clear();
    this.hereCount = 0;
  }

  /** By field, then place. */
  all(): RuleMatch[] {
    return [...this.matches];
  }
}
