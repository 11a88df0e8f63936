import type { Redis } from 'ioredis';
import { grantOf, TokenBuckets, type Bucket, type Grant } from './token-buckets.js';

const NOW = `local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
  local function keep(key, full)
    if full > now then redis.call('SET', key, string.format('%.3f', full), 'PX', math.ceil(full - now) + 1000)
    else redis.call('DEL', key) end
  end`;

const RESERVE = `${NOW}
  local wait, fulls = 0, {}
  for i, key in ipairs(KEYS) do
    local burst, interval = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
    local full = math.max(now, tonumber(redis.call('GET', key) or '0'))
    fulls[i] = full + interval
    wait = math.max(wait, full - now - (burst - 1) * interval)
  end
  if wait <= 0 then for i, key in ipairs(KEYS) do keep(key, fulls[i]) end end
  return { string.format('%.3f', wait), string.format('%.3f', now) }`;

const RETURN = `${NOW}
  for i, key in ipairs(KEYS) do
    local left = tonumber(ARGV[i + 1]) - (now - tonumber(ARGV[1]))
    local full = tonumber(redis.call('GET', key) or '0')
    if left > 0 and full > 0 then keep(key, full - left) end
  end`;

const HOLD = `${NOW}
  for i, key in ipairs(KEYS) do
    keep(key, math.max(now + tonumber(ARGV[i]), tonumber(redis.call('GET', key) or '0')))
  end`;

/** Buckets in Redis: each call is one script, and so atomic. */
export class RedisBuckets extends TokenBuckets {
  /** @param client the one of the queues */
  constructor(
    private readonly client: Redis,
    private readonly namespace: string,
  ) {
    super();
  }

  reserveEach(acts: readonly (readonly Bucket[])[]): Promise<Grant[]> {
    // They leave together, in this order.
    return Promise.all(
      acts.map(async (buckets) => {
        const limits = buckets.flatMap(({ burst, intervalMs }) => [burst, intervalMs]);
        const [waitMs = 0, at = 0] = ((await this.run(RESERVE, buckets, limits)) as string[]).map(Number);
        return grantOf(waitMs, at);
      }),
    );
  }

  async giveBack(buckets: readonly Bucket[], at: number): Promise<void> {
    await this.run(RETURN, buckets, [at, ...buckets.map(({ intervalMs }) => intervalMs)]);
  }

  async hold(buckets: readonly Bucket[], ms: number): Promise<void> {
    await this.run(
      HOLD,
      buckets,
      buckets.map(({ burst, intervalMs }) => ms + (burst - 1) * intervalMs),
    );
  }

  private run(script: string, buckets: readonly Bucket[], values: readonly number[]): Promise<unknown> {
    const keys = buckets.map(({ key }) => `${this.namespace}:{quota}:${key}`);
    return this.client.eval(script, keys.length, ...keys, ...values);
  }
}
