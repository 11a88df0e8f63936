import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people make of the decisions that wait for them. What they said can be neither changed nor deleted. */
export class CreateReviews1763720100000 implements MigrationInterface {
  readonly name = 'CreateReviews1763720100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reviews (
        id uuid PRIMARY KEY REFERENCES decisions (id),
        severity text NOT NULL,
        escalated boolean NOT NULL DEFAULT false,
        status text NOT NULL DEFAULT 'open',
        round integer NOT NULL DEFAULT 1,
        outcome text,
        labels text[] NOT NULL DEFAULT '{}',
        claimed_by uuid REFERENCES users (id),
        claimed_until timestamptz,
        due_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        closed_at timestamptz,
        CONSTRAINT reviews_severity_check CHECK (severity IN ('low', 'medium', 'high', 'critical')),
        CONSTRAINT reviews_status_check CHECK (status IN ('open', 'second_opinion', 'disputed', 'closed')),
        CONSTRAINT reviews_outcome_check CHECK (outcome IN ('allow', 'label', 'block'))
      );
      CREATE INDEX reviews_due_at ON reviews (due_at, id);
      CREATE INDEX reviews_created_at ON reviews (created_at, id);
      CREATE INDEX reviews_waiting ON reviews (due_at, id) WHERE status <> 'closed';

      CREATE TABLE review_opinions (
        review_id uuid NOT NULL REFERENCES reviews (id),
        reviewer_id uuid NOT NULL REFERENCES users (id),
        round integer NOT NULL,
        stage text NOT NULL,
        verdict text NOT NULL,
        labels text[] NOT NULL,
        reason text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (review_id, reviewer_id),
        CONSTRAINT review_opinions_stage_check CHECK (stage IN ('open', 'second_opinion', 'disputed')),
        CONSTRAINT review_opinions_verdict_check CHECK (verdict IN ('uphold', 'release', 'label'))
      );

      CREATE TABLE review_appeals (
        review_id uuid NOT NULL REFERENCES reviews (id),
        round integer NOT NULL,
        appellant_id uuid NOT NULL REFERENCES users (id),
        against text NOT NULL,
        reason text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (review_id, round)
      );

      CREATE TABLE review_escalations (
        review_id uuid PRIMARY KEY REFERENCES reviews (id),
        reviewer_id uuid NOT NULL REFERENCES users (id),
        round integer NOT NULL,
        reason text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE VIEW decision_outcomes AS
        SELECT decisions.id, coalesce(reviews.outcome, decisions.action) AS action,
               decisions.labels || coalesce(reviews.labels, '{}') AS labels,
               decisions.compliance_score, decisions.matches, reviews.outcome IS NOT NULL AS reviewed
        FROM decisions LEFT JOIN reviews ON reviews.id = decisions.id;

      INSERT INTO reviews (id, severity, escalated, due_at, created_at)
        SELECT id, 'medium', action = 'escalate', now() + interval '1 day', decided_at FROM decisions
        WHERE action IN ('review', 'escalate');

      GRANT SELECT, INSERT, UPDATE ON reviews TO azt3knet_app;
      GRANT SELECT, INSERT ON review_opinions, review_appeals, review_escalations TO azt3knet_app;
      GRANT SELECT ON decision_outcomes TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW decision_outcomes;
      DROP TABLE review_escalations, review_appeals, review_opinions, reviews;
    `);
  }
}
