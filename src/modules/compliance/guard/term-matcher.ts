import { Budget } from './budget.js';
import type { FoldedText } from './folding.js';
import { Frontier } from './frontier.js';
import { PhraseGraph, type PhraseNode, type Word } from './phrase-graph.js';
import { MAX_WORD_LETTERS, type Term } from './term-syntax.js';
import {
  APOSTROPHE,
  ELASTIC_RUN,
  HASH_START,
  hashStep,
  isWordUnit,
  kindOf,
  readsAs,
  skeletonOf,
  WordKind,
} from './words.js';

/** At most this many characters may stand between two words of a phrase. */
const MAX_GAP = 8;

/** A token of this many letters that is no word is tried as several words run together (`#killyourself`). */
const MIN_JOINED_LETTERS = 8;
const MAX_JOINED_LETTERS = 64;

/** A number with its unit (`900k`, `10am`, `53x`) is by itself no word in disguise; among others of a phrase it may be one. */
const QUANTITY =
  /^[0-9]{2,}(?:[kmghsdxpt]|am|pm|[km]m|cm|[kmg]b|[mk]g|m[lw]|kw|lb|ft|st|nd|rd|th|[mh]r|[kmg]?hz|px|oz)$/u;

/** A number of so many digits may be a word of a phrase: `1` for `I`, `411` for `all`, `3573` for `este`. */
const MAX_NUMBER_WORD = 4;

const ignore = (): void => undefined;

/** Called for each match with the rule's number and the span of folded units. */
export type ReportMatch = (rule: number, start: number, end: number) => void;

/**
 * Finds the phrases of all rules in one reading of a text, word by word: a word is found by the hash of its skeleton
 * (digits read as letters, repeats once), then compared, and leads on in the graph of phrases.
 */
export class TermMatcher {
  /** The rules with terms. */
  readonly rules = new Set<number>();
  private readonly graph = new PhraseGraph();
  // What is known while a text is read; kept between calls so that reading allocates nothing.
  private hash = 0;
  private disguised = false;
  private numeric = false;
  private readonly readings: Word[] = [];
  private reached = new Frontier();
  private going = new Frontier();
  private budget = new Budget(0);

  /** Adds a term of a rule. */
  add(rule: number, term: readonly Term[]): void {
    this.rules.add(rule);
    this.graph.add(rule, term);
  }

  /** Reports every phrase in a folded text, or those that were found before the budget was spent. */
  scan(text: FoldedText, report: ReportMatch, budget: Budget): void {
    const { units, length } = text;
    this.budget = budget;
    this.reached.clear();
    let lastEnd = 0;
    let start = 0;
    while (start < length && !budget.isSpent) {
      if (!isWordUnit(units[start] ?? 0)) {
        start += 1;
        continue;
      }
      const end = this.readToken(text, start);
      const found = this.findReadings(units, start, end);
      if (!found || start - lastEnd > MAX_GAP) this.reached.clear();
      if (found) this.advance(units, start, end, report);
      else if (end - start >= MIN_JOINED_LETTERS && end - start <= MAX_JOINED_LETTERS)
        this.split(units, start, end, report);
      lastEnd = end;
      start = end;
    }
  }

  /** Reads the token that begins at `start`: sets its hash and whether it may be a word in disguise; returns its end. */
  private readToken({ units, length }: FoldedText, start: number): number {
    let hash = HASH_START;
    let previous = -1;
    let previousSkeleton = -1;
    let run = 1;
    let kinds = 0;
    let altered = false;
    let at = start;
    for (; at < length; at += 1) {
      const unit = units[at] ?? 0;
      const kind = kindOf(unit);
      if (kind === WordKind.none) {
        if (unit !== APOSTROPHE || at + 1 >= length || !isWordUnit(units[at + 1] ?? 0)) break;
        altered = true;
        continue;
      }
      kinds |= kind;
      const skeleton = skeletonOf(unit);
      if (skeleton !== previousSkeleton) hash = hashStep(hash, skeleton);
      previousSkeleton = skeleton;
      run = unit === previous ? run + 1 : 1;
      previous = unit;
      if (run === ELASTIC_RUN) altered = true;
    }
    this.hash = hash;
    // Letters with digits among them, or repeated, may be a word in disguise, and so may a short number in a phrase.
    this.numeric = kinds === WordKind.digit;
    this.disguised = altered || kinds !== WordKind.letter;
    return at;
  }

  /** Finds the words that the token just read can be; false when there is none. */
  private findReadings(units: Uint16Array, start: number, end: number): boolean {
    const candidates = this.graph.candidates(this.hash);
    if (candidates === undefined) return false;
    this.readings.length = 0;
    if (this.numeric && end - start > MAX_NUMBER_WORD) this.disguised = false;
    if (this.disguised && QUANTITY.test(tokenLetters(units, start, end))) this.numeric = true;
    const steps = this.disguised ? end - start : 1;
    for (const word of candidates) {
      if (!this.budget.spend(steps)) return false;
      if (this.spells(units, start, end, word)) this.readings.push(word);
    }
    return this.readings.length > 0;
  }

  /** Leads the phrases that are reached, and new ones, on by the token at [start, end). */
  private advance(units: Uint16Array, start: number, end: number, report: ReportMatch): void {
    const { reached, going, budget } = this;
    going.clear();
    for (const word of this.readings) {
      for (let place = 0; place < reached.size; place += 1) {
        const targets = reached.nodes[place]?.next.get(word.id);
        if (!budget.spend(1 + (targets?.length ?? 0))) return;
        if (targets !== undefined) follow(targets, reached.starts[place] ?? start, end, going, report);
      }
      const targets = this.graph.root.next.get(word.id);
      if (!budget.spend(targets?.length ?? 0)) return;
      // By itself a number is only itself: 455 is no word, 1 h4te y0u is three.
      const alone = !this.numeric || isSpelled(units, start, end, word.letters);
      if (targets !== undefined) follow(targets, start, end, going, alone ? report : ignore);
    }
    this.reached = going;
    this.going = reached;
  }

  /** Reports the phrases that the whole token at [start, end) is when it is read as words without spaces. */
  private split(units: Uint16Array, start: number, end: number, report: ReportMatch): void {
    const { going: open, budget } = this;
    open.clear();
    // Here a frontier's starts are where the next word begins; it grows while it is gone through.
    open.add(this.graph.root, start);
    for (let place = 0; place < open.size && !budget.isSpent; place += 1) {
      const node = open.nodes[place] ?? this.graph.root;
      const from = open.starts[place] ?? start;
      this.forEachPrefix(units, from, end, (word, to) => {
        const targets = node.next.get(word.id) ?? [];
        if (!budget.spend(targets.length)) return;
        for (const target of targets) {
          if (to < end) open.add(target, to);
          else for (const rule of target.rules) report(rule, start, end);
        }
      });
    }
  }

  /** Calls `found` for every word that the token at [start, end) begins with. */
  private forEachPrefix(
    units: Uint16Array,
    start: number,
    end: number,
    found: (word: Word, to: number) => void,
  ): void {
    let hash = HASH_START;
    let previous = -1;
    for (let at = start; at < end; at += 1) {
      const skeleton = skeletonOf(units[at] ?? 0);
      if (skeleton !== previous) hash = hashStep(hash, skeleton);
      previous = skeleton;
      const candidates = this.graph.candidates(hash) ?? [];
      const steps = this.disguised ? at + 1 - start : 1;
      if (!this.budget.spend(1 + candidates.length * steps)) return;
      for (const word of candidates) {
        if (this.spells(units, start, at + 1, word)) found(word, at + 1);
      }
    }
  }

  private spells(units: Uint16Array, start: number, end: number, word: Word): boolean {
    if (!this.disguised) return isSpelled(units, start, end, word.letters);
    return readsAs(tokenLetters(units, start, end), word.letters);
  }
}

/** Goes on to some nodes: reports the phrases that are complete there, keeps those that go on. */
function follow(
  targets: readonly PhraseNode[],
  start: number,
  end: number,
  going: Frontier,
  report: ReportMatch,
): void {
  for (const target of targets) {
    for (const rule of target.rules) report(rule, start, end);
    if (target.next.size > 0) going.add(target, start);
  }
}

/** The letters of a token without apostrophes, each run cut to ELASTIC_RUN; cut off where no word is as long. */
function tokenLetters(units: Uint16Array, start: number, end: number): string {
  let letters = '';
  let run = 0;
  for (let at = start; at < end && letters.length <= MAX_WORD_LETTERS * ELASTIC_RUN; at += 1) {
    const unit = units[at] ?? 0;
    if (unit === APOSTROPHE) continue;
    const character = String.fromCharCode(unit);
    run = letters.endsWith(character) ? run + 1 : 1;
    if (run <= ELASTIC_RUN) letters += character;
  }
  return letters;
}

function isSpelled(units: Uint16Array, start: number, end: number, letters: string): boolean {
  if (end - start !== letters.length) return false;
  for (let at = start; at < end; at += 1) {
    if (units[at] !== letters.charCodeAt(at - start)) return false;
  }
  return true;
}
