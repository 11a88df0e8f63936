import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is measured of runs and of their ticks. */
export class AddRunMeasures1763820000000 implements MigrationInterface {
  readonly name = 'AddRunMeasures1763820000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE runs ADD COLUMN measures jsonb;
      ALTER TABLE run_ticks
        ADD COLUMN silent double precision,
        ADD COLUMN author_entropy double precision,
        ADD COLUMN topic_entropy double precision,
        ADD COLUMN attention_gini double precision,
        ADD COLUMN labelled_prevalence double precision,
        ADD COLUMN compliance_ratio double precision,
        ADD COLUMN repost_ei_index double precision,
        ADD COLUMN repost_modularity double precision,
        ADD COLUMN largest_cascade integer,
        ADD COLUMN deepest_cascade integer;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE run_ticks
        DROP COLUMN silent,
        DROP COLUMN author_entropy,
        DROP COLUMN topic_entropy,
        DROP COLUMN attention_gini,
        DROP COLUMN labelled_prevalence,
        DROP COLUMN compliance_ratio,
        DROP COLUMN repost_ei_index,
        DROP COLUMN repost_modularity,
        DROP COLUMN largest_cascade,
        DROP COLUMN deepest_cascade;
      ALTER TABLE runs DROP COLUMN measures;
    `);
  }
}
