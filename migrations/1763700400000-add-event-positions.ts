import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Events get positions when they are published, one batch after the other: identity values are given before the commit, so
 * that a reader who asks for what comes after an id would miss the events of a slower transaction.
 */
export class AddEventPositions1763700400000 implements MigrationInterface {
  readonly name = 'AddEventPositions1763700400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX outbox_unpublished;
      ALTER TABLE outbox ADD COLUMN position bigint;
      UPDATE outbox SET position = numbered.position
        FROM (SELECT id, row_number() OVER (ORDER BY id) AS position FROM outbox WHERE published_at IS NOT NULL) numbered
        WHERE outbox.id = numbered.id;
      CREATE UNIQUE INDEX outbox_position ON outbox (position);
      CREATE INDEX outbox_unpublished ON outbox (id) WHERE position IS NULL;

      CREATE TABLE event_log (
        id integer PRIMARY KEY,
        head bigint NOT NULL,
        swept_through bigint NOT NULL,
        CONSTRAINT event_log_id_check CHECK (id = 1)
      );
      INSERT INTO event_log SELECT 1, coalesce(max(position), 0), 0 FROM outbox;

      GRANT DELETE ON outbox TO azt3knet_app;
      GRANT SELECT, UPDATE ON event_log TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE event_log;
      DROP INDEX outbox_unpublished;
      ALTER TABLE outbox DROP COLUMN position;
      CREATE INDEX outbox_unpublished ON outbox (id) WHERE published_at IS NULL;
      REVOKE DELETE ON outbox FROM azt3knet_app;
    `);
  }
}
