import { RE2JS, RE2Set } from 're2js';
import type { Budget } from './budget.js';
import { checkedLength, type CheckName } from './checksums.js';
import type { ReportMatch } from './term-matcher.js';

/** Patterns meet folded texts, so case is only a matter of how they were written. */
const FLAGS = RE2JS.CASE_INSENSITIVE;

/** A pattern that finds more candidates than this in one text without its check holding makes its rule fail. */
const MAX_CANDIDATES = 1000;

/** The most instructions that a pattern may compile to: each is a step of work for each character of a text. */
export const MAX_PATTERN_SIZE = 1_000;

/** A repetition without end; and what is taken out of a pattern before it is looked for. */
const ENDLESS = /[*+]|\{\d+,\}/u;
const LITERALS = /\\.|\[[^\]]*\]/gu;

/** A class of characters beyond ASCII, as a name or as a range: RE2 goes through all of them to ignore their case. */
const WIDE_CLASS = /\\[pP]|-(?:\\x\{|[^\0-\x7f])/gu;

interface Pattern {
  rule: number;
  expression: RE2JS;
  size: number;
  /** Whether it can match a text of any length; else a match is at most as long as it has instructions. */
  endless: boolean;
  check: CheckName | undefined;
}

/** Compiles a pattern as the guard runs it. @throws when RE2 does not take it */
export function compilePattern(source: string): RE2JS {
  return RE2JS.compile(source, FLAGS);
}

/** How many classes of characters beyond ASCII a pattern is written with, some milliseconds each to compile. */
export function wideClasses(source: string): number {
  return source.match(WIDE_CLASS)?.length ?? 0;
}

function isEndless(source: string): boolean {
  return source.includes(String.raw`\Q`) || ENDLESS.test(source.replaceAll(LITERALS, ''));
}

/** All patterns as one automaton, which gives up where going on would take a step for each of its instructions. */
class PatternSet {
  private readonly set = new RE2Set(RE2Set.UNANCHORED, FLAGS);
  private compiled = false;

  add(source: string): void {
    this.set.add(source);
  }

  /**
   * The places of the patterns that occur in a text.
   * @throws when the states of the automaton do not fit into its memory: they are made anew for nearly every character
   */
  match(text: string, budget: Budget): readonly number[] {
    if (!this.compiled) this.compile();
    const { dfa, prog } = this.set;
    const before = dfa.stateCount;
    try {
      return this.set.match(text);
    } finally {
      // Fewer states than before: it was full, and began anew.
      const made = dfa.stateCount >= before ? dfa.stateCount - before : dfa.stateCount + before;
      budget.aside += made * prog.numInst();
    }
  }

  /** The engine would go on without the automaton, in a time that nothing bounds but the text and the patterns. */
  private compile(): void {
    this.set.compile();
    const { dfa } = this.set;
    const search = dfa.matchSet.bind(dfa);
    dfa.matchSet = (...given) => {
      const found = search(...given);
      if (found === null) throw new Error('the patterns have too many states together');
      return found;
    };
    this.compiled = true;
  }
}

/**
 * All RE2 patterns of all rules. One automaton over all of them reads a text once and says which patterns occur; only
 * those are then run by themselves for their spans. No pattern can take more than linear time.
 */
export class PatternMatcher {
  private readonly patterns: Pattern[] = [];
  private readonly set = new PatternSet();

  /** Adds a pattern of a rule; only before the first scan. */
  add(rule: number, source: string, check: CheckName | undefined): void {
    const expression = compilePattern(source);
    const size = expression.programSize();
    this.patterns.push({ rule, expression, size, endless: isEndless(source), check });
    this.set.add(source);
  }

  /**
   * Reports the matches of every pattern in a folded text, at most `limit` a pattern.
   * @param budget what all patterns together may do, in instructions times characters
   * @param fail called with the number of a rule whose pattern could not be run to its end
   */
  scan(
    text: string,
    limit: number,
    { report, fail, budget }: { report: ReportMatch; fail: (rule: number) => void; budget: Budget },
  ): void {
    if (this.patterns.length === 0) return;
    for (const place of this.occurring(text, budget)) {
      const pattern = this.patterns[place];
      if (pattern === undefined) continue;
      try {
        if (!findAll(pattern, text, { limit, report, budget })) fail(pattern.rule);
      } catch {
        fail(pattern.rule);
      }
    }
  }

  /** The places of the patterns to run; all of them when the common automaton gives up. */
  private occurring(text: string, budget: Budget): Iterable<number> {
    try {
      return this.set.match(text, budget);
    } catch {
      return this.patterns.keys();
    }
  }
}

interface Search {
  limit: number;
  report: ReportMatch;
  budget: Budget;
}

/** Returns false when there were too many candidates that did not pass the pattern's check, or no budget was left. */
function findAll(
  { rule, expression, size, endless, check }: Pattern,
  text: string,
  { limit, report, budget }: Search,
): boolean {
  const matcher = expression.matcher(text);
  let found = 0;
  let from = 0;
  for (let candidates = 0; found < limit && from <= text.length; candidates += 1) {
    const rest = text.length - from;
    if (budget.spent + size * rest > budget.limit) return false;
    const isThere = matcher.find(from);
    // To know the end of a match without bounds, all that is left of the text may have been read.
    const read = isThere && !endless ? Math.min(rest, matcher.start() - from + size) : rest;
    budget.spend(size * read);
    if (!isThere) return true;
    if (candidates === MAX_CANDIDATES) return false;
    const start = matcher.start();
    const end = matcher.end();
    const length = check === undefined ? end - start : checkedLength(check, text.slice(start, end));
    if (length > 0) {
      report(rule, start, start + length);
      found += 1;
    }
    // After a candidate that fails its check, a shorter one may begin inside it.
    from = length > 0 ? start + length : start + 1;
  }
  return true;
}
