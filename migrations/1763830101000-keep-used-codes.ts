import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A code that comes a second time ends the tokens that were given for it (RFC 6749, 4.1.2). */
export class KeepUsedCodes1763830101000 implements MigrationInterface {
  readonly name = 'KeepUsedCodes1763830101000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE network_codes ADD COLUMN used_at timestamptz;
      ALTER TABLE network_tokens ADD COLUMN code_hash text;
      CREATE INDEX network_tokens_code_hash ON network_tokens (code_hash) WHERE code_hash IS NOT NULL;
      GRANT UPDATE ON network_codes TO azt3knet_app;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE UPDATE ON network_codes FROM azt3knet_app;
      DELETE FROM network_codes WHERE used_at IS NOT NULL;
      ALTER TABLE network_codes DROP COLUMN used_at;
      DROP INDEX network_tokens_code_hash;
      ALTER TABLE network_tokens DROP COLUMN code_hash;`);
  }
}
