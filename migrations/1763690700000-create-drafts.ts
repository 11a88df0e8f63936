import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDrafts1763690700000 implements MigrationInterface {
  readonly name = 'CreateDrafts1763690700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE drafts (
        id uuid PRIMARY KEY,
        agent_id uuid NOT NULL REFERENCES agents (id),
        population_id uuid REFERENCES populations (id),
        template text NOT NULL,
        template_version text NOT NULL,
        language text NOT NULL,
        seed text NOT NULL,
        caption text NOT NULL,
        alt_text text NOT NULL,
        hashtags text[] NOT NULL,
        variations jsonb NOT NULL,
        metadata jsonb NOT NULL,
        quality double precision NOT NULL,
        sentiment double precision NOT NULL,
        readability double precision NOT NULL,
        decision_id uuid NOT NULL REFERENCES decisions (id),
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX drafts_population ON drafts (population_id, id);
      CREATE INDEX drafts_agent ON drafts (agent_id, id);

      CREATE TABLE draft_batches (
        id uuid PRIMARY KEY,
        population_id uuid NOT NULL REFERENCES populations (id),
        template text NOT NULL,
        template_version text NOT NULL,
        seed text NOT NULL,
        drafts_per_agent integer NOT NULL,
        variations integer,
        job_id uuid NOT NULL REFERENCES jobs (id),
        drafts integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX draft_batches_population ON draft_batches (population_id);

      GRANT SELECT, INSERT ON drafts, draft_batches TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE draft_batches;
      DROP TABLE drafts;
    `);
  }
}
