import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIdempotencyKeys1763700700000 implements MigrationInterface {
  readonly name = 'CreateIdempotencyKeys1763700700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency_keys (
        caller_id uuid NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        state text NOT NULL DEFAULT 'running',
        status integer,
        headers jsonb,
        body text,
        started_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (caller_id, key),
        CONSTRAINT idempotency_keys_state_check CHECK (state IN ('running', 'committed', 'answered'))
      );
      CREATE INDEX idempotency_keys_started_at ON idempotency_keys (started_at);

      GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys');
  }
}
