import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePopulations1763690500000 implements MigrationInterface {
  readonly name = 'CreatePopulations1763690500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE populations (
        id uuid PRIMARY KEY,
        digest text NOT NULL,
        specification jsonb NOT NULL,
        seed text NOT NULL,
        count integer NOT NULL CHECK (count > 0),
        generator_version integer NOT NULL,
        persisted boolean NOT NULL DEFAULT false,
        decision_id uuid NOT NULL,
        created_by uuid REFERENCES users (id),
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX populations_digest ON populations (digest);
      CREATE INDEX populations_created_at ON populations (created_at);

      CREATE TABLE agents (
        id uuid PRIMARY KEY,
        population_id uuid NOT NULL REFERENCES populations (id) ON DELETE CASCADE,
        position integer NOT NULL,
        seed text NOT NULL,
        name text NOT NULL,
        username_hint text NOT NULL,
        country text NOT NULL,
        city text NOT NULL,
        locale text NOT NULL,
        timezone text NOT NULL,
        age smallint NOT NULL CHECK (age BETWEEN 13 AND 90),
        gender text NOT NULL CHECK (gender IN ('female', 'male', 'non_binary', 'unspecified')),
        interests text[] NOT NULL,
        bio text NOT NULL,
        posting_cadence text NOT NULL CHECK (posting_cadence IN ('hourly', 'daily', 'weekly', 'monthly')),
        tone text NOT NULL
          CHECK (tone IN ('casual', 'formal', 'enthusiastic', 'sarcastic', 'informative')),
        behavioral_biases text[] NOT NULL
      );
      CREATE UNIQUE INDEX agents_position ON agents (population_id, position);
      CREATE UNIQUE INDEX agents_username_hint ON agents (population_id, username_hint);

      CREATE TABLE population_exports (
        population_id uuid NOT NULL REFERENCES populations (id) ON DELETE CASCADE,
        format text NOT NULL CHECK (format IN ('json', 'jsonl', 'csv')),
        bytes bigint NOT NULL,
        sha256 text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (population_id, format)
      );

      GRANT SELECT, INSERT, UPDATE ON populations, population_exports TO azt3knet_app;
      GRANT SELECT, INSERT ON agents TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE population_exports; DROP TABLE agents; DROP TABLE populations');
  }
}
