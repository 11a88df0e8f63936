import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is kept for an `Idempotency-Key` belongs to the credential that it came with, and not to the user alone. */
export class BindIdempotencyKeys1763740000000 implements MigrationInterface {
  readonly name = 'BindIdempotencyKeys1763740000000';

  async up(runner: QueryRunner): Promise<void> {
    // Most keys are of sessions; all are forgotten a day later.
    await runner.query(`
      ALTER TABLE idempotency_keys
        ADD COLUMN credential text NOT NULL DEFAULT 'session',
        DROP CONSTRAINT idempotency_keys_pkey,
        ADD PRIMARY KEY (caller_id, credential, key);
      ALTER TABLE idempotency_keys ALTER COLUMN credential DROP DEFAULT;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM idempotency_keys WHERE credential <> 'session';
      ALTER TABLE idempotency_keys DROP COLUMN credential, ADD PRIMARY KEY (caller_id, key);
    `);
  }
}
