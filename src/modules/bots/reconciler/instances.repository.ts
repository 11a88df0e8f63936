import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { BotInstance } from '../registry/bot-instance.entity.js';
import type { Retiring } from '../registry/bot.rules.js';
import type { Beat } from './ward.js';

/** Statuses with a process. */
const ALIVE = `('starting', 'running', 'unhealthy', 'stopping')`;

const FIELDS = [
  'status',
  'reason',
  'observed_generation',
  'conditions',
  'instance',
  'handle',
  'place',
  'failures',
  'starts',
  'next_start_at',
  'started_at',
  'stopping_at',
  'ready_since',
  'last_exit',
] as const satisfies readonly (keyof BotInstance)[];
const JSON_FIELDS: ReadonlySet<string> = new Set(['conditions', 'handle', 'last_exit']);
const INSTANCE = FIELDS.indexOf('instance') + 5;

/** What is measured of an instance. */
export type Measures = Pick<
  BotInstance,
  | 'bot_id'
  | 'ordinal'
  | 'last_heartbeat'
  | 'report'
  | 'cpu_load'
  | 'memory_usage_mb'
  | 'requests_per_second'
  | 'error_rate'
>;

/** A beat that came over the network. */
export interface HeardBeat {
  instance: string;
  beat: Beat;
  at: Date;
  /** Seconds since then, by the clock that told the time. */
  age: number;
}

/** What an instance is to run. */
export type Target = Pick<BotInstance, 'generation' | 'revision'>;

/** All SQL about what is seen of instances. */
@Injectable()
export class BotInstancesRepository {
  async insert(
    manager: EntityManager,
    botId: string,
    ordinal: number,
    { generation, revision }: Target,
    starts: number,
  ): Promise<BotInstance> {
    const [row] = await manager.query<[BotInstance]>(
      `INSERT INTO bot_instances (bot_id, ordinal, generation, revision, starts) VALUES ($1, $2, $3, $4, $5) RETURNING *`,
      [botId, ordinal, generation, revision, starts],
    );
    return row;
  }

  /** Has instances run something else, as if they had never failed. */
  async renew(
    manager: EntityManager,
    botId: string,
    ordinals: readonly number[],
    { generation, revision }: Target,
  ): Promise<void> {
    await manager.query(
      `UPDATE bot_instances SET generation = $3, revision = $4, failures = 0, next_start_at = NULL
       WHERE bot_id = $1 AND ordinal = ANY ($2)`,
      [botId, ordinals, generation, revision],
    );
  }

  async retire(manager: EntityManager, botId: string, ordinal: number, reason: Retiring): Promise<void> {
    await manager.query('UPDATE bot_instances SET retiring = $3 WHERE bot_id = $1 AND ordinal = $2', [
      botId,
      ordinal,
      reason,
    ]);
  }

  async remove(manager: EntityManager, botId: string, ordinals: readonly number[]): Promise<void> {
    await manager.query('DELETE FROM bot_instances WHERE bot_id = $1 AND ordinal = ANY ($2)', [
      botId,
      ordinals,
    ]);
  }

  /**
   * Writes what is seen of an instance, unless another host or process has taken its bot meanwhile.
   * @param before the process that it had when it was read
   * @returns whether it was written
   */
  async save(
    manager: EntityManager,
    state: BotInstance,
    host: string,
    before: string | null,
  ): Promise<boolean> {
    const sets = FIELDS.map((field, index) => `${field} = $${index + 5}`);
    const values = FIELDS.map((field) =>
      JSON_FIELDS.has(field) && state[field] !== null ? JSON.stringify(state[field]) : state[field],
    );
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE bot_instances SET ${sets.join(', ')}, last_updated = now(), last_heartbeat = CASE
         WHEN $${INSTANCE}::uuid IS DISTINCT FROM $4::uuid AND $${INSTANCE}::uuid IS NOT NULL
         THEN NULL ELSE last_heartbeat END
       WHERE bot_id = $1 AND ordinal = $2 AND instance IS NOT DISTINCT FROM $4::uuid
         AND EXISTS (SELECT 1 FROM bot_states WHERE bot_states.bot_id = $1 AND bot_states.host = $3)`,
      [state.bot_id, state.ordinal, host, before, ...values],
    );
    return count > 0;
  }

  /** Writes what was measured of many instances. */
  async measure(manager: EntityManager, measures: readonly Measures[]): Promise<void> {
    if (measures.length === 0) return;
    await manager.query(
      `UPDATE bot_instances AS one SET last_heartbeat = greatest(one.last_heartbeat, m.last_heartbeat),
         report = CASE WHEN one.last_heartbeat > m.last_heartbeat THEN one.report ELSE m.report END, cpu_load = m.cpu_load,
         memory_usage_mb = m.memory_usage_mb, requests_per_second = m.requests_per_second,
         error_rate = m.error_rate, last_updated = now()
       FROM jsonb_to_recordset($1::jsonb) AS m (bot_id text, ordinal integer, last_heartbeat timestamptz, report jsonb,
         cpu_load float8, memory_usage_mb float8, requests_per_second float8, error_rate float8)
       WHERE one.bot_id = m.bot_id AND one.ordinal = m.ordinal`,
      [JSON.stringify(measures)],
    );
  }

  /** Takes a beat over the network, of a process that runs. */
  async beat(manager: EntityManager, instance: string, beat: Beat): Promise<void> {
    await manager.query(
      `UPDATE bot_instances SET last_heartbeat = now(), report = $2 WHERE instance = $1 AND status IN ${ALIVE}`,
      [instance, JSON.stringify(beat)],
    );
  }

  /** The last beats of these processes. */
  beats(manager: EntityManager, instances: readonly string[]): Promise<HeardBeat[]> {
    return manager.query(
      `SELECT instance, report AS beat, last_heartbeat AS at, extract(epoch FROM now() - last_heartbeat)::float8 AS age
       FROM bot_instances WHERE instance = ANY ($1) AND last_heartbeat IS NOT NULL AND report IS NOT NULL`,
      [instances],
    );
  }

  /** The bot that runs as this process, and what it may do. */
  async ofInstance(
    manager: EntityManager,
    instance: string,
  ): Promise<{ id: string; ordinal: number; permissions: string[] } | undefined> {
    const [row] = await manager.query<{ id: string; ordinal: number; permissions: string[] }[]>(
      `SELECT bots.id, one.ordinal, coalesce(r.manifest, bots.manifest) -> 'permissions' AS permissions
       FROM bot_instances AS one JOIN bots ON bots.id = one.bot_id
       LEFT JOIN bot_revisions AS r ON r.bot_id = one.bot_id AND r.revision = one.revision
       WHERE one.instance = $1 AND one.status IN ${ALIVE}`,
      [instance],
    );
    return row;
  }
}
