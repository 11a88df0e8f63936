import type { Policy, PolicyRule } from '../policy/policy.schema.js';
import type { PiiKind } from '../pii/index.js';
import { Condition } from './condition.js';
import { ConditionLanguage, lexiconName } from './condition-language.js';
import type { Hits } from './hits.js';
import type { PatternMatcher } from './pattern-matcher.js';
import { isRun, ruleInfo, statusOf, type RuleInfo } from './rule-info.js';
import type { TermMatcher } from './term-matcher.js';
import { TermReader } from './term-syntax.js';
import type { TextClassifier } from './text-classifier.js';

/** Which personal data a rule looks for. */
interface WantedPii {
  readonly kinds: ReadonlySet<PiiKind>;
  readonly minScore: number;
}

/** Something that is looked for in texts: for a rule, or for the conditions that count it. */
export interface Finder {
  /** Its place among all finders. */
  readonly number: number;
  /** The rule that matches where it finds something; undefined where conditions alone count it. */
  readonly rule: RuleInfo | undefined;
  /** Whether it has terms, patterns or personal data to look for; else its condition decides alone. */
  readonly looks: boolean;
  readonly pii: WantedPii | undefined;
  readonly condition: Condition | undefined;
  /** The lexicon that its condition reads. */
  readonly lexicon: object;
  /** Whether what it finds is kept until the whole text was read, rather than told at once. */
  readonly held: boolean;
}

/** What texts are read by. */
export interface Matchers {
  readonly terms: TermMatcher;
  readonly patterns: PatternMatcher;
  readonly hits: Hits;
}

export interface CompileOptions {
  /** What scores texts; without it a rule that asks for a score cannot be run. */
  readonly classifier?: TextClassifier | undefined;
  /** Runs every rule as if it were live, whatever its status: for its examples. */
  readonly rehearse?: boolean;
}

/** The names that the conditions of a policy have for its rules and sets. */
export function lexiconOf({ rules, sets = {} }: Pick<Policy, 'rules' | 'sets'>): string[] {
  const looking = rules.filter((rule) => looks(rule)).map(({ id }) => id);
  return [...new Set([...looking, ...Object.keys(sets)].map((name) => lexiconName(name)))];
}

/** Whether a rule has something to look for, besides its condition. */
function looks({ terms, patterns, pii }: PolicyRule): boolean {
  return terms !== undefined || patterns !== undefined || pii !== undefined;
}

/** Turns policies into finders, and gives the matchers their terms and patterns. */
export class FinderCompiler {
  readonly finders: Finder[] = [];

  constructor(
    private readonly matchers: Matchers,
    private readonly options: CompileOptions,
  ) {}

  /** @throws ConditionError, and what terms and patterns throw: for a policy that its schema has not seen */
  add(policy: Policy): void {
    const language = new ConditionLanguage(lexiconOf(policy));
    const conditions = new Map<PolicyRule, Condition>();
    for (const rule of policy.rules) {
      if (rule.condition !== undefined && this.mayRun(rule))
        conditions.set(rule, Condition.compile(rule.condition, language));
    }
    const run = new Set(
      policy.rules.filter((rule) => this.mayRun(rule) && this.canRun(rule, conditions.get(rule))),
    );
    const counted = new Set([...run].flatMap((rule) => conditions.get(rule)?.lexicon ?? []));
    const numbers = new Map<string, number>();
    const reader = new TermReader(policy.sets ?? {});
    const lexicon = new language.Lexicon((name) => BigInt(this.matchers.hits.count(numbers.get(name) ?? -1)));
    for (const rule of policy.rules) {
      const name = lexiconName(rule.id);
      if (!run.has(rule) && !counted.has(name)) continue;
      const finder = this.ruleFinder(policy, rule, reader, { lexicon, condition: conditions.get(rule) });
      const held = finder.condition !== undefined || counted.has(name);
      this.finders.push({ ...finder, held, rule: run.has(rule) ? finder.rule : undefined });
      numbers.set(name, finder.number);
    }
    for (const [set, entries] of Object.entries(policy.sets ?? {})) {
      const name = lexiconName(set);
      if (counted.has(name) && !numbers.has(name)) numbers.set(name, this.addSet(entries, reader, lexicon));
    }
  }

  private mayRun(rule: PolicyRule): boolean {
    return this.options.rehearse === true || isRun(rule);
  }

  /** A rule in shadow that nothing can score waits until something can; a live one fails, and so asks for a person. */
  private canRun(rule: PolicyRule, condition: Condition | undefined): boolean {
    if (statusOf(rule) !== 'shadow' || condition === undefined) return true;
    const known = this.options.classifier?.heads ?? [];
    return condition.heads.every((head) => known.includes(head));
  }

  private ruleFinder(
    policy: Policy,
    rule: PolicyRule,
    reader: TermReader,
    judged: Pick<Finder, 'lexicon' | 'condition'>,
  ): Omit<Finder, 'held'> {
    const number = this.finders.length;
    const { terms, patterns } = this.matchers;
    for (const term of rule.terms ?? []) terms.add(number, reader.read(term));
    for (const pattern of rule.patterns ?? []) patterns.add(number, pattern, rule.check);
    const info = ruleInfo(policy, rule, this.options.rehearse === true ? 100 : undefined);
    return { number, rule: info, looks: looks(rule), pii: wantedPii(rule), ...judged };
  }

  private addSet(entries: readonly string[], reader: TermReader, lexicon: object): number {
    const number = this.finders.length;
    for (const entry of entries) this.matchers.terms.add(number, reader.readEntry(entry));
    const nothing = { rule: undefined, pii: undefined, condition: undefined };
    this.finders.push({ ...nothing, number, looks: true, lexicon, held: true });
    return number;
  }
}

function wantedPii({ pii }: PolicyRule): WantedPii | undefined {
  return pii && { kinds: new Set(pii.kinds), minScore: pii.min_score ?? 0 };
}
