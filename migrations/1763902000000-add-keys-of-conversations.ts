import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A conversation that a key began is known by it: keys see no others. */
export class AddKeysOfConversations1763902000000 implements MigrationInterface {
  readonly name = 'AddKeysOfConversations1763902000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE conversations ADD COLUMN key_id text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE conversations DROP COLUMN key_id');
  }
}
