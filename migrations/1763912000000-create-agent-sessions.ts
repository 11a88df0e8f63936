import type { MigrationInterface, QueryRunner } from 'typeorm';

const PLANS = `
  CREATE TABLE session_plans (
    id uuid PRIMARY KEY,
    population_id uuid REFERENCES populations (id),
    network text NOT NULL,
    seed text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    begun_at timestamptz NOT NULL,
    speed integer NOT NULL DEFAULT 1,
    terms jsonb NOT NULL,
    state text NOT NULL DEFAULT 'running',
    sessions integer NOT NULL,
    actor text NOT NULL,
    created_by uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CONSTRAINT session_plans_state_check CHECK (state IN ('running', 'paused', 'completed', 'cancelled')),
    CONSTRAINT session_plans_speed_check CHECK (speed BETWEEN 1 AND 10000)
  );
  CREATE INDEX session_plans_created_at ON session_plans (created_at, id);
  CREATE INDEX session_plans_population_id ON session_plans (population_id) WHERE population_id IS NOT NULL;
  CREATE INDEX session_plans_active ON session_plans (id) WHERE state = 'running';
  GRANT SELECT, INSERT, UPDATE, DELETE ON session_plans TO azt3knet_app;`;

const SESSIONS = `
  CREATE TABLE agent_sessions (
    id uuid PRIMARY KEY,
    plan_id uuid NOT NULL REFERENCES session_plans (id) ON DELETE CASCADE,
    agent_id uuid NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    planned_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'planned',
    reason text,
    workflow_id uuid,
    opened_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT agent_sessions_state_check CHECK (state IN ('planned', 'open', 'ended', 'skipped', 'failed')),
    CONSTRAINT agent_sessions_open_check CHECK (state <> 'open' OR workflow_id IS NOT NULL)
  );
  CREATE INDEX agent_sessions_planned_at ON agent_sessions (planned_at, id);
  CREATE INDEX agent_sessions_plan ON agent_sessions (plan_id, state, planned_at, id);
  CREATE INDEX agent_sessions_agent ON agent_sessions (agent_id, planned_at, id);
  CREATE INDEX agent_sessions_due ON agent_sessions (due_at, id) WHERE state = 'planned';
  CREATE UNIQUE INDEX agent_sessions_open ON agent_sessions (agent_id) WHERE state = 'open';
  CREATE INDEX agent_sessions_workflow ON agent_sessions (workflow_id) WHERE workflow_id IS NOT NULL;

  CREATE TABLE agent_session_views (
    session_id uuid NOT NULL REFERENCES agent_sessions (id) ON DELETE CASCADE,
    rank smallint NOT NULL,
    status_id bigint NOT NULL,
    account_id bigint NOT NULL,
    timeline text NOT NULL,
    PRIMARY KEY (session_id, rank),
    CONSTRAINT agent_session_views_timeline_check CHECK (timeline IN ('home', 'public'))
  );

  CREATE TABLE agent_session_acts (
    session_id uuid NOT NULL REFERENCES agent_sessions (id) ON DELETE CASCADE,
    ordinal smallint NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    status_id bigint NOT NULL,
    account_id bigint NOT NULL,
    state text NOT NULL DEFAULT 'planned',
    reason text,
    due_at timestamptz NOT NULL,
    draft_id uuid,
    remote_id text,
    done_at timestamptz,
    PRIMARY KEY (session_id, ordinal),
    CONSTRAINT agent_session_acts_kind_check CHECK (kind IN ('favourite', 'boost', 'reply', 'follow')),
    CONSTRAINT agent_session_acts_state_check CHECK (state IN ('planned', 'done', 'held', 'refused', 'skipped'))
  );
  GRANT SELECT, INSERT, UPDATE, DELETE ON agent_sessions, agent_session_views, agent_session_acts TO azt3knet_app;`;

/** Sessions of agents on the sandbox network with what they saw and did; which workflow a workflow was started by. */
export class CreateAgentSessions1763912000000 implements MigrationInterface {
  readonly name = 'CreateAgentSessions1763912000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workflows ADD COLUMN parent_id uuid');
    await runner.query(PLANS);
    await runner.query(SESSIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE agent_session_acts, agent_session_views, agent_sessions, session_plans;
      ALTER TABLE workflows DROP COLUMN parent_id`);
  }
}
