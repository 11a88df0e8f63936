import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Incidents of all subjects; the columns of bots go on to delete theirs with them. */
const INCIDENTS = `
  ALTER TABLE bot_incidents RENAME TO incidents;
  ALTER TABLE incidents RENAME CONSTRAINT bot_incidents_pkey TO incidents_pkey;
  ALTER TABLE incidents RENAME CONSTRAINT bot_incidents_bot_id_fkey TO incidents_bot_id_fkey;
  ALTER TABLE incidents RENAME CONSTRAINT bot_incidents_mode_check TO incidents_mode_check;
  ALTER TABLE incidents RENAME CONSTRAINT bot_incidents_status_check TO incidents_status_check;
  ALTER TABLE incidents ADD subject text, ADD subject_id text, ALTER bot_id DROP NOT NULL;
  UPDATE incidents SET subject = 'bot', subject_id = bot_id;
  ALTER TABLE incidents ALTER subject SET NOT NULL, ALTER subject_id SET NOT NULL,
    ADD CONSTRAINT incidents_subject_check CHECK (subject IN ('bot', 'worker', 'queue', 'dependency')),
    ADD CONSTRAINT incidents_bot_check CHECK ((subject = 'bot') = (bot_id IS NOT NULL) AND (bot_id IS NULL OR bot_id = subject_id));
  DROP INDEX bot_incidents_open;
  DROP INDEX bot_incidents_bot_id;
  CREATE UNIQUE INDEX incidents_open ON incidents (subject, subject_id, symptom)
    WHERE status IN ('observed', 'proposed', 'approved', 'acting');
  CREATE INDEX incidents_subject ON incidents (subject, subject_id, opened_at, id);
  CREATE INDEX incidents_bot_id ON incidents (bot_id) WHERE bot_id IS NOT NULL;
  ALTER INDEX bot_incidents_opened_at RENAME TO incidents_opened_at;
  ALTER INDEX bot_incidents_playbook RENAME TO incidents_playbook;`;

/** Who is there, and who heals, is known anew after a crash of the database. */
const WORKERS = `
  CREATE UNLOGGED TABLE workers (
    id text PRIMARY KEY,
    key bigint NOT NULL,
    host text NOT NULL,
    pid integer NOT NULL,
    queues text[] NOT NULL,
    concurrency integer NOT NULL,
    desired_state text NOT NULL DEFAULT 'running',
    desired_concurrency integer,
    healing text,
    changed_by text,
    phase text NOT NULL DEFAULT 'running',
    running integer NOT NULL DEFAULT 0,
    rss_mb double precision NOT NULL DEFAULT 0,
    memory_limit_mb double precision NOT NULL DEFAULT 0,
    event_loop_lag_ms double precision NOT NULL DEFAULT 0,
    started_at timestamptz NOT NULL DEFAULT now(),
    last_heartbeat timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT workers_desired_state_check CHECK (desired_state IN ('running', 'drained')),
    CONSTRAINT workers_healing_check CHECK (healing IN ('observe', 'propose', 'act')),
    CONSTRAINT workers_phase_check CHECK (phase IN ('running', 'draining', 'drained'))
  );
  CREATE UNLOGGED TABLE healing_leases (
    name text PRIMARY KEY,
    holder uuid NOT NULL,
    expires_at timestamptz NOT NULL
  );
  CREATE TABLE job_queues (
    queue text PRIMARY KEY,
    paused boolean NOT NULL DEFAULT false,
    concurrency integer,
    healing text,
    changed_by text,
    changed_at timestamptz,
    attempts bigint NOT NULL DEFAULT 0,
    errors bigint NOT NULL DEFAULT 0,
    CONSTRAINT job_queues_healing_check CHECK (healing IN ('observe', 'propose', 'act'))
  );
  ALTER TABLE jobs ADD redriven boolean NOT NULL DEFAULT false;
  GRANT SELECT, INSERT, UPDATE, DELETE ON workers, healing_leases, job_queues TO azt3knet_app;`;

/** Who saw and decided on incidents of bots still does. */
const ROLES = `
  UPDATE roles SET permissions = permissions || '{incidents:read}' WHERE 'bots:read' = ANY (permissions);
  UPDATE roles SET permissions = permissions || '{incidents:decide}' WHERE 'bots:run' = ANY (permissions);`;

const BACK = `
  UPDATE roles SET permissions = array_remove(array_remove(permissions, 'incidents:read'), 'incidents:decide');
  ALTER TABLE jobs DROP redriven;
  DROP TABLE job_queues;
  DROP TABLE healing_leases;
  DROP TABLE workers;
  DELETE FROM incidents WHERE subject <> 'bot';
  ALTER INDEX incidents_playbook RENAME TO bot_incidents_playbook;
  ALTER INDEX incidents_opened_at RENAME TO bot_incidents_opened_at;
  DROP INDEX incidents_bot_id;
  DROP INDEX incidents_subject;
  DROP INDEX incidents_open;
  ALTER TABLE incidents DROP subject, DROP subject_id, ALTER bot_id SET NOT NULL;
  ALTER TABLE incidents RENAME CONSTRAINT incidents_status_check TO bot_incidents_status_check;
  ALTER TABLE incidents RENAME CONSTRAINT incidents_mode_check TO bot_incidents_mode_check;
  ALTER TABLE incidents RENAME CONSTRAINT incidents_bot_id_fkey TO bot_incidents_bot_id_fkey;
  ALTER TABLE incidents RENAME CONSTRAINT incidents_pkey TO bot_incidents_pkey;
  ALTER TABLE incidents RENAME TO bot_incidents;
  CREATE UNIQUE INDEX bot_incidents_open ON bot_incidents (bot_id, symptom)
    WHERE status IN ('observed', 'proposed', 'approved', 'acting');
  CREATE INDEX bot_incidents_bot_id ON bot_incidents (bot_id, opened_at, id);`;

/** Self-healing of workers and queues: who they are, what is wanted of them, and incidents of all. */
export class ExtendHealing1763911000000 implements MigrationInterface {
  readonly name = 'ExtendHealing1763911000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [INCIDENTS, WORKERS, ROLES]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(BACK);
  }
}
