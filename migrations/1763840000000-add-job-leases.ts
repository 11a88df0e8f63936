import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = `
  CREATE SEQUENCE job_lease_tokens;
  ALTER TABLE jobs
    ADD COLUMN lease_token bigint,
    ADD COLUMN lease_expires_at timestamptz,
    ADD COLUMN timeout_seconds integer,
    ADD COLUMN deadline_at timestamptz,
    ADD COLUMN most_failures integer,
    ADD COLUMN dead_letter boolean NOT NULL DEFAULT false,
    ADD COLUMN owner text NOT NULL DEFAULT '',
    ADD COLUMN priority smallint NOT NULL DEFAULT 0,
    ADD COLUMN turn bigint,
    ADD COLUMN after_ids uuid[] NOT NULL DEFAULT '{}',
    ADD COLUMN waiting boolean NOT NULL DEFAULT false,
    ADD COLUMN on_parent_failure text NOT NULL DEFAULT 'fail',
    ADD COLUMN key text,
    ADD COLUMN key_concurrency integer,
    ADD COLUMN key_rate integer,
    ADD COLUMN key_seconds integer,
    ADD COLUMN dedup_key text,
    ADD COLUMN schedule text,
    ADD COLUMN due_at timestamptz,
    ADD CONSTRAINT jobs_on_parent_failure_check CHECK (on_parent_failure IN ('fail', 'run'));
  ALTER SEQUENCE job_lease_tokens OWNED BY jobs.lease_token;
  UPDATE jobs SET owner = COALESCE(created_by::text, ''), after_ids = array_remove(ARRAY[after_id], NULL),
    waiting = status = 'queued' AND after_id IS NOT NULL;
  ALTER TABLE jobs DROP COLUMN after_id, DROP COLUMN dispatched_at;
  DROP INDEX jobs_unfinished;`;

/** Each answers one question of those that claim, wake and recover. */
const INDEXES = `
  CREATE INDEX jobs_unfinished ON jobs (queue, owner, turn) WHERE status IN ('queued', 'running');
  CREATE INDEX jobs_ready ON jobs (queue, priority, turn) WHERE status = 'queued' AND turn IS NOT NULL AND key IS NULL;
  CREATE INDEX jobs_ready_by_key ON jobs (queue, key, priority, turn)
    WHERE status = 'queued' AND turn IS NOT NULL AND key IS NOT NULL;
  CREATE INDEX jobs_delayed ON jobs (queue, run_at) WHERE status = 'queued' AND turn IS NULL AND NOT waiting;
  CREATE INDEX jobs_waiting ON jobs (id) WHERE status = 'queued' AND waiting;
  CREATE INDEX jobs_leased ON jobs (lease_expires_at) WHERE status = 'running';
  CREATE INDEX jobs_running_by_key ON jobs (queue, key) WHERE status = 'running' AND key IS NOT NULL;
  CREATE INDEX jobs_dead_letters ON jobs (finished_at) WHERE dead_letter;
  CREATE INDEX jobs_after_ids ON jobs USING gin (after_ids) WHERE after_ids <> '{}';
  CREATE UNIQUE INDEX jobs_dedup_key ON jobs (name, dedup_key)
    WHERE dedup_key IS NOT NULL AND status IN ('queued', 'running');
  CREATE UNIQUE INDEX jobs_schedule ON jobs (schedule, due_at) WHERE schedule IS NOT NULL;`;

const TABLES = `
  CREATE TABLE job_turns (queue text PRIMARY KEY, turn bigint NOT NULL);
  CREATE TABLE job_rates (
    queue text NOT NULL,
    key text NOT NULL,
    tokens double precision NOT NULL,
    filled_at timestamptz NOT NULL,
    PRIMARY KEY (queue, key)
  );
  CREATE TABLE job_schedules (
    name text PRIMARY KEY,
    cron text NOT NULL,
    timezone text NOT NULL,
    queue text NOT NULL,
    job text NOT NULL,
    payload jsonb NOT NULL,
    catch_up text NOT NULL,
    catch_up_limit integer NOT NULL,
    paused boolean NOT NULL DEFAULT false,
    next_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT job_schedules_catch_up_check CHECK (catch_up IN ('none', 'last', 'all'))
  );
  CREATE INDEX job_schedules_next_at ON job_schedules (next_at) WHERE NOT paused;
  GRANT USAGE ON SEQUENCE job_lease_tokens TO azt3knet_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON job_turns, job_rates, job_schedules TO azt3knet_app;`;

/**
 * Takes ready jobs of a queue under new leases. One statement of the caller, so that a caller who is stopped in the middle holds
 * nothing; one claim of a queue at a time, so that limits of keys and turns are counted on what is committed.
 */
export const CLAIM = `
  CREATE FUNCTION claim_jobs(of_queue text, most integer, by_worker bigint, lease_seconds double precision)
  RETURNS SETOF jobs LANGUAGE plpgsql AS $$
  DECLARE
    clock bigint;
    candidates uuid[];
    taken uuid[];
    head record;
    room integer;
  BEGIN
    PERFORM pg_advisory_xact_lock(4187006, hashtext(of_queue));
    SELECT turn INTO clock FROM job_turns WHERE queue = of_queue;
    clock := COALESCE(clock, 0);

    -- What has become due gets its turn behind the others of its owner.
    IF EXISTS (SELECT FROM jobs WHERE queue = of_queue AND status = 'queued' AND turn IS NULL AND NOT waiting
                 AND run_at <= now()) THEN
      UPDATE jobs SET turn = due.turn FROM (
        SELECT next.id, row_number() OVER (PARTITION BY next.owner ORDER BY next.run_at) + GREATEST(clock,
          (SELECT max(j.turn) FROM jobs j WHERE j.queue = of_queue AND j.owner = next.owner
             AND j.status IN ('queued', 'running'))) AS turn
        FROM (SELECT id, owner, run_at FROM jobs
              WHERE queue = of_queue AND status = 'queued' AND turn IS NULL AND NOT waiting AND run_at <= now()
              ORDER BY run_at LIMIT 1000 FOR UPDATE SKIP LOCKED) AS next
      ) AS due WHERE jobs.id = due.id;
    END IF;

    candidates := ARRAY(SELECT id FROM jobs
      WHERE queue = of_queue AND status = 'queued' AND turn IS NOT NULL AND key IS NULL
      ORDER BY priority, turn LIMIT most FOR UPDATE SKIP LOCKED);

    FOR head IN
      WITH RECURSIVE keys AS (
        (SELECT key FROM jobs WHERE queue = of_queue AND status = 'queued' AND turn IS NOT NULL AND key IS NOT NULL
         ORDER BY key LIMIT 1)
        UNION ALL
        SELECT (SELECT j.key FROM jobs j WHERE j.queue = of_queue AND j.status = 'queued' AND j.turn IS NOT NULL
                  AND j.key IS NOT NULL AND j.key > keys.key ORDER BY j.key LIMIT 1)
        FROM keys WHERE keys.key IS NOT NULL
      )
      SELECT first.key, first.key_concurrency, LEAST(first.key_rate, COALESCE(job_rates.tokens, first.key_rate)
          + first.key_rate * extract(epoch FROM now() - job_rates.filled_at) / first.key_seconds) AS tokens
      FROM keys CROSS JOIN LATERAL (
        SELECT * FROM jobs j WHERE j.queue = of_queue AND j.status = 'queued' AND j.turn IS NOT NULL
          AND j.key = keys.key ORDER BY j.priority, j.turn LIMIT 1
      ) AS first LEFT JOIN job_rates ON job_rates.queue = of_queue AND job_rates.key = first.key
    LOOP
      room := LEAST(most, floor(head.tokens));
      IF head.key_concurrency IS NOT NULL THEN
        room := LEAST(room, head.key_concurrency - (SELECT count(*) FROM jobs
          WHERE queue = of_queue AND status = 'running' AND key = head.key));
      END IF;
      IF room > 0 THEN
        candidates := candidates || ARRAY(SELECT id FROM jobs
          WHERE queue = of_queue AND status = 'queued' AND turn IS NOT NULL AND key = head.key
          ORDER BY priority, turn LIMIT room FOR UPDATE SKIP LOCKED);
      END IF;
    END LOOP;

    taken := ARRAY(SELECT id FROM jobs WHERE id = ANY (candidates) ORDER BY priority, turn LIMIT most);
    IF cardinality(taken) = 0 THEN
      RETURN;
    END IF;
    INSERT INTO job_turns SELECT of_queue, max(turn) FROM jobs WHERE id = ANY (taken)
      ON CONFLICT (queue) DO UPDATE SET turn = GREATEST(job_turns.turn, excluded.turn);
    INSERT INTO job_rates
      SELECT of_queue, key, min(key_rate) - count(*), now() FROM jobs
      WHERE id = ANY (taken) AND key_rate IS NOT NULL GROUP BY key
      ON CONFLICT (queue, key) DO UPDATE SET filled_at = now(), tokens = (
        SELECT LEAST(min(j.key_rate), job_rates.tokens
          + min(j.key_rate) * extract(epoch FROM now() - job_rates.filled_at) / min(j.key_seconds)) - count(*)
        FROM jobs j WHERE j.id = ANY (taken) AND j.key = job_rates.key);
    RETURN QUERY
      UPDATE jobs SET status = 'running', attempts = attempts + 1, worker = by_worker, turn = NULL,
        lease_token = nextval('job_lease_tokens'),
        lease_expires_at = clock_timestamp() + make_interval(secs => lease_seconds),
        deadline_at = clock_timestamp() + make_interval(secs => timeout_seconds),
        progress_done = 0, progress_note = NULL, started_at = COALESCE(started_at, clock_timestamp())
      WHERE id = ANY (taken) RETURNING jobs.*;
  END $$;`;

export class AddJobLeases1763840000000 implements MigrationInterface {
  readonly name = 'AddJobLeases1763840000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [COLUMNS, INDEXES, TABLES, CLAIM]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION claim_jobs;
      DROP TABLE job_schedules;
      DROP TABLE job_rates;
      DROP TABLE job_turns;
      DROP INDEX jobs_unfinished;
      ALTER TABLE jobs ADD COLUMN after_id uuid REFERENCES jobs (id), ADD COLUMN dispatched_at timestamptz;
      UPDATE jobs SET after_id = (SELECT id FROM jobs AS earlier WHERE earlier.id = jobs.after_ids[1]);
      ALTER TABLE jobs
        DROP COLUMN lease_token, DROP COLUMN lease_expires_at, DROP COLUMN timeout_seconds, DROP COLUMN deadline_at,
        DROP COLUMN most_failures, DROP COLUMN dead_letter, DROP COLUMN owner, DROP COLUMN priority,
        DROP COLUMN turn, DROP COLUMN after_ids, DROP COLUMN waiting, DROP COLUMN on_parent_failure,
        DROP COLUMN key, DROP COLUMN key_concurrency, DROP COLUMN key_rate, DROP COLUMN key_seconds,
        DROP COLUMN dedup_key, DROP COLUMN schedule, DROP COLUMN due_at;
      CREATE INDEX jobs_unfinished ON jobs (status, run_at) WHERE status IN ('queued', 'running');
      CREATE INDEX jobs_after_id ON jobs (after_id) WHERE after_id IS NOT NULL;
    `);
  }
}
