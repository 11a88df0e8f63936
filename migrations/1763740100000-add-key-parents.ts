import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys that keys made: what ends the one ends the other. */
export class AddKeyParents1763740100000 implements MigrationInterface {
  readonly name = 'AddKeyParents1763740100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE api_keys
        ADD COLUMN parent_id uuid CONSTRAINT api_keys_parent_id_fkey REFERENCES api_keys (id) ON DELETE CASCADE;
      CREATE INDEX api_keys_parent_id ON api_keys (parent_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE api_keys DROP COLUMN parent_id');
  }
}
