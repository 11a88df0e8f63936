import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The words of posts are found by an index, and answers to a post in their order. */
export class IndexPosts1763830102000 implements MigrationInterface {
  readonly name = 'IndexPosts1763830102000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX network_statuses_words ON network_statuses USING gin (to_tsvector('simple', text))
        WHERE reblog_of_id IS NULL;
      DROP INDEX network_statuses_in_reply_to_id;
      CREATE INDEX network_statuses_in_reply_to_id ON network_statuses (network_id, in_reply_to_id, id)
        WHERE in_reply_to_id IS NOT NULL;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX network_statuses_words;
      DROP INDEX network_statuses_in_reply_to_id;
      CREATE INDEX network_statuses_in_reply_to_id ON network_statuses (network_id, in_reply_to_id)
        WHERE in_reply_to_id IS NOT NULL;`);
  }
}
