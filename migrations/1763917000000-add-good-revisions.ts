import type { MigrationInterface, QueryRunner } from 'typeorm';

/** It is known with which revisions a bot was in good health, not only with which it was last. */
export class AddGoodRevisions1763917000000 implements MigrationInterface {
  readonly name = 'AddGoodRevisions1763917000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE bot_revisions ADD COLUMN good_at timestamptz;
      UPDATE bot_revisions SET good_at = now() FROM bot_states
      WHERE bot_states.bot_id = bot_revisions.bot_id AND good_revision = revision`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE bot_revisions DROP COLUMN good_at');
  }
}
