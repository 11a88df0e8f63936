import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signed ends of the audit chain; the same stand in the storage of files, where whoever has the database cannot reach them. */
export class CreateAuditHeads1763720200000 implements MigrationInterface {
  readonly name = 'CreateAuditHeads1763720200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_heads (
        sequence bigint NOT NULL,
        key_id text NOT NULL,
        public_key text NOT NULL,
        previous_key text,
        hash text NOT NULL,
        signed_at timestamptz NOT NULL,
        signature text NOT NULL,
        PRIMARY KEY (sequence, key_id)
      );
      GRANT SELECT, INSERT ON audit_heads TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_heads');
  }
}
