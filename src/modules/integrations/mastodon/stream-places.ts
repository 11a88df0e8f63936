import { networkOf } from '../../../core/http/index.js';
import { NetworkError } from '../integrations.errors.js';

/** Streams that one account may have open in one process, by whichever tokens; and one address, for whomever. */
const ACCOUNT_MAX = 16;
const ADDRESS_MAX = 64;

/** Counts the streams that are open. */
export class StreamPlaces {
  private readonly open = new Map<string, number>();

  /**
   * Takes a place of an account and of an address.
   * @returns gives it back, once
   * @throws NetworkError `too_many_streams` when either has as many as it may
   */
  take(account: string, address: string): () => void {
    const counted = [
      { key: `account ${account}`, most: ACCOUNT_MAX, what: 'account' },
      { key: `address ${networkOf(address)}`, most: ADDRESS_MAX, what: 'address' },
    ];
    for (const { key, most, what } of counted) {
      if ((this.open.get(key) ?? 0) < most) continue;
      throw new NetworkError('rate_limited', 'too_many_streams', `at most ${most} streams of one ${what}`);
    }
    for (const { key } of counted) this.open.set(key, (this.open.get(key) ?? 0) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      for (const { key } of counted) {
        const now = (this.open.get(key) ?? 1) - 1;
        if (now === 0) this.open.delete(key);
        else this.open.set(key, now);
      }
    };
  }
}
