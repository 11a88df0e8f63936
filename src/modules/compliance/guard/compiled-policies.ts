import type { Policy, PolicyRule, RULE_ACTIONS, SEVERITIES } from '../policy/policy.schema.js';
import { foldedString, sourceSpan, TextFolder, type FoldedText } from './folding.js';
import { PatternMatcher } from './pattern-matcher.js';
import { TermMatcher, type ReportMatch } from './term-matcher.js';
import { parseTerm } from './term-syntax.js';
import { spacedView, symbolView } from './views.js';

/** The longest text that is read, in UTF-16 units; of a longer one the rest is not read and the whole goes to review. */
export const MAX_TEXT_LENGTH = 20_000;

/** The most matches of one rule that are kept for one text. */
export const MAX_MATCHES_PER_RULE = 10;

/** A rule as an evaluation refers to it. */
export interface RuleInfo {
  readonly policy: string;
  readonly policyVersion: string;
  readonly rule: string;
  readonly title: string;
  readonly severity: (typeof SEVERITIES)[number];
  readonly action: (typeof RULE_ACTIONS)[number];
  readonly label: string | undefined;
}

/** What reading a text finds; spans are UTF-16 units of the text. */
export interface Findings {
  match(rule: RuleInfo, start: number, end: number): void;
  /** The rule could not be run on the text. */
  fail(rule: RuleInfo): void;
}

const ownRule = (rule: string, title: string): RuleInfo => ({
  policy: 'guard',
  policyVersion: '1.0.0',
  rule,
  title,
  severity: 'medium',
  action: 'review',
  label: undefined,
});

const TOO_LONG = ownRule('text-too-long', `Longer than ${MAX_TEXT_LENGTH} characters; the rest was not read`);
const NOT_READ = ownRule('text-not-read', 'The text could not be read');

/**
 * Policies in the form in which texts are read: the terms of all rules in one structure, their patterns in another. It
 * keeps working memory between texts, so one instance serves one thread.
 */
export class CompiledPolicies {
  private readonly rules: RuleInfo[] = [];
  private readonly folder = new TextFolder();
  private readonly terms = new TermMatcher();
  private readonly patterns = new PatternMatcher();

  constructor(policies: readonly Policy[]) {
    for (const policy of policies) {
      for (const rule of policy.rules) this.add(policy, rule);
    }
  }

  /** Reads a text by every rule. Never throws: what cannot be read or run is a finding. */
  read(text: string, findings: Findings): void {
    const readable = text.length > MAX_TEXT_LENGTH ? text.slice(0, MAX_TEXT_LENGTH) : text;
    if (readable.length < text.length) findings.match(TOO_LONG, MAX_TEXT_LENGTH, text.length);
    try {
      this.readFolded(this.folder.fold(readable), findings);
    } catch {
      findings.fail(NOT_READ);
    }
  }

  private add(policy: Policy, rule: PolicyRule): void {
    const number = this.rules.push({
      policy: policy.id,
      policyVersion: policy.version,
      rule: rule.id,
      title: rule.title,
      severity: rule.severity,
      action: rule.action,
      label: rule.label,
    });
    for (const term of rule.terms ?? []) this.terms.add(number - 1, parseTerm(term, policy.sets ?? {}));
    for (const pattern of rule.patterns ?? []) this.patterns.add(number - 1, pattern, rule.check);
  }

  private readFolded(folded: FoldedText, findings: Findings): void {
    for (const view of [folded, symbolView(folded), spacedView(folded)]) {
      if (view !== null) this.terms.scan(view, this.reporter(view, findings));
    }
    const fail = (rule: number): void => findings.fail(this.rules[rule] ?? NOT_READ);
    this.patterns.scan(foldedString(folded), MAX_MATCHES_PER_RULE, this.reporter(folded, findings), fail);
  }

  /** Leads a match in a folded text back to the source. */
  private reporter(view: FoldedText, findings: Findings): ReportMatch {
    return (rule, start, end) =>
      findings.match(this.rules[rule] ?? NOT_READ, ...sourceSpan(view, start, end));
  }
}

/** Compiles policies for `evaluate`; takes some milliseconds, so do it once. */
export function compilePolicies(policies: readonly Policy[]): CompiledPolicies {
  return new CompiledPolicies(policies);
}
