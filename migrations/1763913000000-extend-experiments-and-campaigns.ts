import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Experiments tell of their end, once; what was deleted is still known to later experiments of its name; chats wait for experiments; campaigns know who started
 * them, and why they were held.
 */
export class ExtendExperimentsAndCampaigns1763913000000 implements MigrationInterface {
  readonly name = 'ExtendExperimentsAndCampaigns1763913000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE experiments ADD COLUMN told_at timestamptz;
      UPDATE experiments SET told_at = now() WHERE NOT EXISTS (
        SELECT FROM jobs WHERE status IN ('queued', 'running') AND (jobs.id = experiments.job_id OR jobs.id IN (
          SELECT runs.job_id FROM experiment_runs JOIN runs ON runs.id = experiment_runs.run_id
          WHERE experiment_runs.experiment_id = experiments.id)));
      CREATE INDEX experiments_untold ON experiments (id) WHERE told_at IS NULL;

      CREATE TABLE experiment_deletions (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        digest text NOT NULL,
        registered_at timestamptz NOT NULL,
        completed integer NOT NULL,
        runs integer NOT NULL,
        deleted_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX experiment_deletions_name ON experiment_deletions (name, registered_at);
      GRANT SELECT, INSERT ON experiment_deletions TO azt3knet_app;

      ALTER TABLE conversation_watches ADD COLUMN experiment_id uuid REFERENCES experiments (id) ON DELETE CASCADE;
      CREATE INDEX conversation_watches_experiment_id ON conversation_watches (experiment_id) WHERE experiment_id IS NOT NULL;

      ALTER TABLE campaigns ADD COLUMN started_by uuid, ADD COLUMN held_reason text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE campaigns DROP COLUMN held_reason, DROP COLUMN started_by;
      ALTER TABLE conversation_watches DROP COLUMN experiment_id;
      DROP TABLE experiment_deletions;
      ALTER TABLE experiments DROP COLUMN told_at`);
  }
}
