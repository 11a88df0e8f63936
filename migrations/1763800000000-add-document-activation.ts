import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A version of a document may be a draft, which is activated later. */
export class AddDocumentActivation1763800000000 implements MigrationInterface {
  readonly name = 'AddDocumentActivation1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE documents ADD COLUMN activated_at timestamptz;
      UPDATE documents SET activated_at = created_at;
      GRANT UPDATE (activated_at) ON documents TO azt3knet_app;
    `);
  }

  /** The older release takes every version for an active one: drafts become retired. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE documents SET retired_at = now(), retired_by = 'system' WHERE activated_at IS NULL AND retired_at IS NULL;
      ALTER TABLE documents DROP COLUMN activated_at;
    `);
  }
}
