import { logistic, logit } from '../../../engine/math.js';
import { Features, FAMILIES, textShape, WINDOW_TOKENS } from './features.js';
import { COLUMNS, HARM_HEADS, HEADS, SPAN_COLUMN, type Head } from './heads.js';
import { detectLanguage, type Language } from './language.js';
import { Lexicon } from './lexicon.js';
import type { Model, ModelColumn } from './model-file.js';
import { SURFACE_UNITS, SurfaceFeatures } from './surface.js';
import { Tokeniser, TokenKind, type Token } from './tokens.js';
import { Vocabulary } from './vocabulary.js';
import { WeightSums } from './weight-sums.js';

/** A part of a text in UTF-16 units, half-open. */
export interface Span {
  start: number;
  end: number;
}

/** What a head says about a text. */
export interface ClassifierScore {
  head: Head;
  /** The calibrated probability, from 0 to 1. */
  score: number;
  threshold: number;
  spans: Span[];
  /** The version of the model, such as `2026.11-1a2b3c4d`. */
  model: string;
}

/** The log-odds of a score, those of near certainty cut to what can still be told apart. */
export const logOdds = (score: number): number => logit(Math.min(1 - 1e-6, Math.max(1e-6, score)));

const STRIDE = WINDOW_TOKENS - 20;
const SPAM = HEADS.indexOf('spam');
/** What a feature of each family counts for the word it comes from alone. */
export const SPAN_VALUES: readonly number[] = [0.2, 0.6, 0.35];
/** Heads whose words the span column knows; the others show what carries their own score. */
const WITH_SPAN_COLUMN = new Set<Head>(['hate', 'harassment', 'profanity']);
/** A word carries a score when it adds at least this part of what the strongest one adds. */
const CARRYING_PART = 0.35;

/** The shipped classifiers. They keep working memory between texts, so one instance serves one thread. */
export class Classifiers {
  readonly heads: readonly Head[] = HEADS;
  readonly version: string;
  /** Reads texts as the model does. */
  readonly tokeniser: Tokeniser;
  private readonly features = new Features();
  private readonly letters = new SurfaceFeatures();
  private readonly sums = new Int32Array(FAMILIES * COLUMNS);
  private readonly weights: Int8Array;
  private readonly weightSums: WeightSums;
  private readonly columns: readonly ModelColumn[];
  private readonly surfaceWeights: Int8Array;
  private readonly surface: Model['header']['surface'];
  private readonly any: Model['header']['any'];

  constructor(model: Model) {
    this.version = model.version;
    this.weights = model.weights;
    this.weightSums = new WeightSums(model.weights);
    this.columns = model.header.columns;
    this.surfaceWeights = model.surface;
    this.surface = model.header.surface;
    this.any = model.header.any;
    const vocabulary = new Vocabulary(model.frequent, new Lexicon(model.lexicon));
    this.tokeniser = new Tokeniser(vocabulary, model.emoji);
  }

  /** The probability of each head, in the order of `heads`, from 0 to 1; of a long text that of its strongest window. */
  scores(text: string): Float32Array {
    const tokens = this.tokeniser.read(text);
    const shape = textShape(text, tokens);
    const surface = this.surfaceLogOdds(shape);
    const scores = new Float32Array(HEADS.length);
    for (const window of windows(tokens)) {
      this.features.read(window, shape);
      this.add();
      for (let head = 0; head < HEADS.length; head += 1) {
        scores[head] = Math.max(scores[head] ?? 0, this.scoreOf(head, surface));
      }
    }
    return scores;
  }

  /** From this score on, a text counts as what the head is about. */
  threshold(head: Head): number {
    return this.columns[HEADS.indexOf(head)]?.threshold ?? 1;
  }

  /**
   * The probability that any of HARM_HEADS applies, each read for how rare it is and how often it is wrong among
   * ordinary texts; it ranks texts. Whether one is flagged is for the heads' own thresholds to say.
   * @param scores what `scores` returned
   */
  anyHarm(scores: Float32Array): number {
    return (
      1 -
      HARM_HEADS.reduce((none, head, at) => none * (1 - this.harmOf(at, scores[HEADS.indexOf(head)] ?? 0)), 1)
    );
  }

  private harmOf(harm: number, score: number): number {
    const { slope = 1, shift = 0 } = this.any[harm] ?? {};
    return logistic(slope * logOdds(score) + shift);
  }

  /** The score of one head with the parts of the text that carry it. */
  explained(text: string, head: Head): ClassifierScore {
    const score = this.scores(text)[HEADS.indexOf(head)] ?? 0;
    return {
      head,
      score,
      threshold: this.threshold(head),
      spans: this.explain(text, head),
      model: this.version,
    };
  }

  /** The parts of a text that carry its score of a head, in order and apart; none when nothing speaks for the head. */
  explain(text: string, head: Head): Span[] {
    const tokens = this.tokeniser.read(text);
    const marked = new Set<Token>();
    const mark = (strengthsOf: (window: readonly Token[]) => Float64Array): void => {
      for (const window of windows(tokens)) {
        this.features.read(window, []);
        const strengths = strengthsOf(window);
        window.forEach((token, at) => {
          if ((strengths[at] ?? 0) > 0 && token.kind !== TokenKind.mark) marked.add(token);
        });
      }
    };
    if (WITH_SPAN_COLUMN.has(head)) mark((window) => this.spanStrengths(window));
    // No single word that a reader would mark: then the words that the score rests on.
    if (marked.size === 0) mark((window) => this.carryingStrengths(window, head));
    return joined(
      text,
      tokens.filter((token) => marked.has(token)),
    );
  }

  /** Whether a text is English, Spanish, or neither that can be told. */
  language(text: string): Language {
    return detectLanguage(this.tokeniser.read(text));
  }

  private add(): void {
    for (let family = 0; family < FAMILIES; family += 1) {
      this.weightSums.write(this.features, family, this.sums, family * COLUMNS);
    }
  }

  private scoreOf(column: number, surface: number): number {
    const { bias, scale, slope, shift } = this.columns[column] as ModelColumn;
    let sum = 0;
    for (let family = 0; family < FAMILIES; family += 1) {
      sum += (this.features.values[family] ?? 0) * (this.sums[family * COLUMNS + column] ?? 0);
    }
    return logistic(slope * (bias + scale * sum) + shift + (column === SPAM ? surface : 0));
  }

  /** What the letters of the text that was read last add to the log-odds of spam; of a long text its strongest part. */
  private surfaceLogOdds(shape: readonly number[]): number {
    const { units, length } = this.tokeniser.folded;
    const { bias, scale, slope } = this.surface;
    let most = -Infinity;
    for (let from = 0; from === 0 || from < length; from += SURFACE_UNITS) {
      this.letters.read(units, from, Math.min(length, from + SURFACE_UNITS), shape);
      const { buckets, length: count } = this.letters;
      let sum = 0;
      for (let at = 0; at < count; at += 1) sum += this.surfaceWeights[buckets[at] as number] as number;
      most = Math.max(most, bias + (scale * sum) / Math.sqrt(Math.max(1, count)));
    }
    return slope * most;
  }

  /** Per token how much its features add to a column, each feature of a family counting `values`. */
  private contributions(window: readonly Token[], column: number, values: ArrayLike<number>): Float64Array {
    const { buckets, families, owners, length } = this.features;
    const added = new Float64Array(window.length);
    for (let at = 0; at < length; at += 1) {
      const owner = owners[at] ?? -1;
      if (owner < 0) continue;
      const weight = this.weights[(buckets[at] ?? 0) * COLUMNS + column] ?? 0;
      added[owner] = (added[owner] ?? 0) + weight * (values[families[at] ?? 0] ?? 0);
    }
    return added;
  }

  /** Per token the log-odds that a reader would mark it, above the column's threshold. */
  private spanStrengths(window: readonly Token[]): Float64Array {
    const { bias, scale, slope, shift } = this.columns[SPAN_COLUMN] as ModelColumn;
    const added = this.contributions(window, SPAN_COLUMN, SPAN_VALUES);
    return added.map((sum) => slope * (bias + scale * sum) + shift);
  }

  /** Per token what it adds to a head beyond CARRYING_PART of the strongest. */
  private carryingStrengths(window: readonly Token[], head: Head): Float64Array {
    const added = this.contributions(window, HEADS.indexOf(head), this.features.values);
    const strongest = added.reduce((most, each) => Math.max(most, each), 0);
    return strongest === 0 ? added.fill(0) : added.map((each) => each - CARRYING_PART * strongest);
  }
}

/** The tokens in windows that overlap; one window, empty or not, for a text that fits. */
function windows(tokens: readonly Token[]): (readonly Token[])[] {
  if (tokens.length <= WINDOW_TOKENS) return [tokens];
  const found: (readonly Token[])[] = [];
  for (let from = 0; from === 0 || from + WINDOW_TOKENS - STRIDE < tokens.length; from += STRIDE) {
    found.push(tokens.slice(from, from + WINDOW_TOKENS));
  }
  return found;
}

/** The spans of tokens, those with nothing but spaces between as one. */
function joined(text: string, tokens: readonly Token[]): Span[] {
  const spans: Span[] = [];
  for (const { start, end } of tokens) {
    const last = spans.at(-1);
    if (last !== undefined && text.slice(last.end, start).trim() === '') last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return spans;
}
