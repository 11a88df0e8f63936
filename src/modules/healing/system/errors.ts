import { isUnusual } from '../trends.js';
import type { Attempts } from './chart.js';

/** Attempts without which a rate of errors says nothing. */
const ATTEMPTS_MIN = 10;

/** What shows that too many attempts end in errors: as many as the threshold says, from 0 to 1, and more than is usual. */
export function errorEvidence(
  { attempts, errors }: Attempts,
  usualRates: readonly number[],
  threshold: number,
): { error_rate: number; attempts: number } | undefined {
  const rate = errors / attempts;
  if (attempts < ATTEMPTS_MIN || rate < threshold || !isUnusual(rate, usualRates)) return undefined;
  return { error_rate: Math.round(rate * 1_000) / 1_000, attempts };
}
