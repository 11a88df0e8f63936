import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateWebhookReceipts1763740200000 implements MigrationInterface {
  readonly name = 'CreateWebhookReceipts1763740200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_receipts (
        source text NOT NULL,
        message_id text NOT NULL,
        claim_id uuid NOT NULL,
        accepted boolean NOT NULL DEFAULT false,
        claimed_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (source, message_id)
      );
      CREATE INDEX webhook_receipts_claimed_at ON webhook_receipts (claimed_at);

      GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_receipts TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_receipts');
  }
}
