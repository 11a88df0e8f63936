import type { MigrationInterface, QueryRunner } from 'typeorm';

const CAMPAIGNS = `
  CREATE TABLE campaigns (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    state text NOT NULL DEFAULT 'draft',
    version integer NOT NULL DEFAULT 1,
    population_id uuid NOT NULL REFERENCES populations (id),
    audience jsonb NOT NULL,
    templates text[] NOT NULL,
    adapter text NOT NULL,
    destination text,
    seed text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    quiet_hours jsonb,
    rhythm jsonb,
    caps jsonb NOT NULL,
    approval jsonb NOT NULL,
    grace_minutes integer NOT NULL,
    plan_cursor text,
    plan_size integer,
    plan_index integer NOT NULL DEFAULT 0,
    planned boolean NOT NULL DEFAULT false,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT campaigns_state_check CHECK (state IN ('draft', 'running', 'paused', 'completed', 'cancelled')),
    CONSTRAINT campaigns_time_check CHECK (starts_at < ends_at)
  );
  CREATE UNIQUE INDEX campaigns_name ON campaigns (name);
  CREATE INDEX campaigns_created_at ON campaigns (created_at, id);
  CREATE INDEX campaigns_population_id ON campaigns (population_id);
  CREATE INDEX campaigns_active ON campaigns (state) WHERE state IN ('running', 'paused');`;

const PUBLICATIONS = `
  CREATE TABLE publications (
    id uuid PRIMARY KEY,
    campaign_id uuid NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    agent_id uuid NOT NULL,
    ordinal integer NOT NULL,
    template text NOT NULL,
    state text NOT NULL DEFAULT 'planned',
    due_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    approvals_needed smallint NOT NULL DEFAULT 0,
    draft_id uuid,
    decision_id uuid REFERENCES decisions (id),
    not_before timestamptz NOT NULL,
    lease_token bigint NOT NULL DEFAULT 0,
    leased_until timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    waiting_since timestamptz,
    reminded_at timestamptz,
    escalated_at timestamptz,
    remote_id text,
    url text,
    reason text,
    published_at timestamptz,
    CONSTRAINT publications_state_check CHECK (state IN ('planned', 'drafted', 'awaiting_approval', 'due', 'publishing',
      'published', 'failed', 'cancelled', 'expired')),
    CONSTRAINT publications_decision_check CHECK (
      state NOT IN ('drafted', 'awaiting_approval', 'due', 'publishing', 'published')
      OR (decision_id IS NOT NULL AND draft_id IS NOT NULL)),
    CONSTRAINT publications_remote_check CHECK (state <> 'published' OR remote_id IS NOT NULL)
  );
  CREATE UNIQUE INDEX publications_ordinal ON publications (campaign_id, agent_id, ordinal);
  CREATE INDEX publications_due_at ON publications (due_at, id);
  CREATE INDEX publications_campaign_due_at ON publications (campaign_id, due_at, id);
  CREATE INDEX publications_campaign_state ON publications (campaign_id, state, due_at, id);
  CREATE INDEX publications_planned ON publications (not_before) WHERE state = 'planned';
  CREATE INDEX publications_drafted ON publications (not_before) WHERE state = 'drafted';
  CREATE INDEX publications_awaiting ON publications (due_at, id) WHERE state = 'awaiting_approval';
  CREATE INDEX publications_due ON publications (not_before) WHERE state = 'due';
  CREATE INDEX publications_open ON publications (expires_at)
    WHERE state IN ('planned', 'drafted', 'awaiting_approval', 'due');
  CREATE INDEX publications_publishing ON publications (leased_until) WHERE state = 'publishing';

  CREATE TABLE publication_approvals (
    publication_id uuid NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    user_id uuid NOT NULL,
    username text NOT NULL,
    verdict text NOT NULL,
    reason text,
    decided_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (publication_id, user_id),
    CONSTRAINT publication_approvals_verdict_check CHECK (verdict IN ('approve', 'reject'))
  );`;

const BUCKETS = `
  CREATE TABLE token_buckets (
    key text PRIMARY KEY,
    full_at double precision NOT NULL
  );

  -- The rows of all acts are taken in one order first, so that two callers wait instead of deadlocking.
  CREATE FUNCTION reserve_tokens(acts jsonb)
    RETURNS TABLE (nth bigint, wait_ms float8, at_ms float8) LANGUAGE plpgsql AS $$
  DECLARE
    every_key text[] := ARRAY(
      SELECT DISTINCT b ->> 'key' AS key FROM jsonb_array_elements(acts) AS a, jsonb_array_elements(a) AS b ORDER BY key);
    act jsonb;
  BEGIN
    INSERT INTO token_buckets (key, full_at) SELECT key, 0 FROM unnest(every_key) AS wanted (key) ORDER BY key
      ON CONFLICT DO NOTHING;
    PERFORM 1 FROM token_buckets WHERE key = ANY (every_key) ORDER BY key FOR UPDATE;
    at_ms := extract(epoch FROM clock_timestamp()) * 1000;
    FOR nth, act IN SELECT a.ordinality, a.value FROM jsonb_array_elements(acts) WITH ORDINALITY AS a LOOP
      SELECT max(greatest(t.full_at, at_ms) - at_ms - (w.burst - 1) * w.step) INTO wait_ms
        FROM jsonb_to_recordset(act) AS w (key text, burst float8, step float8) JOIN token_buckets t ON t.key = w.key;
      IF wait_ms <= 0 THEN
        UPDATE token_buckets t SET full_at = greatest(t.full_at, at_ms) + w.step
          FROM jsonb_to_recordset(act) AS w (key text, step float8) WHERE t.key = w.key;
      END IF;
      RETURN NEXT;
    END LOOP;
  END $$;

  CREATE FUNCTION return_tokens(keys text[], intervals float8[], taken_ms float8) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE at_ms float8;
  BEGIN
    PERFORM 1 FROM token_buckets WHERE key = ANY (keys) ORDER BY key FOR UPDATE;
    at_ms := extract(epoch FROM clock_timestamp()) * 1000;
    UPDATE token_buckets b SET full_at = b.full_at - greatest(0, w.step - (at_ms - taken_ms))
      FROM unnest(keys, intervals) AS w (key, step) WHERE b.key = w.key;
  END $$;`;

const GRANTS = `
  GRANT SELECT, INSERT, UPDATE, DELETE ON campaigns, publications, token_buckets TO azt3knet_app;
  GRANT SELECT, INSERT, DELETE ON publication_approvals TO azt3knet_app;`;

export class CreateCampaigns1763850000000 implements MigrationInterface {
  readonly name = 'CreateCampaigns1763850000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [CAMPAIGNS, PUBLICATIONS, BUCKETS, GRANTS]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION reserve_tokens(jsonb);
      DROP FUNCTION return_tokens(text[], float8[], float8);
      DROP TABLE token_buckets, publication_approvals, publications, campaigns`);
  }
}
