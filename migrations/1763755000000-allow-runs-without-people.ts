import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A model whose agents are numbers needs neither a population nor drafts. */
export class AllowRunsWithoutPeople1763755000000 implements MigrationInterface {
  readonly name = 'AllowRunsWithoutPeople1763755000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE runs ALTER COLUMN population_id DROP NOT NULL, ALTER COLUMN draft_batch_id DROP NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM runs WHERE population_id IS NULL');
    await runner.query(
      'ALTER TABLE runs ALTER COLUMN population_id SET NOT NULL, ALTER COLUMN draft_batch_id SET NOT NULL',
    );
  }
}
