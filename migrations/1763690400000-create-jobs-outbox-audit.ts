import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateJobsOutboxAudit1763690400000 implements MigrationInterface {
  readonly name = 'CreateJobsOutboxAudit1763690400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE users (
        id uuid PRIMARY KEY,
        username text NOT NULL,
        password_hash text NOT NULL,
        role text NOT NULL CHECK (role IN ('admin', 'operator', 'viewer', 'user')),
        active boolean NOT NULL DEFAULT true,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX users_username ON users (username);

      CREATE TABLE jobs (
        id uuid PRIMARY KEY,
        queue text NOT NULL,
        name text NOT NULL,
        status text NOT NULL DEFAULT 'queued'
          CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
        payload jsonb NOT NULL,
        result jsonb,
        links jsonb NOT NULL DEFAULT '{}',
        progress_done bigint NOT NULL DEFAULT 0,
        progress_total bigint,
        progress_note text,
        error jsonb,
        attempts integer NOT NULL DEFAULT 0,
        failures integer NOT NULL DEFAULT 0,
        after_id uuid REFERENCES jobs (id),
        worker bigint,
        cancel_requested_at timestamptz,
        created_by uuid REFERENCES users (id),
        created_at timestamptz NOT NULL DEFAULT now(),
        run_at timestamptz NOT NULL DEFAULT now(),
        dispatched_at timestamptz,
        started_at timestamptz,
        finished_at timestamptz
      );
      CREATE INDEX jobs_unfinished ON jobs (status, run_at) WHERE status IN ('queued', 'running');
      CREATE INDEX jobs_after_id ON jobs (after_id) WHERE after_id IS NOT NULL;
      CREATE INDEX jobs_created_at ON jobs (created_at);

      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        topic text NOT NULL,
        type text NOT NULL,
        payload jsonb NOT NULL,
        occurred_at timestamptz NOT NULL DEFAULT now(),
        published_at timestamptz
      );
      CREATE INDEX outbox_unpublished ON outbox (id) WHERE published_at IS NULL;

      CREATE TABLE audit (
        sequence bigint PRIMARY KEY,
        occurred_at timestamptz NOT NULL,
        actor text NOT NULL,
        action text NOT NULL,
        subject_type text NOT NULL,
        subject_id text NOT NULL,
        data jsonb NOT NULL,
        previous_hash text NOT NULL,
        hash text NOT NULL
      );
      CREATE INDEX audit_subject ON audit (subject_type, subject_id);

      GRANT USAGE ON SCHEMA public TO azt3knet_app;
      GRANT SELECT, INSERT, UPDATE ON users TO azt3knet_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON jobs, outbox TO azt3knet_app;
      GRANT SELECT, INSERT ON audit TO azt3knet_app;
      GRANT SELECT ON migrations TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit;
      DROP TABLE outbox;
      DROP TABLE jobs;
      DROP TABLE users;
      REVOKE SELECT ON migrations FROM azt3knet_app;
      REVOKE USAGE ON SCHEMA public FROM azt3knet_app;
    `);
  }
}
