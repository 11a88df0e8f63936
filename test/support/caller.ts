import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TokenService } from '../../src/modules/auth/tokens/token.service.js';

/** Somebody who has logged in. */
export interface TestCaller {
  userId: string;
  username: string;
  sessionId: string;
  token: string;
  authorization: string;
}

/** A person with a role and a session, without the cost of a password. */
export async function makeCaller(
  app: INestApplicationContext,
  role: string,
  username: string = `${role}-${randomUUID().slice(0, 8)}`,
): Promise<TestCaller> {
  const userId = randomUUID();
  await app
    .get(DataSource)
    .query('INSERT INTO users (id, username, role) VALUES ($1, $2, $3)', [userId, username, role]);
  return { userId, username, ...(await openSession(app, userId)) };
}

/** Another session of a user. */
export async function openSession(
  app: INestApplicationContext,
  userId: string,
): Promise<Pick<TestCaller, 'sessionId' | 'token' | 'authorization'>> {
  const sessionId = randomUUID();
  await app
    .get(DataSource)
    .query(
      `INSERT INTO sessions (id, user_id, refresh_id, expires_at) VALUES ($1, $2, $1, now() + interval '1 day')`,
      [sessionId, userId],
    );
  const token = await app
    .get(TokenService, { strict: false })
    .sign({ sub: userId, sid: sessionId }, 'access', 3_600);
  return { sessionId, token, authorization: `Bearer ${token}` };
}
