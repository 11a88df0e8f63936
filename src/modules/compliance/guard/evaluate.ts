import { isStricter, type Action } from './actions.js';
import { CompiledPolicies, type ContextSignals } from './compiled-policies.js';
import type { GuardContext } from './guard-context.js';
import { MatchList, type RuleMatch, type TextField } from './match-list.js';
import type { Findings, RuleInfo } from './rule-info.js';
import type { TextClassifier } from './text-classifier.js';
import { SecondedClassifier, type Opinion } from './seconded-classifier.js';
import { isInShare } from './share.js';

export { ACTIONS, mayPass, type Action } from './actions.js';
export { MAX_MATCHES, type RuleMatch, type TextField } from './match-list.js';

/** What the guard says about some texts together. */
export interface Evaluation {
  /** The strictest action of all rules that matched and act. */
  action: Action;
  /** From 0 to 1, where 1 is clean; see `complianceScore`. */
  compliance_score: number;
  /** The labels of the rules that matched, each once. */
  labels: string[];
  /** By field, then place; of matches of a rule within one another the widest. At most MAX_MATCHES_PER_RULE a rule and field, and MAX_MATCHES in all. */
  matches: RuleMatch[];
  /** Of rules that did not act: in shadow, beyond their share of the subjects, or on what people have let go. */
  shadow_matches: RuleMatch[];
  /** Null where no rule asked for a score. */
  scores: TextScores | null;
}

/** What a classifier says of the texts of a decision. */
export interface TextScores {
  /** The version of what scored. */
  model: string;
  /** Of each head the highest score of all texts, from 0 to 1 and rounded to four decimals. */
  heads: Record<string, number>;
}

/** What a decision is made with, besides the texts. */
export interface Circumstances {
  /** What the texts belong to: rules that act on a part of the subjects choose by it, and act where it is not known. */
  readonly subject?: string | undefined;
  readonly context?: GuardContext | undefined;
  /** What classifiers elsewhere said of the texts. */
  readonly opinions?: readonly Opinion[] | undefined;
  /** Says of a match whether people have let it go: it is told among those that did not act. */
  readonly letGo?: ((match: LetGoMatch) => boolean) | undefined;
}

/** What a rule found, in its words. */
export type LetGoMatch = Pick<RuleMatch, 'policy' | 'rule' | 'text'>;

/** How much of the score one matched rule takes, by its severity. */
const SEVERITY_WEIGHTS = { low: 0.1, medium: 0.3, high: 0.6, critical: 0.9 } as const;

/**
 * The product of (1 − weight) over the rules that matched, each rule once however often it matched; weights are 0.1 for
 * low, 0.3 for medium, 0.6 for high and 0.9 for critical severity. A rule that allows takes nothing. Rounded to four
 * decimals; 1 when nothing matched.
 */
function complianceScore(rules: Iterable<RuleInfo>, failed: ReadonlySet<RuleInfo>): number {
  let score = 1;
  for (const rule of rules) {
    if (rule.action !== 'allow' || failed.has(rule)) score *= 1 - SEVERITY_WEIGHTS[rule.severity];
  }
  return Math.round(score * 10_000) / 10_000;
}

/** Evaluates one text after the other and sums up; for texts that belong together but do not come all at once. */
export class TextEvaluator implements Findings {
  private readonly acting = new MatchList();
  private readonly shadow = new MatchList();
  private readonly failed = new Set<RuleInfo>();
  private readonly context: ContextSignals;
  private strictest: Action = 'allow';
  private highest: Float32Array | undefined;
  private classifier: TextClassifier | undefined;
  private place = 0;
  private field: TextField = { field: '', text: '' };

  constructor(
    private readonly policies: CompiledPolicies,
    private readonly circumstances: Circumstances = {},
  ) {
    this.context = CompiledPolicies.contextOf(circumstances.context);
    this.classifier = policies.classifier;
  }

  /** Evaluates a text by every rule. Never throws. */
  read(field: TextField): void {
    this.field = field;
    const { opinions } = this.circumstances;
    const own = this.policies.classifier;
    if (opinions !== undefined && own !== undefined)
      this.classifier = new SecondedClassifier(own, opinions, this.place);
    this.place += 1;
    this.policies.read(field.text, this, this.context, this.classifier);
    this.acting.endField();
    this.shadow.endField();
  }

  /** The evaluation of all texts so far. */
  evaluation(): Evaluation {
    const labels = new Set<string>();
    for (const { label } of this.acting.rules) if (label !== undefined) labels.add(label);
    return {
      action: this.strictest,
      compliance_score: complianceScore(this.acting.rules, this.failed),
      labels: [...labels].toSorted(),
      matches: this.acting.all(),
      shadow_matches: this.shadow.all(),
      scores: this.scores(),
    };
  }

  match(rule: RuleInfo, start: number, end: number): void {
    this.keep(rule, { title: rule.title, action: rule.action, start, end });
  }

  /** A rule that could not be run asks for a person. */
  fail(rule: RuleInfo): void {
    this.failed.add(rule);
    const title = `${rule.title} (the rule could not be run)`;
    this.keep(rule, { title, action: 'review', start: 0, end: 0 });
  }

  scored(scores: Float32Array): void {
    this.highest = this.highest?.map((score, place) => Math.max(score, scores[place] ?? 0)) ?? scores.slice();
  }

  private scores(): TextScores | null {
    const { classifier } = this;
    if (classifier === undefined || this.highest === undefined) return null;
    const rounded = [...this.highest].map((score) => Math.round(score * 10_000) / 10_000);
    const heads = classifier.heads.map((head, place) => [head, rounded[place] ?? 0] as const);
    return { model: classifier.version, heads: Object.fromEntries(heads) };
  }

  private keep(rule: RuleInfo, found: Pick<RuleMatch, 'title' | 'action' | 'start' | 'end'>): void {
    if (!isInShare(rule, this.circumstances.subject) || this.isLetGo(rule, found))
      return this.shadow.keep(this.field, rule, found);
    if (isStricter(found.action, this.strictest)) this.strictest = found.action;
    this.acting.keep(this.field, rule, found);
  }

  private isLetGo({ policy, rule }: RuleInfo, { start, end }: Pick<RuleMatch, 'start' | 'end'>): boolean {
    const { letGo } = this.circumstances;
    return letGo !== undefined && letGo({ policy, rule, text: this.field.text.slice(start, end) });
  }
}

/**
 * Decides on texts that belong together, such as the fields of a draft: every rule is evaluated on every text, the
 * strictest action wins. The same texts, circumstances and policies give the same evaluation. Never throws: a rule that
 * cannot be run, and a text longer than MAX_TEXT_LENGTH, count as review.
 */
export function evaluate(
  texts: readonly TextField[],
  policies: CompiledPolicies,
  circumstances?: Circumstances,
): Evaluation {
  const evaluator = new TextEvaluator(policies, circumstances);
  for (const text of texts) evaluator.read(text);
  return evaluator.evaluation();
}
