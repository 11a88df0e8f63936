import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { randomSecret } from '../../../core/secrets/index.js';
import { LoginBusyError } from '../auth.errors.js';

/** argon2id with 19 MiB and two passes: the second of OWASP's recommendations, about 20 ms of a processor. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Of the threads that also read files and names: the rest is for everybody else. */
const AT_ONCE = 2;
/** More than this many who wait would wait for more than a second. */
const WAITING_MAX = 50;

/** Who asks: somebody the server has let in before goes before strangers, however many those are. */
export type Asking = 'known' | 'stranger';

/** Hashes passwords beside the event loop, a few at a time. */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: Readonly<Record<Asking, (() => void)[]>> = { known: [], stranger: [] };
  private decoy: Promise<string> | undefined;

  /** argon2id in PHC form; only who may set a password asks for it. @throws LoginBusyError */
  hash(password: string): Promise<string> {
    return this.inTurn('known', () => hash(password, COST));
  }

  /**
   * Whether the password is the one that was hashed. Without a hash it takes as long and says no, so that the time of an
   * answer tells nothing.
   * @throws LoginBusyError
   */
  async verify(hashed: string | null | undefined, password: string, asking: Asking): Promise<boolean> {
    if (typeof hashed === 'string' && !hashed.startsWith('$argon2')) return false;
    this.decoy ??= hash(randomSecret(16), COST);
    const against = hashed ?? (await this.decoy);
    const matches = await this.inTurn(asking, () => verify(against, password));
    return matches && typeof hashed === 'string';
  }

  private async inTurn<T>(asking: Asking, work: () => Promise<T>): Promise<T> {
    const waiting = this.waiting[asking];
    if (this.running >= AT_ONCE) {
      if (waiting.length >= WAITING_MAX) throw new LoginBusyError();
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      // The place goes to who waits longest.
      const next = this.waiting.known.shift() ?? this.waiting.stranger.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
