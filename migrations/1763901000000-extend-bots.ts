import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
  ALTER TABLE bot_states ADD COLUMN handle jsonb;
  UPDATE bot_states SET handle = jsonb_build_object('pid', pid, 'started', pid_started, 'uid', uid)
    WHERE pid IS NOT NULL AND pid_started IS NOT NULL;
  ALTER TABLE bot_states DROP COLUMN pid, DROP COLUMN pid_started, DROP COLUMN uid;
  ALTER TABLE bots ADD COLUMN paused boolean NOT NULL DEFAULT false, ADD COLUMN schedule jsonb;
  CREATE TABLE bot_maintenance (
    id integer PRIMARY KEY DEFAULT 1,
    reason text NOT NULL,
    begun_by text NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT bot_maintenance_id_check CHECK (id = 1)
  );
  GRANT SELECT, INSERT, UPDATE, DELETE ON bot_maintenance TO azt3knet_app;`;

const DOWN = `
  DROP TABLE bot_maintenance;
  DELETE FROM job_schedules WHERE job = 'bot.act';
  ALTER TABLE bots DROP COLUMN paused, DROP COLUMN schedule;
  ALTER TABLE bot_states ADD COLUMN pid integer, ADD COLUMN pid_started text, ADD COLUMN uid integer;
  UPDATE bot_states SET pid = (handle ->> 'pid')::integer, pid_started = handle ->> 'started', uid = (handle ->> 'uid')::integer
    WHERE handle ? 'pid';
  ALTER TABLE bot_states DROP COLUMN handle;`;

/**
 * Bots run elsewhere than in processes too: what an executor finds them by again is its own affair. They can be left alone for
 * maintenance, one or all, and be started and stopped at times.
 */
export class ExtendBots1763901000000 implements MigrationInterface {
  readonly name = 'ExtendBots1763901000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
