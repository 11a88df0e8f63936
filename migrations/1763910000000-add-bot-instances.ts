import type { MigrationInterface, QueryRunner } from 'typeorm';

const WANTED = `
  ALTER TABLE bots
    ADD COLUMN replicas integer NOT NULL DEFAULT 1,
    ADD COLUMN revision integer NOT NULL DEFAULT 1,
    ADD COLUMN restart_generation integer NOT NULL DEFAULT 1,
    ADD CONSTRAINT bots_replicas_check CHECK (replicas BETWEEN 0 AND 50);
  UPDATE bots SET restart_generation = generation, manifest = manifest || '{"update": {"strategy": "rolling",
    "min_ready_seconds": 5, "progress_deadline_seconds": 120}}';

  CREATE TABLE bot_revisions (
    bot_id text NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    revision integer NOT NULL,
    blueprint text NOT NULL,
    blueprint_sha256 text NOT NULL,
    manifest jsonb NOT NULL,
    configuration jsonb NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (bot_id, revision)
  );
  INSERT INTO bot_revisions (bot_id, revision, blueprint, blueprint_sha256, manifest, configuration, created_by, created_at)
    SELECT id, revision, blueprint, blueprint_sha256, manifest, configuration, created_by, created_at FROM bots;`;

const SEEN = `
  CREATE TABLE bot_instances (
    bot_id text NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    ordinal integer NOT NULL,
    generation integer NOT NULL,
    revision integer NOT NULL,
    retiring text,
    status text NOT NULL DEFAULT 'registered',
    reason text,
    observed_generation integer NOT NULL DEFAULT 0,
    conditions jsonb NOT NULL DEFAULT '[]',
    instance uuid,
    handle jsonb,
    place text,
    failures integer NOT NULL DEFAULT 0,
    starts integer NOT NULL DEFAULT 0,
    next_start_at timestamptz,
    started_at timestamptz,
    stopping_at timestamptz,
    ready_since timestamptz,
    last_exit jsonb,
    last_heartbeat timestamptz,
    report jsonb,
    cpu_load double precision NOT NULL DEFAULT 0,
    memory_usage_mb double precision NOT NULL DEFAULT 0,
    requests_per_second double precision NOT NULL DEFAULT 0,
    error_rate double precision NOT NULL DEFAULT 0,
    last_updated timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (bot_id, ordinal),
    CONSTRAINT bot_instances_ordinal_check CHECK (ordinal BETWEEN 0 AND 999),
    CONSTRAINT bot_instances_retiring_check CHECK (retiring IN ('Replaced', 'ScaledDown')),
    CONSTRAINT bot_instances_status_check CHECK (status IN ('registered', 'starting', 'running', 'unhealthy', 'stopping',
      'stopped', 'backoff', 'failed', 'quarantined'))
  );
  CREATE INDEX bot_instances_instance ON bot_instances (instance);
  INSERT INTO bot_instances (bot_id, ordinal, generation, revision, status, reason, observed_generation, conditions, instance,
      handle, place, failures, starts, next_start_at, started_at, stopping_at, ready_since, last_exit, last_heartbeat, report,
      cpu_load, memory_usage_mb, requests_per_second, error_rate, last_updated)
    SELECT bot_id, 0, observed_generation, 1, status, reason, observed_generation, conditions, instance, handle,
      coalesce('pid ' || (handle ->> 'pid'), 'job ' || (handle ->> 'job')), failures, restarts + 1, next_start_at, started_at,
      stopping_at, CASE WHEN status = 'running' THEN now() END, last_exit, last_heartbeat, report, cpu_load, memory_usage_mb,
      requests_per_second, error_rate, last_updated
    FROM bot_states WHERE observed_generation > 0;

  ALTER TABLE bot_states
    ADD COLUMN good_revision integer,
    ADD COLUMN updated_replicas integer NOT NULL DEFAULT 0,
    ADD COLUMN progress_at timestamptz;
  UPDATE bot_states SET conditions = '[]', good_revision = CASE WHEN status = 'running' THEN 1 END,
    updated_replicas = CASE WHEN status = 'running' THEN 1 ELSE 0 END;
  ALTER TABLE bot_states DROP COLUMN instance, DROP COLUMN handle, DROP COLUMN failures, DROP COLUMN next_start_at,
    DROP COLUMN started_at, DROP COLUMN stopping_at, DROP COLUMN last_heartbeat, DROP COLUMN report, DROP COLUMN cpu_load,
    DROP COLUMN memory_usage_mb, DROP COLUMN requests_per_second, DROP COLUMN error_rate;
  ALTER TABLE bot_logs ADD COLUMN ordinal integer;
  ALTER TABLE bot_commands ADD COLUMN ordinal integer;
  GRANT SELECT, INSERT, UPDATE, DELETE ON bot_instances, bot_revisions TO azt3knet_app;`;

const DOWN = `
  ALTER TABLE bot_commands DROP COLUMN ordinal;
  ALTER TABLE bot_logs DROP COLUMN ordinal;
  ALTER TABLE bot_states
    ADD COLUMN instance uuid,
    ADD COLUMN handle jsonb,
    ADD COLUMN failures integer NOT NULL DEFAULT 0,
    ADD COLUMN next_start_at timestamptz,
    ADD COLUMN started_at timestamptz,
    ADD COLUMN stopping_at timestamptz,
    ADD COLUMN last_heartbeat timestamptz,
    ADD COLUMN report jsonb,
    ADD COLUMN cpu_load double precision NOT NULL DEFAULT 0,
    ADD COLUMN memory_usage_mb double precision NOT NULL DEFAULT 0,
    ADD COLUMN requests_per_second double precision NOT NULL DEFAULT 0,
    ADD COLUMN error_rate double precision NOT NULL DEFAULT 0;
  UPDATE bot_states SET status = one.status, reason = one.reason, observed_generation = one.observed_generation,
      conditions = one.conditions, instance = one.instance, handle = one.handle, failures = one.failures,
      next_start_at = one.next_start_at, started_at = one.started_at, stopping_at = one.stopping_at,
      last_heartbeat = one.last_heartbeat, report = one.report, cpu_load = one.cpu_load,
      memory_usage_mb = one.memory_usage_mb, requests_per_second = one.requests_per_second, error_rate = one.error_rate
    FROM (SELECT DISTINCT ON (bot_id) * FROM bot_instances ORDER BY bot_id, ordinal) AS one
    WHERE one.bot_id = bot_states.bot_id;
  CREATE INDEX bot_states_instance ON bot_states (instance);
  ALTER TABLE bot_states DROP COLUMN good_revision, DROP COLUMN updated_replicas, DROP COLUMN progress_at;
  DROP TABLE bot_instances, bot_revisions;
  UPDATE bots SET manifest = manifest - 'update';
  ALTER TABLE bots DROP COLUMN replicas, DROP COLUMN revision, DROP COLUMN restart_generation;`;

/** Bots have replicas, each with a row of its own, and revisions to go back to. */
export class AddBotInstances1763910000000 implements MigrationInterface {
  readonly name = 'AddBotInstances1763910000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(WANTED);
    await runner.query(SEEN);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
