import { Condition } from '../guard/condition.js';
import type { ConditionLanguage } from '../guard/condition-language.js';
import { foldCharacter } from '../guard/folding.js';
import { compilePattern, MAX_PATTERN_SIZE, wideClasses } from '../guard/pattern-matcher.js';
import { TermReader, type TermSets } from '../guard/term-syntax.js';

/** What the terms, sets, patterns and conditions of one policy may come to together. */
const MAX_POLICY_PARTS = 40_000;
const MAX_POLICY_PATTERN_SIZE = 3_000;
const MAX_POLICY_WIDE_CLASSES = 20;
const MAX_POLICY_CONDITION_STEPS = 50_000;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const tooMuch = (what: string, count: number, most: number): string =>
  `makes ${count} ${what} in this policy, at most ${most} are accepted`;

/**
 * What is wrong with the terms, patterns and conditions of one policy, each by itself and with those before it: after one
 * that is too much, no further one is compiled.
 */
export class PolicyLimits {
  private readonly terms: TermReader;
  private size = 0;
  private classes = 0;
  private steps = 0;

  constructor(
    sets: TermSets,
    private readonly language: ConditionLanguage,
  ) {
    this.terms = new TermReader(sets);
  }

  /** What is wrong with a term, or undefined. */
  termProblem(term: string): string | undefined {
    return this.partsProblem(() => this.terms.read(term));
  }

  /** What is wrong with an entry of a set, or undefined. */
  entryProblem(entry: string): string | undefined {
    return this.partsProblem(() => this.terms.readEntry(entry));
  }

  private partsProblem(read: () => unknown): string | undefined {
    try {
      if (this.terms.parts <= MAX_POLICY_PARTS) read();
    } catch (error) {
      return messageOf(error);
    }
    const { parts } = this.terms;
    if (parts <= MAX_POLICY_PARTS) return undefined;
    return tooMuch('words and alternatives of terms, sets written out,', parts, MAX_POLICY_PARTS);
  }

  /** What is wrong with a pattern, or undefined. */
  patternProblem(pattern: string): string | undefined {
    const unfoldable = Array.from(pattern).find(
      (character) => (character.codePointAt(0) ?? 0) > 0x7f && foldCharacter(character) !== character,
    );
    if (unfoldable !== undefined)
      return `"${unfoldable}" never occurs in a folded text; write "${foldCharacter(unfoldable)}"`;
    this.classes += wideClasses(pattern);
    if (this.classes > MAX_POLICY_WIDE_CLASSES)
      return tooMuch(
        'classes of characters beyond ASCII, such as \\pL,',
        this.classes,
        MAX_POLICY_WIDE_CLASSES,
      );
    try {
      return this.size > MAX_POLICY_PATTERN_SIZE ? this.sizeProblem() : this.compileProblem(pattern);
    } catch (error) {
      return messageOf(error);
    }
  }

  private compileProblem(pattern: string): string | undefined {
    const compiled = compilePattern(pattern);
    const size = compiled.programSize();
    this.size += size;
    if (size > MAX_PATTERN_SIZE)
      return `is too large: ${size} instructions, at most ${MAX_PATTERN_SIZE} are allowed`;
    if (compiled.test('')) return 'a pattern must not match the empty text';
    return this.sizeProblem();
  }

  private sizeProblem(): string | undefined {
    if (this.size <= MAX_POLICY_PATTERN_SIZE) return undefined;
    return tooMuch('instructions of patterns', this.size, MAX_POLICY_PATTERN_SIZE);
  }

  /** What is wrong with a condition, or undefined. */
  conditionProblem(condition: string): string | undefined {
    try {
      if (this.steps <= MAX_POLICY_CONDITION_STEPS)
        this.steps += Condition.compile(condition, this.language).steps;
    } catch (error) {
      return messageOf(error);
    }
    if (this.steps <= MAX_POLICY_CONDITION_STEPS) return undefined;
    return tooMuch('steps of conditions', this.steps, MAX_POLICY_CONDITION_STEPS);
  }
}
