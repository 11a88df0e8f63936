import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { LoginBlockedError } from '../auth.errors.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { LoginFailuresRepository } from './login-failures.repository.js';

const NOBODY = '00000000-0000-0000-0000-000000000000';

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

/** Makes guessing slow: after some failures each further one doubles the wait. */
@Injectable()
export class LoginAttempts {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: LoginFailuresRepository,
    private readonly sessions: SessionsRepository,
  ) {}

  /** @param userId undefined for a name that nobody has, which takes as long to find out */
  async placeOf(username: string, userId: string | undefined, address: string | undefined): Promise<Place> {
    const known = await this.sessions.addressesOf(this.dataSource.manager, userId ?? NOBODY);
    const network = networkOf(address);
    return { username, address, known: known.some((each) => networkOf(each) === network) };
  }

  /** @throws LoginBlockedError while the name is blocked for this place */
  async requireOpen(place: Place): Promise<void> {
    const subjects = countsOf(place).map(({ subject }) => subject);
    const seconds = await this.repository.blockedFor(this.dataSource.manager, subjects);
    if (seconds > 0) throw new LoginBlockedError(seconds);
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
  const name = username.toLowerCase();
  const pair = { subject: digestOf(`${name}\n${networkOf(address)}`), ...PAIR };
  return known ? [pair] : [pair, { subject: digestOf(name), ...NAME }];
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** An IPv6 address stands for its /64, which one customer has to himself. */
function networkOf(address = 'local'): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return plain.includes(':') ? plain.split(':').slice(0, 4).join(':') : plain;
}
