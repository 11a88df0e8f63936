import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { BotLogLine, LogStream } from '../registry/bot-history.entity.js';

/** Lines that are kept of a bot. */
const KEPT = 2_000;

/** A line that is to be kept. */
export interface NewLogLine {
  bot_id: string;
  ordinal: number;
  stream: LogStream;
  message: string;
}

/** All SQL about what bots print. */
@Injectable()
export class BotLogsRepository {
  /** The lines after a position, in order; without one the newest. @param where after what, and of which instance */
  async after(
    manager: EntityManager,
    botId: string,
    where: { position: string | undefined; ordinal: number | undefined },
    limit: number,
  ): Promise<BotLogLine[]> {
    const { position, ordinal } = where;
    const which = 'bot_id = $1 AND ($3::integer IS NULL OR ordinal = $3)';
    if (position === undefined) {
      const newest = await manager.query<BotLogLine[]>(
        `SELECT * FROM bot_logs WHERE ${which} ORDER BY id DESC LIMIT $2`,
        [botId, limit, ordinal ?? null],
      );
      return newest.toReversed();
    }
    return manager.query(`SELECT * FROM bot_logs WHERE ${which} AND id > $4 ORDER BY id LIMIT $2`, [
      botId,
      limit,
      ordinal ?? null,
      position,
    ]);
  }

  /** Keeps lines, of bots that are still there. */
  async add(manager: EntityManager, lines: readonly NewLogLine[]): Promise<void> {
    if (lines.length === 0) return;
    await manager.query(
      `INSERT INTO bot_logs (bot_id, ordinal, stream, message)
       SELECT line.bot_id, line.ordinal, line.stream, line.message
       FROM unnest($1::text[], $2::integer[], $3::text[], $4::text[])
         WITH ORDINALITY AS line (bot_id, ordinal, stream, message, place)
       JOIN bots ON bots.id = line.bot_id ORDER BY line.place`,
      [
        lines.map((line) => line.bot_id),
        lines.map((line) => line.ordinal),
        lines.map((line) => line.stream),
        lines.map((line) => line.message),
      ],
    );
  }

  /** Forgets what is older than the newest lines of each of these bots, and their older transitions. */
  async prune(manager: EntityManager, botIds: readonly string[]): Promise<void> {
    for (const table of ['bot_logs', 'bot_transitions'])
      await manager.query(
        `DELETE FROM ${table} USING unnest($1::text[]) AS bot (id)
         WHERE ${table}.bot_id = bot.id AND ${table}.id < (
           SELECT min(newest.id) FROM (
             SELECT id FROM ${table} WHERE bot_id = bot.id ORDER BY id DESC LIMIT ${KEPT}) AS newest)`,
        [botIds],
      );
  }
}
