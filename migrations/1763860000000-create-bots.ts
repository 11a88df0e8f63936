import type { MigrationInterface, QueryRunner } from 'typeorm';

const BOTS = `
  CREATE TABLE bots (
    id text PRIMARY KEY,
    owner_id uuid NOT NULL REFERENCES users (id),
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    role text NOT NULL,
    blueprint text NOT NULL,
    blueprint_sha256 text NOT NULL,
    manifest jsonb NOT NULL,
    configuration jsonb NOT NULL,
    desired_state text NOT NULL DEFAULT 'stopped',
    healing text,
    generation integer NOT NULL DEFAULT 1,
    version integer NOT NULL DEFAULT 1,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT bots_id_check CHECK (id ~ '^[a-z][a-z0-9-]{0,61}[a-z0-9]$'),
    CONSTRAINT bots_desired_state_check CHECK (desired_state IN ('running', 'stopped')),
    CONSTRAINT bots_healing_check CHECK (healing IN ('observe', 'propose', 'act'))
  );
  CREATE INDEX bots_created_at ON bots (created_at, id);

  CREATE TABLE bot_states (
    bot_id text PRIMARY KEY REFERENCES bots (id) ON DELETE CASCADE,
    status text NOT NULL DEFAULT 'registered',
    reason text,
    observed_generation integer NOT NULL DEFAULT 0,
    conditions jsonb NOT NULL DEFAULT '[]',
    host text,
    instance uuid,
    pid integer,
    pid_started text,
    uid integer,
    failures integer NOT NULL DEFAULT 0,
    restarts integer NOT NULL DEFAULT 0,
    next_start_at timestamptz,
    started_at timestamptz,
    stopping_at timestamptz,
    last_exit jsonb,
    last_heartbeat timestamptz,
    report jsonb,
    kept jsonb,
    cpu_load double precision NOT NULL DEFAULT 0,
    memory_usage_mb double precision NOT NULL DEFAULT 0,
    requests_per_second double precision NOT NULL DEFAULT 0,
    error_rate double precision NOT NULL DEFAULT 0,
    last_updated timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT bot_states_status_check CHECK (status IN ('registered', 'starting', 'running', 'unhealthy', 'stopping',
      'stopped', 'backoff', 'failed', 'quarantined'))
  );
  CREATE INDEX bot_states_status ON bot_states (status);
  CREATE INDEX bot_states_instance ON bot_states (instance);

  CREATE TABLE bot_hosts (
    host text PRIMARY KEY,
    holder uuid NOT NULL,
    expires_at timestamptz NOT NULL
  );

  CREATE TABLE bot_transitions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bot_id text NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    status text NOT NULL,
    reason text,
    occurred_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX bot_transitions_bot_id ON bot_transitions (bot_id, id);

  CREATE TABLE bot_logs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bot_id text NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    stream text NOT NULL,
    message text NOT NULL,
    logged_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT bot_logs_stream_check CHECK (stream IN ('stdout', 'stderr', 'host'))
  );
  CREATE INDEX bot_logs_bot_id ON bot_logs (bot_id, id);

  CREATE TABLE bot_commands (
    id uuid PRIMARY KEY,
    bot_id text NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    name text NOT NULL,
    arguments jsonb NOT NULL,
    status text NOT NULL DEFAULT 'pending',
    result jsonb,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CONSTRAINT bot_commands_status_check CHECK (status IN ('pending', 'delivered', 'done', 'failed', 'expired'))
  );
  CREATE INDEX bot_commands_bot_id ON bot_commands (bot_id, created_at, id);
  CREATE INDEX bot_commands_open ON bot_commands (bot_id) WHERE status IN ('pending', 'delivered');`;

const GRANTS = `
  GRANT SELECT, INSERT, UPDATE, DELETE ON bots, bot_states, bot_hosts, bot_commands TO azt3knet_app;
  GRANT SELECT, INSERT, DELETE ON bot_transitions, bot_logs TO azt3knet_app;`;

/** Bots: what people want of them, what is seen of them, what they log, are told, and were. */
export class CreateBots1763860000000 implements MigrationInterface {
  readonly name = 'CreateBots1763860000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(BOTS);
    await runner.query(GRANTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bot_commands, bot_logs, bot_transitions, bot_hosts, bot_states, bots');
  }
}
