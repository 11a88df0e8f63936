import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePopulationWritings1763770000000 implements MigrationInterface {
  readonly name = 'CreatePopulationWritings1763770000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE population_writings (
        id uuid PRIMARY KEY,
        population_id uuid NOT NULL,
        cassette text NOT NULL,
        position integer NOT NULL DEFAULT 0,
        tally jsonb NOT NULL,
        usage jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX population_writings_population_id ON population_writings (population_id);

      CREATE TABLE written_agents (
        writing_id uuid NOT NULL REFERENCES population_writings (id) ON DELETE CASCADE,
        position integer NOT NULL,
        name text NOT NULL,
        name_key text NOT NULL,
        username_hint text NOT NULL,
        interests text[] NOT NULL,
        bio text NOT NULL,
        bio_bands integer[] NOT NULL,
        behavioral_biases text[] NOT NULL,
        PRIMARY KEY (writing_id, position)
      );
      CREATE INDEX written_agents_name_key ON written_agents (writing_id, name_key);
      CREATE INDEX written_agents_bio_bands ON written_agents USING gin (bio_bands);

      ALTER TABLE populations ADD COLUMN writing_id uuid REFERENCES population_writings (id);

      GRANT SELECT, INSERT, UPDATE, DELETE ON population_writings TO azt3knet_app;
      GRANT SELECT, INSERT, DELETE ON written_agents TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE populations DROP COLUMN writing_id');
    await runner.query('DROP TABLE written_agents; DROP TABLE population_writings');
  }
}
