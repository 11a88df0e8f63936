import type { components } from '@azt3knet/client';

export type BacktestItem = components['schemas']['Backtest']['items'][number];
export type Verdict = BacktestItem['after'];

/** How well verdicts fit what was expected; null where it cannot be said. */
export interface Fit {
  labelled: number;
  flagged: number;
  /** Of what was flagged, the part that should be. */
  precision: number | null;
  /** Of what should be flagged, the part that was. */
  recall: number | null;
}

const ratio = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

/** How the verdicts of items fit what was expected of them. @param flags whether a verdict flags an item */
export function fitOf(
  items: readonly BacktestItem[],
  which: 'before' | 'after',
  flags: (verdict: Verdict) => boolean,
): Fit {
  const labelled = items.filter(({ expected }) => expected !== null);
  const flagged = labelled.filter((item) => flags(item[which]));
  const right = flagged.filter(({ expected }) => expected === true).length;
  const wanted = labelled.filter(({ expected }) => expected === true).length;
  return {
    labelled: labelled.length,
    flagged: flagged.length,
    precision: ratio(right, flagged.length),
    recall: ratio(right, wanted),
  };
}
