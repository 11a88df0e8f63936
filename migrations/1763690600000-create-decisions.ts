import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDecisions1763690600000 implements MigrationInterface {
  readonly name = 'CreateDecisions1763690600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE decisions (
        id uuid PRIMARY KEY,
        subject_type text NOT NULL,
        subject_id text NOT NULL,
        text_hash text NOT NULL,
        policies jsonb NOT NULL,
        action text NOT NULL CHECK (action IN ('allow', 'label', 'review', 'block')),
        checked boolean NOT NULL,
        compliance_score double precision NOT NULL CHECK (compliance_score BETWEEN 0 AND 1),
        labels text[] NOT NULL,
        matches jsonb NOT NULL,
        decided_by text NOT NULL,
        decided_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX decisions_subject ON decisions (subject_type, subject_id);
      GRANT SELECT, INSERT ON decisions TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE decisions');
  }
}
