import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs name the decision on what they show of their own; those from before have none. */
export class AddRunDecisions1763720400000 implements MigrationInterface {
  readonly name = 'AddRunDecisions1763720400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs ADD COLUMN decision_id uuid REFERENCES decisions (id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs DROP COLUMN decision_id');
  }
}
