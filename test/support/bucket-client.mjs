// A process that takes tokens of the built program's buckets until its time is over, for tests. The parent says `go`, and is told what
// was used: the times of each bucket, by the store's clock. Its argument is JSON: `store`, `url`, `prefix`, `limits`, `windowSeconds`,
// `seed`, `me`, `runMs`.
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import { PostgresBuckets } from '../../dist/src/modules/scheduler/quotas/postgres-buckets.js';
import { RedisBuckets } from '../../dist/src/modules/scheduler/quotas/redis-buckets.js';
import { bucketFor } from '../../dist/src/modules/scheduler/quotas/token-buckets.js';

const { store, url, prefix, limits, windowSeconds, seed, me, runMs } = JSON.parse(process.argv[2]);

/** Deterministic numbers in [0, 1). */
let state = seed * 100 + me;
const draw = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 4_294_967_296;
};

async function open() {
  if (store === 'Redis') {
    const client = new Redis(url);
    return { buckets: new RedisBuckets(client, 'test'), close: () => client.disconnect() };
  }
  const source = await new DataSource({ type: 'postgres', url, poolSize: 2 }).initialize();
  return { buckets: new PostgresBuckets(source), close: () => source.destroy() };
}

const { buckets, close } = await open();
const go = new Promise((resolve) => process.once('message', resolve));
process.send('ready');
await go;

const bucketOf = (kind, of) => bucketFor(`${prefix}:${kind}:${of}`, limits[kind], windowSeconds);
const used = {};
let through = 0;
const end = Date.now() + runMs;
while (Date.now() < end) {
  const wanted = [
    bucketOf('platform', 0),
    bucketOf('account', me % 3),
    bucketOf('agent', Math.floor(me / 2)),
    bucketOf('campaign', Math.floor(draw() * 2)),
  ].toSorted(() => draw() - 0.5);
  const grant = await buckets.reserve(wanted);
  if (!grant.granted) {
    await sleep(Math.min(grant.waitMs, 200));
    continue;
  }
  if (draw() < 0.25) {
    await sleep(draw() * 30);
    await buckets.giveBack(wanted, grant.at);
    continue;
  }
  through += 1;
  for (const { key } of wanted) (used[key] ??= []).push(grant.at);
}
await close();
process.send({ through, used }, () => process.disconnect());
