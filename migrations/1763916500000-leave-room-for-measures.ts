import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows of instances are measured every few seconds: their new versions find room beside the old ones, and no index is written for them. */
export class LeaveRoomForMeasures1763916500000 implements MigrationInterface {
  readonly name = 'LeaveRoomForMeasures1763916500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE bot_instances SET (fillfactor = 40)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE bot_instances RESET (fillfactor)');
  }
}
