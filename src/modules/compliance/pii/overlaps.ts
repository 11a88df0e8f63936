import type { PiiKind } from './pii-kinds.js';

/** A candidate in the folded text; half-open. */
export interface Found {
  kind: PiiKind;
  start: number;
  end: number;
  score: number;
}

const isBetter = (one: Found, other: Found): boolean =>
  one.score === other.score ? one.end - one.start > other.end - other.start : one.score > other.score;

/** Of candidates that overlap keeps the surest, of equally sure ones the longest; the result is in order. */
export function withoutOverlaps(candidates: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const candidate of candidates.toSorted((one, other) => one.start - other.start)) {
    let last = kept.at(-1);
    while (last !== undefined && last.end > candidate.start && isBetter(candidate, last)) {
      kept.pop();
      last = kept.at(-1);
    }
    if (last === undefined || last.end <= candidate.start) kept.push(candidate);
  }
  return kept;
}
