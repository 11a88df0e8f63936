import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Decisions keep what was known besides the texts, what classifiers elsewhere said, and what the texts are recognised by when
 * others write them too.
 */
export class ExtendDecisionGrounds1763790000000 implements MigrationInterface {
  readonly name = 'ExtendDecisionGrounds1763790000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE decisions
        ADD COLUMN context jsonb,
        ADD COLUMN opinions jsonb,
        ADD COLUMN text_print text,
        ADD COLUMN links text[] NOT NULL DEFAULT '{}';
      CREATE INDEX decisions_text_print ON decisions (text_print, decided_at) WHERE text_print IS NOT NULL;
      CREATE INDEX decisions_links ON decisions USING gin (links) WHERE links <> '{}';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX decisions_text_print, decisions_links;
      ALTER TABLE decisions
        DROP COLUMN context,
        DROP COLUMN opinions,
        DROP COLUMN text_print,
        DROP COLUMN links;
    `);
  }
}
