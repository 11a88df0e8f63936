import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCassettes1763760000000 implements MigrationInterface {
  readonly name = 'CreateCassettes1763760000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE cassettes (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX cassettes_name ON cassettes (name);
      CREATE INDEX cassettes_listed ON cassettes (created_at, id);

      CREATE TABLE cassette_entries (
        cassette_id uuid NOT NULL REFERENCES cassettes (id) ON DELETE CASCADE,
        key text NOT NULL,
        backend text NOT NULL,
        model text NOT NULL,
        model_digest text NOT NULL,
        entry text NOT NULL,
        sha256 text NOT NULL,
        session_id uuid,
        input_tokens integer NOT NULL,
        output_tokens integer NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (cassette_id, key)
      );
      CREATE INDEX cassette_entries_models ON cassette_entries (cassette_id, backend, model, model_digest);

      GRANT SELECT, INSERT, DELETE ON cassettes TO azt3knet_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON cassette_entries TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE cassette_entries; DROP TABLE cassettes');
  }
}
