import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { BotState } from '../registry/bot.entity.js';
import type { Beat } from './ward.js';
import { seenOf, type SeenBot } from '../registry/bots.repository.js';

/** Statuses with a process. */
const ALIVE = `('starting', 'running', 'unhealthy', 'stopping')`;
/** A host whose lease has been over for so long is gone, and its bots with it. */
const HOST_GONE = `interval '60 seconds'`;

const FIELDS = [
  'status',
  'reason',
  'observed_generation',
  'conditions',
  'host',
  'instance',
  'handle',
  'failures',
  'restarts',
  'next_start_at',
  'started_at',
  'stopping_at',
  'last_exit',
] as const satisfies readonly (keyof BotState)[];
const JSON_FIELDS: ReadonlySet<string> = new Set(['conditions', 'handle', 'last_exit']);

/** What is measured of a bot. */
export type Measures = Pick<
  BotState,
  | 'bot_id'
  | 'last_heartbeat'
  | 'report'
  | 'cpu_load'
  | 'memory_usage_mb'
  | 'requests_per_second'
  | 'error_rate'
>;

/** A beat that came over the network. */
export interface HeardBeat {
  bot_id: string;
  beat: Beat;
  at: Date;
  /** Seconds since then, by the clock that told the time. */
  age: number;
}

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

  async release(manager: EntityManager, host: string, holder: string): Promise<void> {
    await manager.query('DELETE FROM bot_hosts WHERE host = $1 AND holder = $2', [host, holder]);
  }

  /** Whether there are bots at all. */
  async any(manager: EntityManager): Promise<boolean> {
    return (await manager.query<object[]>('SELECT 1 FROM bots LIMIT 1')).length > 0;
  }

  /** The bots that a host looks after: its own, those that run nowhere, and those of hosts that are gone. */
  versions(manager: EntityManager, host: string): Promise<{ id: string; version: number }[]> {
    return manager.query(
      `SELECT bots.id, bots.version FROM bots JOIN bot_states ON bot_states.bot_id = bots.id
       WHERE bot_states.host = $1 OR bot_states.status NOT IN ${ALIVE} OR NOT EXISTS (
         SELECT 1 FROM bot_hosts WHERE bot_hosts.host = bot_states.host AND bot_hosts.expires_at > now() - ${HOST_GONE})`,
      [host],
    );
  }

  async load(manager: EntityManager, ids: readonly string[]): Promise<SeenBot[]> {
    const rows = await manager.query<{ bot: object; state: object }[]>(
      `SELECT to_jsonb(bots) AS bot, to_jsonb(bot_states) AS state
       FROM bots JOIN bot_states ON bot_states.bot_id = bots.id WHERE bots.id = ANY ($1)`,
      [ids],
    );
    return rows.map(seenOf);
  }

  /**
   * Writes what is seen of a bot, unless another host or process has taken it meanwhile.
   * @param before the instance that it had when it was read
   * @returns whether it was written
   */
  async save(manager: EntityManager, state: BotState, before: string | null): Promise<boolean> {
    const sets = FIELDS.map((field, index) => `${field} = $${index + 3}`);
    const values = FIELDS.map((field) =>
      JSON_FIELDS.has(field) && state[field] !== null ? JSON.stringify(state[field]) : state[field],
    );
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE bot_states SET ${sets.join(', ')}, last_updated = now(), last_heartbeat = CASE
         WHEN $${FIELDS.indexOf('instance') + 3}::uuid IS DISTINCT FROM $2::uuid AND $${FIELDS.indexOf('instance') + 3}::uuid IS NOT NULL
         THEN NULL ELSE last_heartbeat END
       WHERE bot_id = $1 AND instance IS NOT DISTINCT FROM $2::uuid`,
      [state.bot_id, before, ...values],
    );
    return count > 0;
  }

  /** A bot came to another status. */
  async addTransition(manager: EntityManager, { bot_id, status, reason }: BotState): Promise<void> {
    await manager.query('INSERT INTO bot_transitions (bot_id, status, reason) VALUES ($1, $2, $3)', [
      bot_id,
      status,
      reason,
    ]);
  }

  /** Writes what was measured of many bots. */
  async measure(manager: EntityManager, measures: readonly Measures[]): Promise<void> {
    if (measures.length === 0) return;
    await manager.query(
      `UPDATE bot_states SET last_heartbeat = greatest(bot_states.last_heartbeat, m.last_heartbeat),
         report = CASE WHEN bot_states.last_heartbeat > m.last_heartbeat THEN bot_states.report ELSE m.report END, cpu_load = m.cpu_load,
         memory_usage_mb = m.memory_usage_mb, requests_per_second = m.requests_per_second,
         error_rate = m.error_rate, last_updated = now()
       FROM jsonb_to_recordset($1::jsonb) AS m (bot_id text, last_heartbeat timestamptz, report jsonb, cpu_load float8,
         memory_usage_mb float8, requests_per_second float8, error_rate float8)
       WHERE bot_states.bot_id = m.bot_id`,
      [JSON.stringify(measures)],
    );
  }

  /** Takes a beat over the network, of an instance that runs. */
  async beat(manager: EntityManager, instance: string, beat: Beat): Promise<void> {
    await manager.query(
      `UPDATE bot_states SET last_heartbeat = now(), report = $2 WHERE instance = $1 AND status IN ${ALIVE}`,
      [instance, JSON.stringify(beat)],
    );
  }

  /** The last beats of these instances. */
  beats(manager: EntityManager, instances: readonly string[]): Promise<HeardBeat[]> {
    return manager.query(
      `SELECT bot_id, report AS beat, last_heartbeat AS at, extract(epoch FROM now() - last_heartbeat)::float8 AS age
       FROM bot_states WHERE instance = ANY ($1) AND last_heartbeat IS NOT NULL AND report IS NOT NULL`,
      [instances],
    );
  }

  /** The bot that runs as this instance, and what it may do. */
  async ofInstance(
    manager: EntityManager,
    instance: string,
  ): Promise<{ id: string; permissions: string[] } | undefined> {
    const [row] = await manager.query<{ id: string; permissions: string[] }[]>(
      `SELECT bots.id, bots.manifest -> 'permissions' AS permissions
       FROM bot_states JOIN bots ON bots.id = bot_states.bot_id
       WHERE bot_states.instance = $1 AND bot_states.status IN ${ALIVE}`,
      [instance],
    );
    return row;
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
