import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { Bot, BotMaintenance, BotState } from './bot.entity.js';
import type { BotTransition } from './bot-history.entity.js';
import type { BotInstance } from './bot-instance.entity.js';
import type { BotStatus, DesiredState } from './bot.rules.js';

/** A bot and what is seen of it. */
export interface SeenBot {
  bot: Bot;
  state: BotState;
  /** In the order of their ordinals. */
  instances: BotInstance[];
}

/** A {@link SeenBot} as it comes from the database. */
export interface SeenRow {
  bot: object;
  state: object;
  instances: object[];
}

/** Selects a {@link SeenRow}. */
export const SEEN = `to_jsonb(bots) AS bot, to_jsonb(bot_states) AS state, (
  SELECT coalesce(jsonb_agg(to_jsonb(one) - 'report' ORDER BY one.ordinal), '[]')
  FROM bot_instances AS one WHERE one.bot_id = bots.id) AS instances`;

export const BOT_SORTS = ['created_at', 'id'] as const;
export type BotSort = (typeof BOT_SORTS)[number];

/** Which bots: all conditions together. */
export interface BotFilter {
  status?: BotStatus | undefined;
  desired_state?: DesiredState | undefined;
  role?: string | undefined;
}

const LIST = new Listing<BotSort>({
  name: 'bots',
  select: SEEN,
  from: 'bots JOIN bot_states ON bot_states.bot_id = bots.id',
  id: 'bots.id',
  idType: 'text',
  sorts: {
    created_at: { sql: 'bots.created_at', type: 'timestamptz' },
    id: { sql: 'bots.id', type: 'text' },
  },
});

/** What people say of a bot. */
export type BotTerms = Pick<
  Bot,
  | 'name'
  | 'description'
  | 'role'
  | 'blueprint'
  | 'blueprint_sha256'
  | 'manifest'
  | 'configuration'
  | 'healing'
  | 'paused'
  | 'schedule'
  | 'desired_state'
  | 'replicas'
  | 'generation'
  | 'revision'
  | 'restart_generation'
>;

const COLUMNS: readonly (keyof BotTerms)[] = [
  'name',
  'description',
  'role',
  'blueprint',
  'blueprint_sha256',
  'manifest',
  'configuration',
  'healing',
  'paused',
  'schedule',
  'desired_state',
  'replicas',
  'generation',
  'revision',
  'restart_generation',
];
const JSON_COLUMNS = new Set<keyof BotTerms>(['manifest', 'configuration', 'schedule']);

function valuesOf(terms: BotTerms): unknown[] {
  return COLUMNS.map((column) =>
    JSON_COLUMNS.has(column) && terms[column] !== null ? JSON.stringify(terms[column]) : terms[column],
  );
}

const TIMES = {
  bot: ['created_at'],
  state: ['progress_at', 'last_updated'],
  instance: ['next_start_at', 'started_at', 'stopping_at', 'ready_since', 'last_heartbeat', 'last_updated'],
} as const;

function dated(values: object, names: readonly string[]): object {
  const read: Record<string, unknown> = { ...values };
  for (const name of names) if (typeof read[name] === 'string') read[name] = new Date(read[name]);
  return read;
}

/** Rows that came as JSON have times as texts. */
export function seenOf({ bot, state, instances }: SeenRow): SeenBot {
  return {
    bot: dated(bot, TIMES.bot) as Bot,
    state: dated(state, TIMES.state) as BotState,
    instances: instances.map((each) => dated(each, TIMES.instance) as BotInstance),
  };
}

/** All SQL about what people want of bots. */
@Injectable()
export class BotsRepository {
  /** @param lock whether nobody else may change what is wanted of it until the transaction ends */
  async find(manager: EntityManager, id: string, lock: boolean = false): Promise<SeenBot | undefined> {
    const [row] = await manager.query<SeenRow[]>(
      `SELECT ${SEEN} FROM bots JOIN bot_states ON bot_states.bot_id = bots.id WHERE bots.id = $1${lock ? ' FOR UPDATE OF bots' : ''}`,
      [id],
    );
    return row && seenOf(row);
  }

  /** @throws InvalidCursor */
  async page(
    manager: EntityManager,
    { status, desired_state, role }: BotFilter,
    request: PageRequest<BotSort>,
  ): Promise<Page<SeenBot>> {
    const conditions = new Conditions()
      .equal('bot_states.status', status)
      .equal('bots.desired_state', desired_state)
      .equal('bots.role', role);
    const { rows, next } = await LIST.page<SeenRow>(manager, conditions, request);
    return { rows: rows.map(seenOf), next };
  }

  /** Adds a bot with its first state; nothing when there is one of this id. */
  async insert(
    manager: EntityManager,
    id: string,
    ownerId: string,
    terms: BotTerms,
    actor: string,
  ): Promise<boolean> {
    const places = COLUMNS.map((_, index) => `$${index + 4}`);
    const made = await manager.query<object[]>(
      `INSERT INTO bots (id, owner_id, created_by, ${COLUMNS.join(', ')}) VALUES ($1, $2, $3, ${places.join(', ')})
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [id, ownerId, actor, ...valuesOf(terms)],
    );
    if (made.length === 0) return false;
    await manager.query('INSERT INTO bot_states (bot_id) VALUES ($1)', [id]);
    await manager.query(`INSERT INTO bot_transitions (bot_id, status) VALUES ($1, 'registered')`, [id]);
    return true;
  }

  /** Gives a locked bot other terms. */
  async update(manager: EntityManager, id: string, terms: BotTerms): Promise<void> {
    const sets = COLUMNS.map((column, index) => `${column} = $${index + 2}`);
    await manager.query(`UPDATE bots SET ${sets.join(', ')}, version = version + 1 WHERE id = $1`, [
      id,
      ...valuesOf(terms),
    ]);
  }

  /** Why all bots are left as they are; undefined: they are not. */
  async maintenance(manager: EntityManager): Promise<BotMaintenance | undefined> {
    const [row] = await manager.query<BotMaintenance[]>('SELECT * FROM bot_maintenance');
    return row;
  }

  async beginMaintenance(manager: EntityManager, reason: string, actor: string): Promise<void> {
    await manager.query(
      `INSERT INTO bot_maintenance (reason, begun_by) VALUES ($1, $2)
       ON CONFLICT (id) DO UPDATE SET reason = $1, begun_by = $2`,
      [reason, actor],
    );
  }

  async endMaintenance(manager: EntityManager): Promise<void> {
    await manager.query('DELETE FROM bot_maintenance');
  }

  async delete(manager: EntityManager, id: string): Promise<void> {
    await manager.query('DELETE FROM bots WHERE id = $1', [id]);
  }

  /** The newest transitions of a bot, the newest first. */
  history(manager: EntityManager, id: string, limit: number): Promise<BotTransition[]> {
    return manager.query('SELECT * FROM bot_transitions WHERE bot_id = $1 ORDER BY id DESC LIMIT $2', [
      id,
      limit,
    ]);
  }
}
