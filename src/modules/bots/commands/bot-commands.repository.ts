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
    command: Pick<BotCommand, 'id' | 'bot_id' | 'name' | 'arguments' | 'created_by'>,
  ): Promise<BotCommand> {
    const { id, bot_id, name, arguments: given, created_by } = command;
    const [row] = await manager.query<[BotCommand]>(
      `INSERT INTO bot_commands (id, bot_id, name, arguments, created_by) VALUES ($1, $2, $3, $4, $5) RETURNING *`,
      [id, bot_id, name, JSON.stringify(given), created_by],
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

  /** Takes what a bot is told to do, in order; each is taken once. */
  async take(manager: EntityManager, botId: string): Promise<BotCommand[]> {
    const [rows] = await manager.query<[BotCommand[], number]>(
      `UPDATE bot_commands SET status = 'delivered' WHERE bot_id = $1 AND status = 'pending' RETURNING *`,
      [botId],
    );
    return rows.toSorted((a, b) => a.created_at.getTime() - b.created_at.getTime());
  }

  /** @returns whether there was such a command to be finished */
  async finish(
    manager: EntityManager,
    botId: string,
    id: string,
    status: CommandStatus,
    result: object,
  ): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE bot_commands SET status = $3, result = $4, finished_at = now()
       WHERE bot_id = $1 AND id = $2 AND status = 'delivered'`,
      [botId, id, status, JSON.stringify(result)],
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
