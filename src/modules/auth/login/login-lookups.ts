import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { User } from '../users/user.entity.js';

/** Who wants to log in, and what his failures are counted under. */
interface LookupRequest {
  username: string;
  /** For this name from this place. */
  pair: string;
  /** For this name from anywhere. */
  name: string;
}

/** What the database knows of somebody who wants to log in. */
export interface LoginLookup {
  user: User | undefined;
  /** From where this user has logged in of late, without what ended because of somebody else. */
  addresses: string[];
  /** Seconds for which the name is blocked for this place, and from anywhere. */
  blocked: { pair: number; name: number };
}

interface Waiting {
  request: LookupRequest;
  resolve: (lookup: LoginLookup) => void;
  reject: (error: unknown) => void;
}

type Row = User & { n: number; addresses: string[]; pair_blocked: number; name_blocked: number };

const BATCH = 500;

const LOOKUP = `
  SELECT users.*, asked.n::int AS n,
    ARRAY(SELECT address FROM sessions
          WHERE user_id = users.id AND address IS NOT NULL AND (revoked_for IS NULL OR revoked_for = 'logout')
          GROUP BY address ORDER BY max(created_at) DESC LIMIT 100) AS addresses,
    (SELECT ceil(extract(epoch FROM blocked_until - now()))::int FROM login_failures
     WHERE subject = asked.pair AND blocked_until > now()) AS pair_blocked,
    (SELECT ceil(extract(epoch FROM blocked_until - now()))::int FROM login_failures
     WHERE subject = asked.name AND blocked_until > now()) AS name_blocked
  FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS asked (username, pair, name, n)
  LEFT JOIN users ON users.username = asked.username`;

/**
 * Looks up who wants to log in: with one query at a time for all who have come meanwhile, so that a thousand attempts a second
 * leave the connections to everybody else.
 */
@Injectable()
export class LoginLookups {
  private waiting: Waiting[] = [];
  private running = false;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  find(request: LookupRequest): Promise<LoginLookup> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) await this.answer(this.waiting.splice(0, BATCH));
    this.running = false;
  }

  private async answer(batch: readonly Waiting[]): Promise<void> {
    try {
      const rows = await this.dataSource.query<Row[]>(LOOKUP, [
        batch.map(({ request }) => request.username),
        batch.map(({ request }) => request.pair),
        batch.map(({ request }) => request.name),
      ]);
      for (const [n, lookup] of rows.map(lookupOf)) batch[n - 1]?.resolve(lookup);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

function lookupOf({ n, addresses, pair_blocked, name_blocked, ...user }: Row): [n: number, LoginLookup] {
  // Where nobody has the name, all columns of the table are null.
  const found = (user.id as string | null) === null ? undefined : user;
  return [n, { user: found, addresses, blocked: { pair: pair_blocked ?? 0, name: name_blocked ?? 0 } }];
}
