import type { Policy } from '../policy/policy.schema.js';
import { Budget } from './budget.js';
import type { Condition } from './condition.js';
import { contextSignals } from './condition-language.js';
import { FinderCompiler, type CompileOptions, type Finder } from './finders.js';
import { foldedString, sourceSpan, TextFolder, type FoldedText } from './folding.js';
import type { GuardContext } from './guard-context.js';
import { Hits, type Span } from './hits.js';
import { PatternMatcher } from './pattern-matcher.js';
import { ownRule, type Findings } from './rule-info.js';
import { TermMatcher, type ReportMatch } from './term-matcher.js';
import type { TextClassifier } from './text-classifier.js';
import { hidesText } from './hidden-text.js';
import { TextSignals } from './text-signals.js';
import { spacedView, symbolView } from './views.js';

/** The longest text that is read, in UTF-16 units; of a longer one the rest is not read and the whole goes to review. */
export const MAX_TEXT_LENGTH = 20_000;

/**
 * What the terms of all policies together may do in one text, and what their patterns may, in steps: some, and some more
 * for each folded character. Beyond it the rules that were not read to the end count as failed.
 */
const TERM_STEPS = { least: 1_000_000, perCharacter: 60 };
const PATTERN_STEPS = { least: 6_000_000, perCharacter: 1_500 };

/** The most matches of one rule that are kept for one text. */
export const MAX_MATCHES_PER_RULE = 10;

const TOO_LONG = ownRule('text-too-long', `Longer than ${MAX_TEXT_LENGTH} characters; the rest was not read`);
const HIDDEN = ownRule('text-hidden', 'Shows something else than it says: turned round, or not shown at all');
const NOT_READ = ownRule('text-not-read', 'The text could not be read');

/** What a step of a condition takes, in those of terms. */
const CONDITION_STEPS = 20;

const budgetFor = (length: number, { least, perCharacter }: typeof TERM_STEPS): Budget =>
  new Budget(least + perCharacter * Math.min(length, MAX_TEXT_LENGTH));

/** What conditions see of the context of a decision. */
export type ContextSignals = ReturnType<typeof contextSignals>;

const NO_CONTEXT = contextSignals({});

/**
 * Policies in the form in which texts are read: the terms of all rules in one structure, their patterns in another. It
 * keeps working memory between texts, so one instance serves one thread.
 */
export class CompiledPolicies {
  private readonly finders: readonly Finder[];
  /** The finders that are judged when the whole text was read. */
  private readonly judged: readonly Finder[];
  private readonly personal: readonly Finder[];
  private readonly folder = new TextFolder();
  private readonly terms = new TermMatcher();
  private readonly patterns = new PatternMatcher();
  private readonly hits = new Hits();
  /** What was done so far in all texts, in steps of some 10 to 50 ns. */
  steps = 0;
  /** The context that was read with last, and what conditions on nothing else are in it: asked once for all texts of a decision. */
  private context: ContextSignals | undefined;
  private readonly answers = new Map<Condition, boolean>();

  constructor(
    policies: readonly Policy[],
    private readonly options: CompileOptions = {},
  ) {
    const compiler = new FinderCompiler(
      { terms: this.terms, patterns: this.patterns, hits: this.hits },
      options,
    );
    for (const policy of policies) compiler.add(policy);
    this.finders = compiler.finders;
    this.judged = this.finders.filter(({ held, rule }) => held && rule !== undefined);
    this.personal = this.finders.filter(({ pii }) => pii !== undefined);
  }

  /** What conditions see of a context; made once for all texts of a decision. */
  static contextOf(given: GuardContext | undefined): ContextSignals {
    return given === undefined ? NO_CONTEXT : contextSignals(given);
  }

  /** What scores texts for the rules; undefined where nothing does. */
  get classifier(): TextClassifier | undefined {
    return this.options.classifier;
  }

  /**
   * Reads a text by every rule. Never throws: what cannot be read or run is a finding.
   * @param classifier what scores it, where that is another than the policies' own
   */
  read(
    text: string,
    findings: Findings,
    context: ContextSignals = NO_CONTEXT,
    classifier = this.options.classifier,
  ): void {
    const readable = text.length > MAX_TEXT_LENGTH ? text.slice(0, MAX_TEXT_LENGTH) : text;
    if (readable.length < text.length) findings.match(TOO_LONG, MAX_TEXT_LENGTH, text.length);
    if (hidesText(readable)) findings.match(HIDDEN, 0, readable.length);
    try {
      const folded = this.folder.fold(readable);
      if (folded.cut === true) findings.match(TOO_LONG, 0, readable.length);
      const plain = foldedString(folded);
      this.readFolded(folded, plain, findings);
      if (context !== this.context) this.answers.clear();
      this.context = context;
      const signals = new TextSignals(readable, plain, text.length, classifier, context);
      if (this.personal.length > 0) this.readPersonal(signals, findings);
      for (const finder of this.judged) this.judge(finder, signals, findings);
      const scores = signals.scored();
      if (scores !== undefined) findings.scored(scores);
    } catch {
      findings.fail(NOT_READ);
    } finally {
      this.hits.clear();
    }
  }

  private readFolded(folded: FoldedText, plain: string, findings: Findings): void {
    const fail = (finder: number): void => this.fail(finder, findings);
    const steps = budgetFor(folded.length, TERM_STEPS);
    this.terms.scan(folded, this.reporter(folded, findings), steps);
    const spaced = spacedView(folded, false);
    const spacedToo = spaced && [spaced, spacedView(folded, true), spacedView(folded, false, true)];
    for (const view of [symbolView(folded), ...(spacedToo ?? [])])
      if (view !== null) this.terms.scan(view, this.reporter(view, findings), steps);
    if (steps.isSpent) for (const rule of this.terms.rules) fail(rule);
    const budget = budgetFor(plain.length, PATTERN_STEPS);
    const report = this.reporter(folded, findings);
    this.patterns.scan(plain, MAX_MATCHES_PER_RULE, { report, fail, budget });
    this.steps += steps.spent + budget.spent + budget.aside;
  }

  private readPersonal(signals: TextSignals, findings: Findings): void {
    try {
      for (const { kind, score, start, end } of signals.personalData()) {
        for (const { number, pii } of this.personal) {
          if (pii !== undefined && pii.kinds.has(kind) && score >= pii.minScore)
            this.report(number, start, end, findings);
        }
      }
    } catch {
      for (const { number } of this.personal) this.fail(number, findings);
    }
  }

  /** Asks the condition of a finder that is done, if it has one. */
  private judge(finder: Finder, signals: TextSignals, findings: Findings): void {
    const { number, rule = NOT_READ, condition, looks } = finder;
    if (this.hits.hasFailed(number)) return findings.fail(rule);
    const found = this.hits.of(number);
    if (looks && found.length === 0) return;
    try {
      if (condition !== undefined) {
        signals.lexicon = finder.lexicon;
        if (!this.holds(condition, signals)) return;
      }
      for (const { start, end } of looks ? found : carriers(finder, signals))
        findings.match(rule, start, end);
    } catch {
      findings.fail(rule);
    }
  }

  private holds(condition: Condition, signals: TextSignals): boolean {
    this.steps += CONDITION_STEPS * condition.steps;
    if (condition.readsText) return condition.holds(signals);
    const known = this.answers.get(condition);
    if (known !== undefined) return known;
    const holds = condition.holds(signals);
    this.answers.set(condition, holds);
    return holds;
  }

  /** Leads a match in a folded text back to the source. */
  private reporter(view: FoldedText, findings: Findings): ReportMatch {
    return (finder, start, end) => this.report(finder, ...sourceSpan(view, start, end), findings);
  }

  private report(number: number, start: number, end: number, findings: Findings): void {
    const finder = this.finders[number];
    if (finder?.held === true) this.hits.add(number, start, end);
    else findings.match(finder?.rule ?? NOT_READ, start, end);
  }

  private fail(number: number, findings: Findings): void {
    const finder = this.finders[number];
    if (finder?.held === true) this.hits.fail(number);
    else findings.fail(finder?.rule ?? NOT_READ);
  }
}

/** What in the text made a condition hold: the parts that carry the scores it reads, else all of it. */
function carriers({ condition }: Finder, signals: TextSignals): readonly Span[] {
  const spans = (condition?.heads ?? []).flatMap((head) => signals.explain(head));
  return spans.length > 0 ? spans : [{ start: 0, end: signals.text.length }];
}

/** Compiles policies for `evaluate`; takes some milliseconds, so do it once. */
export function compilePolicies(policies: readonly Policy[], options?: CompileOptions): CompiledPolicies {
  return new CompiledPolicies(policies, options);
}
