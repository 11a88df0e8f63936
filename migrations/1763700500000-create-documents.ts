import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDocuments1763700500000 implements MigrationInterface {
  readonly name = 'CreateDocuments1763700500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE documents (
        kind text NOT NULL,
        name text NOT NULL,
        version text NOT NULL,
        sha256 text NOT NULL,
        version_order integer[] NOT NULL,
        origin text NOT NULL,
        content text NOT NULL,
        summary jsonb NOT NULL,
        note text,
        created_by text,
        created_at timestamptz NOT NULL DEFAULT now(),
        retired_by text,
        retired_at timestamptz,
        PRIMARY KEY (kind, name, version, sha256),
        CONSTRAINT documents_origin_check CHECK (origin IN ('stored', 'shipped'))
      );
      CREATE UNIQUE INDEX documents_stored_version ON documents (kind, name, version_order) WHERE origin = 'stored';

      GRANT SELECT, INSERT, UPDATE (retired_at, retired_by) ON documents TO azt3knet_app;

      -- The drafts of a batch carry the digest of the template that made them; those of its own transaction come first.
      ALTER TABLE draft_batches ADD COLUMN template_digest text;
      UPDATE draft_batches SET template_digest = coalesce((
        SELECT drafts.metadata ->> 'template_digest' FROM drafts
        WHERE drafts.population_id = draft_batches.population_id AND drafts.template = draft_batches.template
          AND drafts.template_version = draft_batches.template_version AND drafts.seed = draft_batches.seed
        ORDER BY drafts.created_at = draft_batches.created_at DESC, drafts.created_at DESC LIMIT 1), '');
      ALTER TABLE draft_batches ALTER COLUMN template_digest SET NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE draft_batches DROP COLUMN template_digest;
      DROP TABLE documents;
    `);
  }
}
