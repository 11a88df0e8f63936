import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddAuditIndexes1763730000000 implements MigrationInterface {
  readonly name = 'AddAuditIndexes1763730000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX audit_action ON audit (action, sequence);
      CREATE INDEX audit_actor ON audit (actor, sequence);
      CREATE INDEX audit_occurred_at ON audit (occurred_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_action, audit_actor, audit_occurred_at');
  }
}
