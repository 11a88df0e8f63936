import type { MigrationInterface, QueryRunner } from 'typeorm';

const WORKFLOWS = `
  CREATE TABLE workflows (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    subject_id uuid,
    input jsonb NOT NULL,
    state text NOT NULL DEFAULT 'running',
    step smallint NOT NULL DEFAULT 0,
    reason text,
    waits_for text,
    waits_id uuid,
    wake_at timestamptz,
    job_id uuid REFERENCES jobs (id),
    actor text NOT NULL,
    created_by uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CONSTRAINT workflows_state_check CHECK (state IN ('running', 'waiting', 'completed', 'failed', 'cancelled')),
    CONSTRAINT workflows_waits_for_check CHECK (waits_for IN ('job', 'decision', 'publication')),
    CONSTRAINT workflows_waits_check CHECK ((waits_for IS NULL) = (waits_id IS NULL))
  );
  CREATE INDEX workflows_created_at ON workflows (created_at, id);
  CREATE INDEX workflows_job ON workflows (job_id) WHERE job_id IS NOT NULL;
  CREATE INDEX workflows_active ON workflows (state, id) WHERE state IN ('running', 'waiting');
  CREATE UNIQUE INDEX workflows_subject ON workflows (name, subject_id)
    WHERE state IN ('running', 'waiting') AND subject_id IS NOT NULL;

  CREATE TABLE workflow_steps (
    workflow_id uuid NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
    ordinal smallint NOT NULL,
    name text NOT NULL,
    state text NOT NULL DEFAULT 'pending',
    attempts integer NOT NULL DEFAULT 0,
    memo jsonb,
    output jsonb,
    started_at timestamptz,
    finished_at timestamptz,
    PRIMARY KEY (workflow_id, ordinal),
    CONSTRAINT workflow_steps_state_check CHECK (
      state IN ('pending', 'running', 'waiting', 'completed', 'failed', 'skipped'))
  );
  GRANT SELECT, INSERT, UPDATE, DELETE ON workflows, workflow_steps TO azt3knet_app;`;

const LIFECYCLES = `
  CREATE TABLE agent_lifecycles (
    agent_id uuid PRIMARY KEY REFERENCES agents (id) ON DELETE CASCADE,
    state text NOT NULL,
    reason text,
    actor text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT agent_lifecycles_state_check CHECK (state IN ('active', 'suspended', 'retired'))
  );
  GRANT SELECT, INSERT, UPDATE, DELETE ON agent_lifecycles TO azt3knet_app;`;

const RECONCILIATION = `
  ALTER TABLE publications ADD COLUMN reconcile_at timestamptz;
  ALTER TABLE publications DROP CONSTRAINT publications_state_check;
  ALTER TABLE publications ADD CONSTRAINT publications_state_check CHECK (state IN ('planned', 'drafted',
    'awaiting_approval', 'due', 'publishing', 'published', 'removed', 'failed', 'cancelled', 'expired'));
  CREATE INDEX publications_reconcile ON publications (reconcile_at) WHERE reconcile_at IS NOT NULL;
  UPDATE publications SET reconcile_at = now() WHERE state = 'published' AND published_at > now() - interval '7 days';`;

/** Workflows with their steps, when publications are reconciled, and the lifecycles of agents. */
export class CreateWorkflows1763900000000 implements MigrationInterface {
  readonly name = 'CreateWorkflows1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(WORKFLOWS);
    await runner.query(LIFECYCLES);
    await runner.query(RECONCILIATION);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE publications SET state = 'failed' WHERE state = 'removed';
      ALTER TABLE publications DROP CONSTRAINT publications_state_check;
      ALTER TABLE publications ADD CONSTRAINT publications_state_check CHECK (state IN ('planned', 'drafted',
        'awaiting_approval', 'due', 'publishing', 'published', 'failed', 'cancelled', 'expired'));
      ALTER TABLE publications DROP COLUMN reconcile_at;
      DROP TABLE agent_lifecycles, workflow_steps, workflows`);
  }
}
