import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Decisions tell why in words, how long they took and whose text it was; their rules stand in rows of their own to be counted. */
export class ExtendDecisions1763720000000 implements MigrationInterface {
  readonly name = 'ExtendDecisions1763720000000';

  async up(runner: QueryRunner): Promise<void> {
    // What was decided before has no statement: it is made from the matches where it is shown.
    await runner.query(`
      ALTER TABLE decisions
        ADD COLUMN agent_id uuid,
        ADD COLUMN campaign_id text,
        ADD COLUMN scores jsonb,
        ADD COLUMN reasons text,
        ADD COLUMN latency_us integer,
        ADD CONSTRAINT decisions_latency_us_check CHECK (latency_us >= 0);
      CREATE INDEX decisions_statistics ON decisions (decided_at, action, subject_type, agent_id, campaign_id);
      CREATE INDEX decisions_campaign_id ON decisions (campaign_id, decided_at, action) WHERE campaign_id IS NOT NULL;
      CREATE INDEX decisions_agent_id ON decisions (agent_id, decided_at);

      CREATE TABLE decision_rules (
        decision_id uuid NOT NULL REFERENCES decisions (id),
        policy text NOT NULL,
        rule text NOT NULL,
        decided_at timestamptz NOT NULL,
        PRIMARY KEY (decision_id, policy, rule)
      );
      INSERT INTO decision_rules (decision_id, policy, rule, decided_at)
        SELECT DISTINCT id, match ->> 'policy', match ->> 'rule', decided_at
        FROM decisions, jsonb_array_elements(matches) AS match;
      CREATE INDEX decision_rules_decided_at ON decision_rules (decided_at, policy, rule);

      GRANT SELECT, INSERT ON decision_rules TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE decision_rules;
      DROP INDEX decisions_statistics, decisions_campaign_id, decisions_agent_id;
      ALTER TABLE decisions
        DROP CONSTRAINT decisions_latency_us_check,
        DROP COLUMN agent_id,
        DROP COLUMN campaign_id,
        DROP COLUMN scores,
        DROP COLUMN reasons,
        DROP COLUMN latency_us;
    `);
  }
}
