import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSpentBudgets1763710100000 implements MigrationInterface {
  readonly name = 'CreateSpentBudgets1763710100000';

  async up(runner: QueryRunner): Promise<void> {
    // Unlogged, since nothing is lost with it; half of a page stays free for updates in place.
    await runner.query(`
      CREATE UNLOGGED TABLE spent_budgets (
        key text PRIMARY KEY,
        spent integer NOT NULL,
        granted integer NOT NULL,
        ends_at timestamptz NOT NULL
      ) WITH (fillfactor = 50);

      GRANT SELECT, INSERT, UPDATE, DELETE ON spent_budgets TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE spent_budgets');
  }
}
