import type { BotInstance } from './bot-instance.entity.js';
import { isAlive, type BotCondition } from './bot.rules.js';
import type { SeenBot } from './bots.repository.js';

/** How one or many processes do; `started_at` is of the oldest, null where there is none. */
export type Measured = Pick<
  BotInstance,
  'started_at' | 'last_heartbeat' | 'cpu_load' | 'memory_usage_mb' | 'requests_per_second' | 'error_rate'
>;

/** What is seen of a bot's instances together. */
export interface Summary extends Measured {
  /** How many run and beat, and are to stay. */
  ready: number;
  conditions: BotCondition[];
  next_start_at: Date | null;
  last_updated: Date;
}

/** The measures of an instance; 0 where nothing runs. */
export function measuredOf(one: BotInstance): Measured {
  if (isAlive(one.status) && one.started_at !== null) return one;
  const nothing = { cpu_load: 0, memory_usage_mb: 0, requests_per_second: 0, error_rate: 0 };
  return { ...nothing, started_at: null, last_heartbeat: one.last_heartbeat };
}

/** Sums of what is used and done, the oldest start, the newest beat, and of each condition the worst. */
export function summaryOf({ state, instances }: SeenBot): Summary {
  const parts = instances.map(measuredOf);
  const sum = (field: 'cpu_load' | 'memory_usage_mb' | 'requests_per_second'): number =>
    parts.reduce((total, part) => total + part[field], 0);
  const requests = sum('requests_per_second');
  const errors = parts.reduce((total, part) => total + part.error_rate * part.requests_per_second, 0);
  return {
    ready: instances.filter(({ retiring, status }) => retiring === null && status === 'running').length,
    conditions: [...worstOf(instances.flatMap(({ conditions }) => conditions)), ...state.conditions],
    started_at: first(parts.map(({ started_at }) => started_at)),
    next_start_at: first(instances.map(({ next_start_at }) => next_start_at)),
    last_heartbeat: last(parts.map(({ last_heartbeat }) => last_heartbeat)),
    last_updated:
      last([state.last_updated, ...instances.map((one) => one.last_updated)]) ?? state.last_updated,
    cpu_load: sum('cpu_load'),
    memory_usage_mb: sum('memory_usage_mb'),
    requests_per_second: requests,
    error_rate: requests === 0 ? 0 : errors / requests,
  };
}

const BADNESS = { true: 0, unknown: 1, false: 2 } as const;

/** Of conditions of the same type the one that is true least. */
function worstOf(conditions: readonly BotCondition[]): BotCondition[] {
  const worst = new Map<string, BotCondition>();
  for (const condition of conditions) {
    const known = worst.get(condition.type);
    if (known === undefined || BADNESS[condition.status] > BADNESS[known.status])
      worst.set(condition.type, condition);
  }
  return [...worst.values()];
}

function first(dates: readonly (Date | null)[]): Date | null {
  return dates.filter((date) => date !== null).toSorted((a, b) => Number(a) - Number(b))[0] ?? null;
}

function last(dates: readonly (Date | null)[]): Date | null {
  return dates.filter((date) => date !== null).toSorted((a, b) => Number(b) - Number(a))[0] ?? null;
}
