import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateExports1763700100000 implements MigrationInterface {
  readonly name = 'CreateExports1763700100000';

  async up(runner: QueryRunner): Promise<void> {
    // Exports of populations can be made again from their specification: their rows are not taken over.
    await runner.query(`
      CREATE TABLE exports (
        id uuid PRIMARY KEY,
        population_id uuid REFERENCES populations (id) ON DELETE CASCADE,
        draft_batch_id uuid REFERENCES draft_batches (id) ON DELETE CASCADE,
        format text NOT NULL,
        media_type text NOT NULL,
        blob_key text NOT NULL,
        bytes bigint NOT NULL,
        sha256 text NOT NULL,
        manifest json NOT NULL,
        created_by uuid REFERENCES users (id),
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT exports_subject_check CHECK (num_nonnulls(population_id, draft_batch_id) = 1)
      );
      CREATE UNIQUE INDEX exports_blob_key ON exports (blob_key);
      CREATE UNIQUE INDEX exports_population ON exports (population_id, format);
      CREATE UNIQUE INDEX exports_draft_batch ON exports (draft_batch_id, format);
      CREATE INDEX exports_created_at ON exports (created_at, id);
      GRANT SELECT, INSERT, DELETE ON exports TO azt3knet_app;

      DROP TABLE population_exports;

      ALTER TABLE run_files ADD COLUMN blob_key text;
      UPDATE run_files SET blob_key = 'runs/' || run_id || '/' || name;
      ALTER TABLE run_files ALTER COLUMN blob_key SET NOT NULL;
      CREATE UNIQUE INDEX run_files_blob_key ON run_files (blob_key);

      CREATE VIEW stored_blobs (key, bytes, sha256) AS
        SELECT blob_key, bytes, sha256 FROM exports
        UNION ALL SELECT blob_key || '.manifest.json', NULL, NULL FROM exports
        UNION ALL SELECT blob_key, bytes, sha256 FROM run_files;
      COMMENT ON VIEW stored_blobs IS
        'Every object that a row names; azt3knet storage sweep deletes the others. A table with a blob_key belongs here.';
      GRANT SELECT ON stored_blobs TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW stored_blobs;
      ALTER TABLE run_files DROP COLUMN blob_key;
      DROP TABLE exports;
      CREATE TABLE population_exports (
        population_id uuid NOT NULL REFERENCES populations (id) ON DELETE CASCADE,
        format text NOT NULL CHECK (format IN ('json', 'jsonl', 'csv')),
        bytes bigint NOT NULL,
        sha256 text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (population_id, format)
      );
      GRANT SELECT, INSERT, UPDATE ON population_exports TO azt3knet_app;
    `);
  }
}
