import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SIGNING_KEYS_LOCK } from '../../../core/database/index.js';
import type { SigningKey } from './signing-key.entity.js';

@Injectable()
export class SigningKeysRepository {
  /** Those that verify, the newest first. @param retiredDays days that a retired key goes on verifying */
  verifying(manager: EntityManager, retiredDays: number): Promise<SigningKey[]> {
    return manager.query(
      `SELECT * FROM signing_keys WHERE revoked_at IS NULL
         AND (retired_at IS NULL OR retired_at > now() - make_interval(days => $1))
       ORDER BY created_at DESC, kid`,
      [retiredDays],
    );
  }

  all(manager: EntityManager): Promise<SigningKey[]> {
    return manager.query('SELECT * FROM signing_keys ORDER BY created_at DESC, kid');
  }

  /** Nobody else makes or changes keys until the transaction ends. */
  async lock(manager: EntityManager): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [SIGNING_KEYS_LOCK]);
  }

  async insert(
    manager: EntityManager,
    { kid, algorithm, public_jwk, private_key }: Omit<SigningKey, 'created_at' | 'retired_at' | 'revoked_at'>,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO signing_keys (kid, algorithm, public_jwk, private_key) VALUES ($1, $2, $3, $4)`,
      [kid, algorithm, JSON.stringify(public_jwk), private_key],
    );
  }

  /** No key but this one signs any more. @param revoke what they signed does not hold any more either */
  async retireOthers(manager: EntityManager, kid: string, revoke: boolean): Promise<void> {
    await manager.query(
      `UPDATE signing_keys SET retired_at = coalesce(retired_at, now()),
         revoked_at = CASE WHEN $2 THEN coalesce(revoked_at, now()) ELSE revoked_at END
       WHERE kid <> $1`,
      [kid, revoke],
    );
  }

  /** @returns whether there was such a key */
  async revoke(manager: EntityManager, kid: string): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE signing_keys SET retired_at = coalesce(retired_at, now()), revoked_at = coalesce(revoked_at, now())
       WHERE kid = $1`,
      [kid],
    );
    return count > 0;
  }
}
