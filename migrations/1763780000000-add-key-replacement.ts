import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddKeyReplacement1763780000000 implements MigrationInterface {
  readonly name = 'AddKeyReplacement1763780000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE api_keys ADD COLUMN replaced_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE api_keys DROP COLUMN replaced_at');
  }
}
