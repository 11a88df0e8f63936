import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { BotCommand, CommandStatus } from '../registry/bot-history.entity.js';

/** Commands that are kept of a bot. */
const KEPT = 200;
/** A command that is not finished after so long will not be. */
const EXPIRES = `interval '10 minutes'`;

/** All SQL about what bots are told to do. */
@Injectable()
export class BotCommandsRepository {
  async add(
    manager: EntityManager,
    command: Pick<BotCommand, 'id' | 'bot_id' | 'ordinal' | 'name' | 'arguments' | 'created_by'>,
  ): Promise<BotCommand> {
    const { id, bot_id, ordinal, name, arguments: given, created_by } = command;
    const [row] = await manager.query<[BotCommand]>(
      `INSERT INTO bot_commands (id, bot_id, ordinal, name, arguments, created_by)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING *`,
      [id, bot_id, ordinal, name, JSON.stringify(given), created_by],
    );
    await manager.query(
      `DELETE FROM bot_commands WHERE bot_id = $1 AND id IN (
         SELECT id FROM bot_commands WHERE bot_id = $1 ORDER BY created_at DESC, id OFFSET ${KEPT})`,
      [bot_id],
    );
    return row;
  }

  async find(manager: EntityManager, botId: string, id: string): Promise<BotCommand | undefined> {
    const [row] = await manager.query<BotCommand[]>(
      'SELECT * FROM bot_commands WHERE bot_id = $1 AND id = $2',
      [botId, id],
    );
    return row;
  }

  /** The bots among these that have something to take. */
  async waiting(manager: EntityManager, botIds: readonly string[]): Promise<string[]> {
    const rows = await manager.query<{ bot_id: string }[]>(
      `SELECT DISTINCT bot_id FROM bot_commands WHERE status = 'pending' AND bot_id = ANY ($1)`,
      [botIds],
    );
    return rows.map(({ bot_id }) => bot_id);
  }

  /** Takes what an instance of a bot is told to do, in order; each is taken once, by the first that asks if it is for any. One that is to end takes none. */
  async take(manager: EntityManager, botId: string, ordinal: number): Promise<BotCommand[]> {
    const [rows] = await manager.query<[BotCommand[], number]>(
      `UPDATE bot_commands SET status = 'delivered', taken_by = $2 WHERE bot_id = $1 AND status = 'pending'
         AND (ordinal IS NULL OR ordinal = $2) AND NOT EXISTS (
           SELECT 1 FROM bot_instances AS one WHERE one.bot_id = $1 AND one.ordinal = $2 AND one.retiring IS NOT NULL)
       RETURNING *`,
      [botId, ordinal],
    );
    return rows.toSorted((a, b) => a.created_at.getTime() - b.created_at.getTime());
  }

  /** Writes down what came of a command, if this instance has taken it. @returns whether there was such a command to be finished */
  async finish(
    manager: EntityManager,
    bot: { id: string; ordinal: number },
    id: string,
    status: CommandStatus,
    result: object,
  ): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE bot_commands SET status = $4, result = $5, finished_at = now()
       WHERE bot_id = $1 AND taken_by = $2 AND id = $3 AND status = 'delivered'`,
      [bot.id, bot.ordinal, id, status, JSON.stringify(result)],
    );
    return count > 0;
  }

  /** Gives up commands that nobody will finish any more. */
  async expire(manager: EntityManager): Promise<void> {
    await manager.query(
      `UPDATE bot_commands SET status = 'expired', finished_at = now()
       WHERE status IN ('pending', 'delivered') AND created_at < now() - ${EXPIRES}`,
    );
  }
}
