import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddIdempotencyLeases1763700800000 implements MigrationInterface {
  readonly name = 'AddIdempotencyLeases1763700800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE idempotency_keys
        ADD COLUMN claim_id uuid NOT NULL DEFAULT gen_random_uuid(),
        ADD COLUMN renewed_at timestamptz NOT NULL DEFAULT now();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE idempotency_keys DROP COLUMN claim_id, DROP COLUMN renewed_at');
  }
}
