import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { networkOf } from '../../../core/http/index.js';
import { LoginBlockedError, LoginBusyError } from '../auth.errors.js';
import type { User } from '../users/user.entity.js';
import { LoginFailuresRepository } from './login-failures.repository.js';
import { LoginLookups } from './login-lookups.js';

/** From where somebody logs in, as whom. */
export interface Place {
  username: string;
  address: string | undefined;
  /** Whether this user has logged in from there before. */
  known: boolean;
}

/** What failures are counted for, how many are free, and the longest wait in seconds. */
interface Count {
  subject: string;
  free: number;
  longest: number;
}

/** Failed log-ins from one place for one name block that pair only: who knows the password elsewhere still gets in. */
const PAIR = { free: 5, longest: 900 };
/** Failures for a name from anywhere: many more, and shorter, since others could lock its owner out by them. */
const NAME = { free: 50, longest: 60 };

/** Those who wait for their turn. */
interface Line {
  length: number;
  end: Promise<void>;
}

/** More than this many would wait for more than a second. */
const WAITING_MAX = 50;

const noop = (): void => undefined;

function turn(): { promise: Promise<void>; resolve: () => void } {
  let resolve = noop;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Makes guessing slow: after some failures each further one doubles the wait. */
@Injectable()
export class LoginAttempts {
  private readonly lines = new Map<string, Line>();

  constructor(
    private readonly lookups: LoginLookups,
    private readonly repository: LoginFailuresRepository,
  ) {}

  /**
   * Who has the name, and whether somebody may try to log in by it from there.
   * @throws LoginBlockedError while the name is blocked for this place
   */
  async begin(
    username: string,
    address: string | undefined,
  ): Promise<{ user: User | undefined; place: Place }> {
    const [pair, name] = subjectsOf(username, address);
    const { user, addresses, blocked } = await this.lookups.find({
      username: username.toLowerCase(),
      pair,
      name,
    });
    const known = addresses.some((each) => networkOf(each) === placeName(address));
    const seconds = known ? blocked.pair : Math.max(blocked.pair, blocked.name);
    if (seconds > 0) throw new LoginBlockedError(seconds);
    return { user, place: { username, address, known } };
  }

  /**
   * One attempt after the other for a name, or for a place that is known: what one failed by is counted before the next is looked at.
   * @throws LoginBusyError
   */
  async inTurn<T>(place: Place, work: () => Promise<T>): Promise<T> {
    const [pair, name] = subjectsOf(place.username, place.address);
    const subject = place.known ? pair : name;
    const line = this.lines.get(subject) ?? { length: 0, end: Promise.resolve() };
    if (line.length >= WAITING_MAX) throw new LoginBusyError();
    line.length += 1;
    this.lines.set(subject, line);
    const before = line.end;
    const { promise: end, resolve: leave } = turn();
    line.end = end;
    await before;
    try {
      return await work();
    } finally {
      line.length -= 1;
      if (line.length === 0) this.lines.delete(subject);
      leave();
    }
  }

  /**
   * Counts a failure.
   * @returns for how many seconds the name is blocked now, if it was not before
   */
  async failed(manager: EntityManager, place: Place): Promise<number> {
    let blocked = 0;
    for (const { subject, free, longest } of countsOf(place)) {
      const failures = await this.repository.count(manager, subject);
      if (failures < free) continue;
      const seconds = Math.min(longest, 2 ** Math.min(failures - free, 20));
      await this.repository.block(manager, subject, seconds);
      blocked = Math.max(blocked, seconds);
    }
    return blocked;
  }

  /** A log-in that succeeds clears what was counted for it. */
  async succeeded(manager: EntityManager, place: Place): Promise<void> {
    await this.repository.clear(
      manager,
      countsOf(place).map(({ subject }) => subject),
    );
  }
}

/** Where the owner of the name has logged in before, what strangers do with it elsewhere counts for nothing. */
function countsOf({ username, address, known }: Place): Count[] {
  const [pair, name] = subjectsOf(username, address);
  const counts = [{ subject: pair, ...PAIR }];
  return known ? counts : [...counts, { subject: name, ...NAME }];
}

/** What failures are counted under: the name from this place, and the name from anywhere. */
export function subjectsOf(username: string, address: string | undefined): [pair: string, name: string] {
  const name = username.toLowerCase();
  return [digestOf(`${name}\n${placeName(address)}`), digestOf(name)];
}

function placeName(address: string | undefined): string {
  return address === undefined ? 'local' : networkOf(address);
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
