import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Agents have attributes of their user's own, and what else a population file wants told of them. */
export class AddAgentAttributes1763750000000 implements MigrationInterface {
  readonly name = 'AddAgentAttributes1763750000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE agents ADD COLUMN attributes jsonb, ADD COLUMN persona jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE agents DROP COLUMN attributes, DROP COLUMN persona');
  }
}
