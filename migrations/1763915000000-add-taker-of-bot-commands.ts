import type { MigrationInterface, QueryRunner } from 'typeorm';

/** It is known which instance of a bot has taken a command. */
export class AddTakerOfBotCommands1763915000000 implements MigrationInterface {
  readonly name = 'AddTakerOfBotCommands1763915000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE bot_commands ADD COLUMN taken_by integer;
      UPDATE bot_commands SET taken_by = coalesce(ordinal, 0) WHERE status = 'delivered'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE bot_commands DROP COLUMN taken_by');
  }
}
