import { logistic, logit } from '../../src/engine/math.js';

/** A score and whether the text is what the score is about. */
export interface Scored {
  readonly score: number;
  readonly label: boolean;
}

export interface Confusion {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

export function confusion(items: readonly Scored[], threshold: number): Confusion {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const { score, label } of items) {
    if (score >= threshold) counts[label ? 'tp' : 'fp'] += 1;
    else counts[label ? 'fn' : 'tn'] += 1;
  }
  return counts;
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** The F1 of the positive class. */
export function f1({ tp, fp, fn }: Confusion): number {
  return ratio(2 * tp, 2 * tp + fp + fn);
}

/** The mean F1 of both classes. */
export function macroF1({ tp, fp, fn, tn }: Confusion): number {
  return (f1({ tp, fp, fn, tn }) + f1({ tp: tn, fp: fn, fn: fp, tn: tp })) / 2;
}

export const recall = ({ tp, fn }: Confusion): number => ratio(tp, tp + fn);
export const falsePositiveRate = ({ fp, tn }: Confusion): number => ratio(fp, fp + tn);

const byScore = (items: readonly Scored[]): Scored[] => items.toSorted((a, b) => b.score - a.score);

/** Runs of equal scores, the highest first: how many of each label. */
function steps(items: readonly Scored[]): [score: number, positive: number, negative: number][] {
  const found: [number, number, number][] = [];
  for (const { score, label } of byScore(items)) {
    let last = found.at(-1);
    if (last === undefined || last[0] !== score) found.push((last = [score, 0, 0]));
    last[label ? 1 : 2] += 1;
  }
  return found;
}

/** The area under the ROC curve: how often a positive scores above a negative, ties counting half. NaN without both. */
export function auc(items: readonly Scored[]): number {
  let positives = 0;
  let negatives = 0;
  let area = 0;
  for (const [, positive, negative] of steps(items)) {
    area += negative * (positives + positive / 2);
    positives += positive;
    negatives += negative;
  }
  return area / (positives * negatives);
}

/** The area under the precision-recall curve as average precision; NaN without positives. */
export function averagePrecision(items: readonly Scored[]): number {
  let seen = 0;
  let positives = 0;
  let sum = 0;
  for (const [, positive, negative] of steps(items)) {
    seen += positive + negative;
    positives += positive;
    sum += positive * ratio(positives, seen);
  }
  return sum / positives;
}

/** The lowest threshold at which at most `rate` of the negatives count as positive. */
export function thresholdAtFalsePositives(items: readonly Scored[], rate: number): number {
  const allowed = Math.floor(items.filter(({ label }) => !label).length * rate);
  let negatives = 0;
  let threshold = 1;
  for (const [score, , negative] of steps(items)) {
    negatives += negative;
    if (negatives > allowed) return threshold;
    threshold = score;
  }
  return threshold;
}

/** How often a text of either kind is told, each kind counting half whatever their numbers. */
export const balancedAccuracy = (counts: Confusion): number =>
  (recall(counts) + 1 - falsePositiveRate(counts)) / 2;

/** Measures this close to the largest are taken for as good. */
const AS_GOOD = 0.004;

/** The middle, in log-odds, of the thresholds that make a measure of scores in (0, 1) about as large as it can be. */
export function bestThreshold(items: readonly Scored[], measure: (counts: Confusion) => number): number {
  const total = confusion(items, -1);
  const counts = { tp: 0, fp: 0, fn: total.tp, tn: total.fp };
  const found: [threshold: number, value: number][] = [];
  for (const [score, positive, negative] of steps(items)) {
    counts.tp += positive;
    counts.fp += negative;
    counts.fn -= positive;
    counts.tn -= negative;
    found.push([score, measure(counts)]);
  }
  const best = found.reduce((most, [, value]) => Math.max(most, value), 0);
  const good = found.filter(([, value]) => value >= best - AS_GOOD).map(([threshold]) => threshold);
  const [highest, lowest] = [good[0] ?? 0.5, good.at(-1) ?? 0.5];
  return logistic((logit(clamped(highest)) + logit(clamped(lowest))) / 2);
}

const clamped = (score: number): number => Math.min(1 - 1e-6, Math.max(1e-6, score));

/** The F1 of two sets of characters; 1 when both are empty, 0 when one is. */
export function characterF1(found: ReadonlySet<number>, marked: ReadonlySet<number>): number {
  if (found.size === 0 || marked.size === 0) return found.size === marked.size ? 1 : 0;
  let common = 0;
  for (const place of found) if (marked.has(place)) common += 1;
  return (2 * common) / (found.size + marked.size);
}
