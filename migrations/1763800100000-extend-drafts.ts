import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Drafts keep what they were written about, two scores more, and how long each step took. */
export class ExtendDrafts1763800100000 implements MigrationInterface {
  readonly name = 'ExtendDrafts1763800100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE drafts
        ADD COLUMN context jsonb,
        ADD COLUMN originality double precision,
        ADD COLUMN persona_fit double precision,
        ADD COLUMN timings jsonb;
      ALTER TABLE draft_batches ADD COLUMN context jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE draft_batches DROP COLUMN context;
      ALTER TABLE drafts DROP COLUMN context, DROP COLUMN originality, DROP COLUMN persona_fit, DROP COLUMN timings;
    `);
  }
}
