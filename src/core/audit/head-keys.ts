import type { AuditHead } from './audit-head.entity.js';
import { isSignedBy, keyIdOf } from './head-signer.js';

/**
 * Whose a head is: of our key, of one that was before it and for which a later one vouches, of none although it says so, or of a
 * key that nobody vouches for, which says nothing here.
 */
export type Signed = 'ours' | 'an earlier key' | 'forged' | 'another key';

/** The keys that are believed: ours, and those before it, each vouched for by the heads of the next. */
export class HeadKeys {
  /** Public keys by their ids. */
  private readonly believed = new Map<string, string>();

  /**
   * @param own the public key that signs by now
   * @param heads in which earlier ones are looked for
   */
  constructor(
    private readonly own: string,
    heads: readonly AuditHead[],
  ) {
    this.believed.set(keyIdOf(own), own);
    const vouching = heads.filter(({ previous_key }) => previous_key !== null);
    const known = new Set<string | null>([own]);
    for (;;) {
      const found = vouching.find((head) => !known.has(head.previous_key) && this.holds(head));
      if (found === undefined) return;
      known.add(found.previous_key);
      this.believe(String(found.previous_key));
    }
  }

  /**
   * For the first head of a new key: believes whoever signed the newest heads, if they did, since nothing else could vouch for them.
   * @returns the public key of the newest of them; null when there is none
   */
  adopt(heads: readonly AuditHead[]): string | null {
    const sound = heads.filter((head) => isSignedBy(head, head.public_key));
    for (const { public_key } of sound) this.believe(public_key);
    return sound.toSorted((a, b) => Number(BigInt(b.sequence) - BigInt(a.sequence)))[0]?.public_key ?? null;
  }

  check(head: AuditHead): Signed {
    const key = this.believed.get(head.key_id);
    if (key === undefined) return 'another key';
    if (!this.holds(head)) return 'forged';
    return key === this.own ? 'ours' : 'an earlier key';
  }

  private believe(publicKey: string): void {
    this.believed.set(keyIdOf(publicKey), publicKey);
  }

  private holds(head: AuditHead): boolean {
    const key = this.believed.get(head.key_id);
    return key !== undefined && isSignedBy(head, key);
  }
}
