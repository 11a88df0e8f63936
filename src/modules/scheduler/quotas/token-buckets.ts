/**
 * A bucket of tokens, told as the generic cell rate algorithm does: a bucket that is full has `burst`, and one comes back in
 * every interval. The time at which it is full again is all that is stored.
 */
export interface Bucket {
  key: string;
  burst: number;
  /** Milliseconds; 0: no quota, and a gate that can be held shut. */
  intervalMs: number;
}

/** What a store says of an act: how long it has to wait, if at all, and its own time, in milliseconds. */
export function grantOf(waitMs: number, at: number): Grant {
  return waitMs > 0 ? { granted: false, waitMs: Math.ceil(waitMs) } : { granted: true, at };
}

/** Whether tokens were given. `at` is the time of the store, to give them back by. */
export type Grant = { granted: true; at: number } | { granted: false; waitMs: number };

/**
 * Where processes count together what they publish. A token is taken of all buckets or of none. Times are the store’s alone.
 */
export abstract class TokenBuckets {
  /** Takes a token of each. @returns otherwise when the last of them has one, as things are */
  async reserve(buckets: readonly Bucket[]): Promise<Grant> {
    const [grant] = await this.reserveEach([buckets]);
    return grant as Grant;
  }

  /** The same for several acts, one after the other: what came of each. */
  abstract reserveEach(acts: readonly (readonly Bucket[])[]): Promise<Grant[]>;
  /**
   * Gives back what was reserved and not used: as much of it as has not come back since, so that no window ever has more than
   * its quota.
   */
  abstract giveBack(buckets: readonly Bucket[], at: number): Promise<void>;
  /** Lets nobody take of some buckets for a while. */
  abstract hold(buckets: readonly Bucket[], ms: number): Promise<void>;
}

/**
 * The bucket that keeps to a quota: in any window, wherever it begins, at most `limit` tokens are taken. A tenth of them may be
 * taken at once.
 */
export function bucketFor(key: string, limit: number, windowSeconds: number): Bucket {
  const burst = Math.max(1, Math.ceil(limit / 10));
  return { key, burst, intervalMs: Math.ceil((windowSeconds * 1_000) / (limit - burst + 1)) };
}
