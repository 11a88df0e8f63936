import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddJobTraceparents1763700300000 implements MigrationInterface {
  readonly name = 'AddJobTraceparents1763700300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE jobs ADD COLUMN traceparent text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE jobs DROP COLUMN traceparent');
  }
}
