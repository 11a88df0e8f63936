import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs keep a digest of each tick; those from before have none. */
export class AddTickDigests1763810000000 implements MigrationInterface {
  readonly name = 'AddTickDigests1763810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE run_ticks ADD COLUMN digest text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE run_ticks DROP COLUMN digest');
  }
}
