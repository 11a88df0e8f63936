import { log } from '../math.js';

/** Shannon's entropy of counts, in nats: 0 when one has all, ln k when k are equal. Source: Shannon (1948). */
export function entropy(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i += 1) total += counts[i] as number;
  return entropyOf(counts, total);
}

/** {@link entropy} where the sum is known. */
export function entropyOf(counts: ArrayLike<number>, total: number): number {
  if (total === 0) return 0;
  let weighted = 0;
  for (let i = 0; i < counts.length; i += 1) {
    const count = counts[i] as number;
    if (count > 0) weighted += count * log(count);
  }
  return Math.max(log(total) - weighted / total, 0);
}
