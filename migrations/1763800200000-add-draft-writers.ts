import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Batches that language models wrote, and the order in which originality looks at earlier texts. */
export class AddDraftWriters1763800200000 implements MigrationInterface {
  readonly name = 'AddDraftWriters1763800200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE draft_batches ADD COLUMN writer jsonb, ADD COLUMN writing jsonb;
      CREATE INDEX drafts_population_created_at ON drafts (population_id, created_at, id);
      CREATE INDEX drafts_agent_created_at ON drafts (agent_id, created_at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX drafts_agent_created_at;
      DROP INDEX drafts_population_created_at;
      ALTER TABLE draft_batches DROP COLUMN writing, DROP COLUMN writer;
    `);
  }
}
