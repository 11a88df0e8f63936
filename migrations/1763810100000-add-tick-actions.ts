import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ticks keep counts of further acts; those from before have none. */
export class AddTickActions1763810100000 implements MigrationInterface {
  readonly name = 'AddTickActions1763810100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE run_ticks ADD COLUMN actions jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE run_ticks DROP COLUMN actions');
  }
}
