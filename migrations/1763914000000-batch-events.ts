import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Positions of events are beside their rows, one for all events of a statement: a row is written once, where it was written again
 * for its position. Neighbours that are there and happened at one time become a batch; what was published stays where it is in the log.
 */
export class BatchEvents1763914000000 implements MigrationInterface {
  readonly name = 'BatchEvents1763914000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE outbox RENAME TO single_events;
      ALTER INDEX outbox_pkey RENAME TO single_events_pkey;
      CREATE TABLE event_batches (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        events integer NOT NULL,
        occurred_at timestamptz NOT NULL DEFAULT now(),
        published_at timestamptz,
        position bigint,
        CONSTRAINT event_batches_events_check CHECK (events > 0)
      );
      CREATE TABLE outbox (
        batch bigint NOT NULL,
        n integer NOT NULL,
        topic text NOT NULL,
        type text NOT NULL,
        payload jsonb NOT NULL,
        PRIMARY KEY (batch, n)
      );

      CREATE TEMPORARY TABLE placed ON COMMIT DROP AS
        SELECT id, dense_rank() OVER (ORDER BY first) AS batch, row_number() OVER (PARTITION BY first ORDER BY place) AS n
        FROM (SELECT id, place, min(place) OVER (PARTITION BY occurred_at, position IS NULL,
                  COALESCE(position, place) - in_moment) AS first
              FROM (SELECT *, row_number() OVER (ORDER BY position, id) AS place,
                      row_number() OVER (PARTITION BY occurred_at, position IS NULL ORDER BY position, id) AS in_moment
                    FROM single_events) AS counted) AS grouped;
      INSERT INTO event_batches (id, events, occurred_at, published_at, position) OVERRIDING SYSTEM VALUE
        SELECT batch, count(*), min(occurred_at), max(published_at), max(position)
        FROM placed JOIN single_events USING (id) GROUP BY batch ORDER BY batch;
      SELECT setval(pg_get_serial_sequence('event_batches', 'id'), count(*) + 1, false) FROM event_batches;
      INSERT INTO outbox
        SELECT batch, n, topic, type, payload FROM placed JOIN single_events USING (id) ORDER BY batch, n;
      DROP TABLE single_events;

      CREATE UNIQUE INDEX event_batches_position ON event_batches (position) WHERE position IS NOT NULL;
      CREATE INDEX event_batches_unpublished ON event_batches (id) WHERE position IS NULL;
      GRANT SELECT, INSERT, UPDATE, DELETE ON event_batches, outbox TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE outbox RENAME TO batched_events;
      ALTER INDEX outbox_pkey RENAME TO batched_events_pkey;
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        topic text NOT NULL,
        type text NOT NULL,
        payload jsonb NOT NULL,
        occurred_at timestamptz NOT NULL DEFAULT now(),
        published_at timestamptz,
        position bigint
      );
      INSERT INTO outbox (topic, type, payload, occurred_at, published_at, position)
        SELECT topic, type, payload, occurred_at, published_at, position - events + n
        FROM batched_events JOIN event_batches ON event_batches.id = batch ORDER BY position, batch, n;
      DROP TABLE batched_events;
      DROP TABLE event_batches;
      CREATE UNIQUE INDEX outbox_position ON outbox (position);
      CREATE INDEX outbox_unpublished ON outbox (id) WHERE position IS NULL;
      GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO azt3knet_app;
    `);
  }
}
