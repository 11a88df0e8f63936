import type { MigrationInterface, QueryRunner } from 'typeorm';

const BLOBS_BEFORE = `
  SELECT blob_key, bytes, sha256 FROM exports
  UNION ALL SELECT blob_key || '.manifest.json', NULL, NULL FROM exports
  UNION ALL SELECT blob_key, bytes, sha256 FROM run_files
  UNION ALL SELECT blob_key, bytes, sha256 FROM network_media`;

/** Runs have checkpoints, can be paused, and can part from others. */
export class CreateRunCheckpoints1763895000000 implements MigrationInterface {
  readonly name = 'CreateRunCheckpoints1763895000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE run_checkpoints (
        run_id uuid NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        tick integer NOT NULL,
        part text NOT NULL,
        from_tick integer NOT NULL,
        pinned boolean NOT NULL DEFAULT false,
        bytes bigint NOT NULL,
        sha256 text NOT NULL,
        blob_key text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (run_id, tick, part),
        CONSTRAINT run_checkpoints_part_check CHECK (part IN ('state', 'events')),
        CONSTRAINT run_checkpoints_ticks_check CHECK (from_tick >= 0 AND from_tick < tick)
      );
      CREATE UNIQUE INDEX run_checkpoints_blob_key ON run_checkpoints (blob_key);
      GRANT SELECT, INSERT, UPDATE, DELETE ON run_checkpoints TO azt3knet_app;

      ALTER TABLE runs
        ADD COLUMN checkpoint_every integer,
        ADD COLUMN paused_at timestamptz,
        ADD COLUMN resumed jsonb,
        ADD COLUMN parent_id uuid REFERENCES runs (id) ON DELETE SET NULL,
        ADD COLUMN branch_tick integer,
        ADD COLUMN trunk jsonb,
        ADD CONSTRAINT runs_branch_check CHECK ((branch_tick IS NULL) = (trunk IS NULL) AND branch_tick > 0);
      CREATE INDEX runs_parent ON runs (parent_id) WHERE parent_id IS NOT NULL;

      CREATE OR REPLACE VIEW stored_blobs (key, bytes, sha256) AS ${BLOBS_BEFORE}
        UNION ALL SELECT blob_key, bytes, sha256 FROM run_checkpoints`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE VIEW stored_blobs (key, bytes, sha256) AS ${BLOBS_BEFORE};
      DROP INDEX runs_parent;
      ALTER TABLE runs DROP CONSTRAINT runs_branch_check, DROP COLUMN trunk, DROP COLUMN branch_tick,
        DROP COLUMN parent_id, DROP COLUMN resumed, DROP COLUMN paused_at, DROP COLUMN checkpoint_every;
      DROP TABLE run_checkpoints`);
  }
}
