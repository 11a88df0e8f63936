import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRuns1763690800000 implements MigrationInterface {
  readonly name = 'CreateRuns1763690800000';

  async up(runner: QueryRunner): Promise<void> {
    // A run is accepted before its population and drafts are there: their ids are known, their rows come later.
    await runner.query(`
      CREATE TABLE runs (
        id uuid PRIMARY KEY,
        scenario text NOT NULL,
        scenario_version text NOT NULL,
        scenario_digest text NOT NULL,
        definition jsonb NOT NULL,
        seed text NOT NULL,
        ticks integer NOT NULL CHECK (ticks > 0),
        population_id uuid NOT NULL,
        draft_batch_id uuid NOT NULL,
        job_id uuid NOT NULL REFERENCES jobs (id),
        checksum bigint,
        totals jsonb,
        created_by uuid REFERENCES users (id),
        created_at timestamptz NOT NULL DEFAULT now(),
        completed_at timestamptz
      );
      CREATE INDEX runs_created_at ON runs (created_at, id);
      CREATE INDEX runs_population ON runs (population_id);
      CREATE UNIQUE INDEX runs_job ON runs (job_id);

      CREATE TABLE run_ticks (
        run_id uuid NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        tick integer NOT NULL,
        active integer NOT NULL,
        idle integer NOT NULL,
        posts integer NOT NULL,
        exposures integer NOT NULL,
        reactions integer NOT NULL,
        comments integer NOT NULL,
        replies integer NOT NULL,
        reposts integer NOT NULL,
        mean_depth double precision NOT NULL,
        reached integer NOT NULL,
        acted integer NOT NULL,
        PRIMARY KEY (run_id, tick)
      );

      CREATE TABLE run_files (
        run_id uuid NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        name text NOT NULL,
        media_type text NOT NULL,
        bytes bigint NOT NULL,
        sha256 text NOT NULL,
        PRIMARY KEY (run_id, name)
      );

      GRANT SELECT, INSERT, UPDATE ON runs TO azt3knet_app;
      GRANT SELECT, INSERT ON run_ticks, run_files TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE run_files; DROP TABLE run_ticks; DROP TABLE runs');
  }
}
