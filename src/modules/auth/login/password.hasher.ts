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

/** Hashes passwords beside the event loop, a few at a time. */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private decoy: Promise<string> | undefined;

  /** argon2id in PHC form. @throws LoginBusyError */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, COST));
  }

  /**
   * Whether the password is the one that was hashed. Without a hash it takes as long and says no, so that the time of an
   * answer tells nothing.
   * @throws LoginBusyError
   */
  async verify(hashed: string | null | undefined, password: string): Promise<boolean> {
    if (typeof hashed === 'string' && !hashed.startsWith('$argon2')) return false;
    this.decoy ??= hash(randomSecret(16), COST);
    const against = hashed ?? (await this.decoy);
    const matches = await this.inTurn(() => verify(against, password));
    return matches && typeof hashed === 'string';
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) {
      if (this.waiting.length >= WAITING_MAX) throw new LoginBusyError();
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The place goes to who waits longest.
      if (next) next();
      else this.running -= 1;
    }
  }
}
