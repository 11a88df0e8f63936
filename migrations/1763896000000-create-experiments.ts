import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Experiments: runs over arms and seeds, with what was settled before the first of them. */
export class CreateExperiments1763896000000 implements MigrationInterface {
  readonly name = 'CreateExperiments1763896000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE experiments (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        title text NOT NULL,
        digest text NOT NULL,
        file_sha256 text NOT NULL,
        preregistration_sha256 text NOT NULL,
        definition jsonb NOT NULL,
        scenario text NOT NULL,
        scenario_version text NOT NULL,
        arms jsonb NOT NULL,
        ticks integer NOT NULL,
        job_id uuid NOT NULL REFERENCES jobs (id),
        decision_id uuid REFERENCES decisions (id),
        interim_looks integer NOT NULL DEFAULT 0,
        created_by uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        cancelled_at timestamptz,
        CONSTRAINT experiments_ticks_check CHECK (ticks > 0)
      );
      CREATE UNIQUE INDEX experiments_digest ON experiments (digest);
      CREATE INDEX experiments_created_at ON experiments (created_at, id);
      CREATE INDEX experiments_name ON experiments (name, created_at);
      CREATE INDEX experiments_job ON experiments (job_id);

      CREATE TABLE experiment_runs (
        experiment_id uuid NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
        seed text NOT NULL,
        arm text NOT NULL,
        place integer NOT NULL,
        run_id uuid REFERENCES runs (id) ON DELETE SET NULL,
        preparing uuid[] NOT NULL DEFAULT '{}',
        PRIMARY KEY (experiment_id, seed, arm)
      );
      CREATE UNIQUE INDEX experiment_runs_run ON experiment_runs (run_id) WHERE run_id IS NOT NULL;
      GRANT SELECT, INSERT, UPDATE, DELETE ON experiments, experiment_runs TO azt3knet_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE experiment_runs; DROP TABLE experiments');
  }
}
