import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { BotState } from '../registry/bot.entity.js';
import { SEEN, seenOf, type SeenBot, type SeenRow } from '../registry/bots.repository.js';

/** A host whose lease has been over for so long is gone, and its bots with it. */
const HOST_GONE = `interval '60 seconds'`;

const FIELDS = [
  'status',
  'reason',
  'observed_generation',
  'conditions',
  'restarts',
  'last_exit',
  'good_revision',
  'updated_replicas',
  'progress_at',
] as const satisfies readonly (keyof BotState)[];
const JSON_FIELDS: ReadonlySet<string> = new Set(['conditions', 'last_exit']);

/** All SQL about what is seen of bots. */
@Injectable()
export class BotStatesRepository {
  /**
   * Takes or renews the lease on the bots of a host.
   * @param seconds how long it holds
   * @returns whether it is held now
   */
  async lease(manager: EntityManager, host: string, holder: string, seconds: number): Promise<boolean> {
    const rows = await manager.query<object[]>(
      `INSERT INTO bot_hosts (host, holder, expires_at) VALUES ($1, $2, now() + make_interval(secs => $3))
       ON CONFLICT (host) DO UPDATE SET holder = $2, expires_at = now() + make_interval(secs => $3)
       WHERE bot_hosts.holder = $2 OR bot_hosts.expires_at < now() RETURNING host`,
      [host, holder, seconds],
    );
    return rows.length > 0;
  }

  /** Whether a bot is of a host and its lease of a holder; both stay so until the transaction ends. */
  async holds(manager: EntityManager, botId: string, host: string, holder: string): Promise<boolean> {
    const rows = await manager.query<object[]>(
      `SELECT 1 FROM bot_states JOIN bot_hosts ON bot_hosts.host = bot_states.host
       WHERE bot_id = $1 AND bot_hosts.host = $2 AND holder = $3 AND expires_at > clock_timestamp() FOR SHARE`,
      [botId, host, holder],
    );
    return rows.length > 0;
  }

  async release(manager: EntityManager, host: string, holder: string): Promise<void> {
    await manager.query('DELETE FROM bot_hosts WHERE host = $1 AND holder = $2', [host, holder]);
  }

  /** Whether there are bots at all. */
  async any(manager: EntityManager): Promise<boolean> {
    return (await manager.query<object[]>('SELECT 1 FROM bots LIMIT 1')).length > 0;
  }

  /** Gives a host the bots that no other looks after: what runs of them elsewhere is nothing that it could find. */
  async claim(manager: EntityManager, host: string): Promise<void> {
    await manager.query(
      `WITH claimed AS (
         UPDATE bot_states SET host = $1 WHERE host IS DISTINCT FROM $1 AND NOT EXISTS (
           SELECT 1 FROM bot_hosts WHERE bot_hosts.host = bot_states.host AND bot_hosts.expires_at > now() - ${HOST_GONE})
         RETURNING bot_id)
       UPDATE bot_instances SET handle = NULL FROM claimed WHERE bot_instances.bot_id = claimed.bot_id`,
      [host],
    );
  }

  /** The bots that a host looks after. */
  versions(manager: EntityManager, host: string): Promise<{ id: string; version: number }[]> {
    return manager.query(
      'SELECT bots.id, bots.version FROM bots JOIN bot_states ON bot_states.bot_id = bots.id WHERE bot_states.host = $1',
      [host],
    );
  }

  async load(manager: EntityManager, ids: readonly string[]): Promise<SeenBot[]> {
    const rows = await manager.query<SeenRow[]>(
      `SELECT ${SEEN} FROM bots JOIN bot_states ON bot_states.bot_id = bots.id WHERE bots.id = ANY ($1)`,
      [ids],
    );
    return rows.map(seenOf);
  }

  /** Writes what is seen of a bot, unless another host has taken it. @returns whether it was written */
  async save(manager: EntityManager, state: BotState, host: string): Promise<boolean> {
    const sets = FIELDS.map((field, index) => `${field} = $${index + 3}`);
    const values = FIELDS.map((field) =>
      JSON_FIELDS.has(field) && state[field] !== null ? JSON.stringify(state[field]) : state[field],
    );
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE bot_states SET ${sets.join(', ')}, last_updated = now() WHERE bot_id = $1 AND host = $2`,
      [state.bot_id, host, ...values],
    );
    return count > 0;
  }

  /** A bot came to another status. */
  async addTransition(
    manager: EntityManager,
    { bot_id, status, reason }: Pick<BotState, 'bot_id' | 'status' | 'reason'>,
  ): Promise<void> {
    await manager.query('INSERT INTO bot_transitions (bot_id, status, reason) VALUES ($1, $2, $3)', [
      bot_id,
      status,
      reason,
    ]);
  }

  /** Keeps what a bot wants to find again. */
  async keep(manager: EntityManager, botId: string, kept: object): Promise<void> {
    await manager.query('UPDATE bot_states SET kept = $2 WHERE bot_id = $1', [botId, JSON.stringify(kept)]);
  }

  async kept(manager: EntityManager, botId: string): Promise<object | null> {
    const [row] = await manager.query<{ kept: object | null }[]>(
      'SELECT kept FROM bot_states WHERE bot_id = $1',
      [botId],
    );
    return row?.kept ?? null;
  }
}
