import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever claims a key names the claim. */
export class DropClaimDefault1763756000000 implements MigrationInterface {
  readonly name = 'DropClaimDefault1763756000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE idempotency_keys ALTER COLUMN claim_id DROP DEFAULT');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE idempotency_keys ALTER COLUMN claim_id SET DEFAULT gen_random_uuid()');
  }
}
