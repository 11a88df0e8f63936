import { RE2JS, RE2Set } from 're2js';
import { checkedLength, type CheckName } from './checksums.js';
import type { ReportMatch } from './term-matcher.js';

/** Patterns meet folded texts, so case is only a matter of how they were written. */
const FLAGS = RE2JS.CASE_INSENSITIVE;

/** A pattern that finds more candidates than this in one text without its check holding makes its rule fail. */
const MAX_CANDIDATES = 1000;

/** The most instructions that a pattern may compile to: each is a step of work for each character of a text. */
export const MAX_PATTERN_SIZE = 1_000;

/**
 * What the patterns of one rule may do in one text, in instructions times characters, some 10 ns each at worst; beyond it
 * the rule fails. Counted rather than timed, so that a busy machine decides as an idle one does.
 */
export const PATTERN_BUDGET = 50_000_000;

interface Pattern {
  rule: number;
  expression: RE2JS;
  size: number;
  check: CheckName | undefined;
}

/** Compiles a pattern as the guard runs it. @throws when RE2 does not take it */
export function compilePattern(source: string): RE2JS {
  return RE2JS.compile(source, FLAGS);
}

/**
 * All RE2 patterns of all rules. One automaton over all of them reads a text once and says which patterns occur; only
 * those are then run by themselves for their spans. No pattern can take more than linear time.
 */
export class PatternMatcher {
  private readonly patterns: Pattern[] = [];
  private readonly set = new RE2Set(RE2Set.UNANCHORED, FLAGS);

  /** Adds a pattern of a rule; only before the first scan. */
  add(rule: number, source: string, check: CheckName | undefined): void {
    const expression = compilePattern(source);
    this.patterns.push({ rule, expression, size: expression.programSize(), check });
    this.set.add(source);
  }

  /**
   * Reports the matches of every pattern in a folded text, at most `limit` a pattern.
   * @param fail called with the number of a rule whose pattern could not be run to its end
   */
  scan(text: string, limit: number, report: ReportMatch, fail: (rule: number) => void): void {
    if (this.patterns.length === 0) return;
    const spent = new Map<number, number>();
    for (const place of this.occurring(text)) {
      const pattern = this.patterns[place];
      if (pattern === undefined) continue;
      try {
        if (!findAll(pattern, text, { limit, report, spent })) fail(pattern.rule);
      } catch {
        fail(pattern.rule);
      }
    }
  }

  /** The places of the patterns to run; all of them when the common automaton gives up. */
  private occurring(text: string): Iterable<number> {
    try {
      return this.set.match(text);
    } catch {
      return this.patterns.keys();
    }
  }
}

interface Search {
  limit: number;
  report: ReportMatch;
  /** What each rule has spent of its budget. */
  spent: Map<number, number>;
}

/** Returns false when there were too many candidates that did not pass the pattern's check, or no budget was left. */
function findAll(
  { rule, expression, size, check }: Pattern,
  text: string,
  { limit, report, spent }: Search,
): boolean {
  const matcher = expression.matcher(text);
  let found = 0;
  let from = 0;
  for (let candidates = 0; found < limit && from <= text.length && matcher.find(from); candidates += 1) {
    // What was read for this candidate is at most what was left of the text.
    const steps = (spent.get(rule) ?? 0) + size * (text.length - from);
    spent.set(rule, steps);
    if (candidates === MAX_CANDIDATES || steps > PATTERN_BUDGET) return false;
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
