import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Bot } from './bot.entity.js';
import type { BotRevision } from './bot-instance.entity.js';

/** Revisions that are kept of a bot, besides those that are in use. */
const KEPT = 20;

/** All SQL about what bots have run. */
@Injectable()
export class BotRevisionsRepository {
  /** The number of the revision that comes next; the bot is locked. */
  async next(manager: EntityManager, botId: string): Promise<number> {
    const [row] = await manager.query<[{ next: number }]>(
      'SELECT coalesce(max(revision), 0) + 1 AS next FROM bot_revisions WHERE bot_id = $1',
      [botId],
    );
    return row.next;
  }

  /** Writes down what a bot runs from now on, and forgets what nobody goes back to. */
  async add(manager: EntityManager, bot: Bot, actor: string): Promise<void> {
    await manager.query(
      `INSERT INTO bot_revisions (bot_id, revision, blueprint, blueprint_sha256, manifest, configuration, created_by)
       SELECT id, revision, blueprint, blueprint_sha256, manifest, configuration, $2 FROM bots WHERE id = $1`,
      [bot.id, actor],
    );
    await manager.query(
      `DELETE FROM bot_revisions AS old WHERE bot_id = $1 AND revision <= $2 - ${KEPT}
       AND NOT EXISTS (SELECT 1 FROM bot_instances AS one WHERE one.bot_id = $1 AND one.revision = old.revision)
       AND NOT EXISTS (SELECT 1 FROM bot_states WHERE bot_id = $1 AND good_revision = old.revision)`,
      [bot.id, bot.revision],
    );
  }

  /** The newest first. */
  list(manager: EntityManager, botId: string): Promise<BotRevision[]> {
    return manager.query('SELECT * FROM bot_revisions WHERE bot_id = $1 ORDER BY revision DESC', [botId]);
  }

  async find(manager: EntityManager, botId: string, revision: number): Promise<BotRevision | undefined> {
    const [row] = await manager.query<BotRevision[]>(
      'SELECT * FROM bot_revisions WHERE bot_id = $1 AND revision = $2',
      [botId, revision],
    );
    return row;
  }

  /** All replicas are in good health with a revision. */
  async wasGood(manager: EntityManager, botId: string, revision: number): Promise<void> {
    await manager.query('UPDATE bot_revisions SET good_at = now() WHERE bot_id = $1 AND revision = $2', [
      botId,
      revision,
    ]);
  }

  /** The newest revision before another with which all replicas were in good health. */
  async goodBefore(
    manager: EntityManager,
    botId: string,
    revision: number,
  ): Promise<BotRevision | undefined> {
    const [row] = await manager.query<BotRevision[]>(
      `SELECT * FROM bot_revisions WHERE bot_id = $1 AND revision < $2 AND good_at IS NOT NULL
       ORDER BY revision DESC LIMIT 1`,
      [botId, revision],
    );
    return row;
  }

  /** The revisions that instances of these bots are to run and that are not those of their bots. */
  inUse(manager: EntityManager, botIds: readonly string[]): Promise<BotRevision[]> {
    return manager.query(
      `SELECT DISTINCT ON (r.bot_id, r.revision) r.* FROM bot_revisions AS r
       JOIN bots ON bots.id = r.bot_id AND bots.revision <> r.revision
       JOIN bot_instances AS one ON one.bot_id = r.bot_id AND one.revision = r.revision
       WHERE r.bot_id = ANY ($1)`,
      [botIds],
    );
  }
}
