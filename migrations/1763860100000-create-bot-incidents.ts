import type { MigrationInterface, QueryRunner } from 'typeorm';

const INCIDENTS = `
  CREATE TABLE bot_incidents (
    id uuid PRIMARY KEY,
    bot_id text NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    symptom text NOT NULL,
    evidence jsonb NOT NULL,
    playbook text NOT NULL,
    action text NOT NULL,
    mode text NOT NULL,
    status text NOT NULL,
    note text,
    decided_by text,
    opened_at timestamptz NOT NULL DEFAULT now(),
    acted_at timestamptz,
    closed_at timestamptz,
    CONSTRAINT bot_incidents_mode_check CHECK (mode IN ('observe', 'propose', 'act')),
    CONSTRAINT bot_incidents_status_check CHECK (status IN ('observed', 'proposed', 'approved', 'acting', 'succeeded', 'failed',
      'dismissed', 'passed'))
  );
  CREATE UNIQUE INDEX bot_incidents_open ON bot_incidents (bot_id, symptom)
    WHERE status IN ('observed', 'proposed', 'approved', 'acting');
  CREATE INDEX bot_incidents_opened_at ON bot_incidents (opened_at, id);
  CREATE INDEX bot_incidents_bot_id ON bot_incidents (bot_id, opened_at, id);
  CREATE INDEX bot_incidents_playbook ON bot_incidents (playbook, closed_at) WHERE acted_at IS NOT NULL;`;

/** What was out of the usual with bots, what was done, and what came of it. */
export class CreateBotIncidents1763860100000 implements MigrationInterface {
  readonly name = 'CreateBotIncidents1763860100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(INCIDENTS);
    await runner.query('GRANT SELECT, INSERT, UPDATE, DELETE ON bot_incidents TO azt3knet_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bot_incidents');
  }
}
