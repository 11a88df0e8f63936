import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
  ALTER TABLE bot_states ADD COLUMN handle jsonb;
  UPDATE bot_states SET handle = jsonb_build_object('pid', pid, 'started', pid_started, 'uid', uid)
    WHERE pid IS NOT NULL AND pid_started IS NOT NULL;
  ALTER TABLE bot_states DROP COLUMN pid, DROP COLUMN pid_started, DROP COLUMN uid;`;

const DOWN = `
  ALTER TABLE bot_states ADD COLUMN pid integer, ADD COLUMN pid_started text, ADD COLUMN uid integer;
  UPDATE bot_states SET pid = (handle ->> 'pid')::integer, pid_started = handle ->> 'started', uid = (handle ->> 'uid')::integer
    WHERE handle ? 'pid';
  ALTER TABLE bot_states DROP COLUMN handle;`;

/** Bots run elsewhere than in processes too: what an executor finds them by again is its own affair. */
export class ExtendBots1763901000000 implements MigrationInterface {
  readonly name = 'ExtendBots1763901000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
