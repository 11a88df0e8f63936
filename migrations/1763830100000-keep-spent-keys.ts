import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of acts whose post, boost or favourite may be gone: a late duplicate does not bring it back. */
export class KeepSpentKeys1763830100000 implements MigrationInterface {
  readonly name = 'KeepSpentKeys1763830100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE network_spent_keys (
        network_id integer NOT NULL,
        account_id bigint NOT NULL,
        key text NOT NULL,
        status_id bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (network_id, account_id, key),
        FOREIGN KEY (network_id, account_id) REFERENCES network_accounts (network_id, id) ON DELETE CASCADE
      );
      CREATE INDEX network_spent_keys_created_at ON network_spent_keys (created_at);
      GRANT SELECT, INSERT, DELETE ON network_spent_keys TO azt3knet_app;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE network_spent_keys');
  }
}
