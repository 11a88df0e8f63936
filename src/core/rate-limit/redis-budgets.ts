import type { Redis } from 'ioredis';
import { PATIENCE_MS, type BudgetStore, type Draw, type Grant } from './budget-store.js';

/** A budget is a number that expires with its window. */
const DRAW = `
  local points, limit, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  local reset = redis.call('PTTL', KEYS[1])
  local spent = 0
  if reset > 0 then spent = tonumber(redis.call('GET', KEYS[1])) else reset = window end
  local granted = math.max(0, math.min(points, limit - spent))
  if granted > 0 then redis.call('SET', KEYS[1], spent + granted, 'PX', reset) end
  return { granted, math.max(0, limit - spent - granted), reset }`;

interface WithDraw extends Redis {
  drawBudget(key: string, points: number, limit: number, windowMs: number): Promise<[number, number, number]>;
}

/** Budgets in Redis, over a connection of its own that does not wait for a server that is gone. */
export class RedisBudgets implements BudgetStore {
  private readonly client: WithDraw;

  /** @param client the one of the queues, which would wait for ever */
  constructor(
    client: Redis,
    private readonly namespace: string,
  ) {
    this.client = client.duplicate({
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      commandTimeout: PATIENCE_MS,
      connectTimeout: PATIENCE_MS,
      scripts: { drawBudget: { lua: DRAW, numberOfKeys: 1 } },
    }) as WithDraw;
    // It connects again by itself; until then draws fail.
    this.client.on('error', () => {});
  }

  async draw({ key, points, limit, windowMs }: Draw): Promise<Grant> {
    const [granted, left, resetMs] = await this.client.drawBudget(
      `${this.namespace}:budget:${key}`,
      points,
      limit,
      windowMs,
    );
    return { granted, left, resetMs };
  }

  async close(): Promise<void> {
    this.client.disconnect();
  }
}
