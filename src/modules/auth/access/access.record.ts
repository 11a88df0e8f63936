import { Injectable } from '@nestjs/common';
import { AuditTally } from '../../../core/audit/index.js';
import { networkOf, type Caller, type Requirement } from '../../../core/http/index.js';
import { TokenInvalidError } from '../auth.errors.js';

/** Uses of keys that a process remembers. */
const REMEMBERED = 10_000;

/** What the calls of everybody leave in the audit, however many they are: see {@link AuditTally}. */
@Injectable()
export class AccessRecord {
  /** The days on which keys were first used, by key and address. */
  private readonly used = new Map<string, string>();

  constructor(private readonly tally: AuditTally) {}

  /** Somebody who is known may not do what they asked for. */
  refused({ id, username }: Caller, permission: Requirement, route: string): void {
    this.tally.add({
      actor: username,
      action: 'access.refuse',
      subject: { type: 'user', id },
      data: { permission, route },
    });
  }

  /** A key or a token does not hold. Anything else than that is no matter of the audit. */
  rejected(error: unknown, address: string): void {
    if (!(error instanceof TokenInvalidError) || error.rejected === undefined) return;
    this.tally.add({
      actor: 'anonymous',
      action: 'access.reject',
      subject: { type: 'address', id: networkOf(address) },
      data: { credential: error.rejected },
    });
  }

  /** A client gets no token. @param reason the error of RFC 6749 */
  tokenRefused(reason: string, address: string): void {
    this.tally.add({
      actor: 'anonymous',
      action: 'auth.refuse_token',
      subject: { type: 'address', id: networkOf(address) },
      data: { reason },
    });
  }

  /**
   * A key, or the token of a client secret, was used: told of once a day for each address, by each process. A use whose address
   * could not be named, because the key has too many of them now, is counted all the same, and named when it can be.
   */
  keyUsed({ username, keyId }: Caller, address: string): void {
    if (keyId === undefined) return;
    const place = networkOf(address);
    const use = `${keyId} ${place}`;
    const today = new Date().toISOString().slice(0, 10);
    if (this.used.get(use) === today) return;
    const isNamed = this.tally.add({
      actor: username,
      action: 'key.use',
      subject: { type: 'key', id: keyId },
      data: { address: place },
    });
    if (!isNamed) return;
    this.used.delete(use);
    this.used.set(use, today);
    for (const oldest of this.used.keys()) {
      if (this.used.size <= REMEMBERED) break;
      this.used.delete(oldest);
    }
  }
}
