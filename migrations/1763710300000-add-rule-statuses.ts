import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Decisions may escalate, and keep what rules in rehearsal matched. */
export class AddRuleStatuses1763710300000 implements MigrationInterface {
  readonly name = 'AddRuleStatuses1763710300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE decisions
        DROP CONSTRAINT decisions_action_check,
        ADD CONSTRAINT decisions_action_check
          CHECK (action IN ('allow', 'label', 'review', 'escalate', 'block')),
        ADD COLUMN shadow_matches jsonb NOT NULL DEFAULT '[]'
    `);
  }

  /** An escalated decision becomes one that waits for review: the older release knows nothing stricter that a person decides. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE decisions SET action = 'review' WHERE action = 'escalate';
      ALTER TABLE decisions
        DROP COLUMN shadow_matches,
        DROP CONSTRAINT decisions_action_check,
        ADD CONSTRAINT decisions_action_check CHECK (action IN ('allow', 'label', 'review', 'block'))
    `);
  }
}
