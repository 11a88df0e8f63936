import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddLists1763700600000 implements MigrationInterface {
  readonly name = 'AddLists1763700600000';

  async up(runner: QueryRunner): Promise<void> {
    // Lists sort by a field and then the id: an index with both gives a page without sorting.
    await runner.query(`
      ALTER TABLE populations ADD COLUMN name text, ADD COLUMN notes text,
        ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
      CREATE UNIQUE INDEX populations_name ON populations (name);
      DROP INDEX populations_created_at;
      CREATE INDEX populations_created_at ON populations (created_at, id);

      DROP INDEX jobs_created_at;
      CREATE INDEX jobs_created_at ON jobs (created_at, id);

      CREATE INDEX drafts_created_at ON drafts (created_at, id);
      CREATE INDEX decisions_decided_at ON decisions (decided_at, id);
      CREATE INDEX runs_completed_at ON runs (completed_at, id) WHERE completed_at IS NOT NULL;

      GRANT DELETE ON populations, drafts, draft_batches, runs TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE DELETE ON populations, drafts, draft_batches, runs FROM azt3knet_app;
      DROP INDEX runs_completed_at, decisions_decided_at, drafts_created_at, jobs_created_at, populations_created_at;
      CREATE INDEX jobs_created_at ON jobs (created_at);
      ALTER TABLE populations DROP COLUMN name, DROP COLUMN notes, DROP COLUMN tags;
      CREATE INDEX populations_created_at ON populations (created_at);
    `);
  }
}
