import { EventEmitter, once } from 'node:events';
import { DataSource } from 'typeorm';
import { PinoLogger } from 'nestjs-pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AuditService } from '../../src/core/audit/index.js';
import {
  AdapterError,
  AdapterRegistry,
  type PlatformAdapter,
  type PublishRequest,
  type Receipt,
} from '../../src/modules/integrations/index.js';
import { PlanWriter } from '../../src/modules/scheduler/planning/plan-writer.js';
import { Delivery } from '../../src/modules/scheduler/publications/delivery.js';
import { DeliveryRepository } from '../../src/modules/scheduler/publications/delivery.repository.js';
import { Drafting } from '../../src/modules/scheduler/publications/drafting.js';
import { PublicationRecord } from '../../src/modules/scheduler/publications/publication.record.js';
import { Publishing } from '../../src/modules/scheduler/publications/publishing.js';
import { Upkeep } from '../../src/modules/scheduler/publications/upkeep.js';
import { TokenBuckets } from '../../src/modules/scheduler/quotas/token-buckets.js';
import { TestNetwork } from '../support/network.js';

/** So few that the agents write no faster than people, in all tests together. */
const TOTAL = 2;

let network: TestNetwork;
let source: DataSource;
let adapter: Required<PlatformAdapter>;
let repository: DeliveryRepository;
let buckets: TokenBuckets;
let record: PublicationRecord;
let names = 0;

const part = <T>(token: abstract new (...args: never[]) => T): T =>
  network.test.app.get<T>(token, { strict: false });

beforeAll(async () => {
  network = await TestNetwork.open({}, 16);
  source = network.test.app.get(DataSource);
  adapter = part(AdapterRegistry).get('sandbox') as Required<PlatformAdapter>;
  repository = part(DeliveryRepository);
  buckets = part(TokenBuckets);
  record = part(PublicationRecord);
  // From here on nobody works but the test.
  await part(Delivery).beforeApplicationShutdown();
}, 120_000);
afterAll(() => network?.close());
afterEach(() => {
  vi.restoreAllMocks();
});

/** Another worker, on the same database. */
const worker = async (): Promise<Publishing> =>
  new Publishing(
    source,
    repository,
    part(AdapterRegistry),
    buckets,
    record,
    await network.test.app.resolve(PinoLogger, undefined, { strict: false }),
  );

/** A campaign of a few publications with their drafts, due now; nobody publishes them but the test. */
async function dueCampaign(): Promise<string> {
  const { body } = await network.test.call<{ id: string }>('POST', '/api/v1/campaigns', {
    name: `crash-${(names += 1)}`,
    population: network.populationId,
    templates: ['street_art_campaign'],
    seed: String(names),
    starts_at: new Date(Date.now() + 2 * 86_400_000).toISOString(),
    ends_at: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    caps: { total: TOTAL },
  });
  await network.test.call('POST', `/api/v1/campaigns/${body.id}/start`);
  while (await part(PlanWriter).step());
  expect(await rows(body.id)).toHaveLength(TOTAL);
  await source.query(
    `UPDATE publications SET not_before = now(), due_at = now() - interval '1 s', expires_at = now() + interval '1 h' WHERE campaign_id = $1`,
    [body.id],
  );
  while (await part(Drafting).step());
  expect((await rows(body.id)).map(({ state }) => state)).toEqual(Array.from({ length: TOTAL }, () => 'due'));
  return body.id;
}

interface Row {
  id: string;
  state: string;
  posts: number;
  told: number;
  reason: string | null;
}

/** The publications of a campaign; how often each is on the network, and how often the audit says so. */
const rows = (campaign: string): Promise<Row[]> =>
  source.query<Row[]>(
    `SELECT p.id, p.state, p.reason,
       (SELECT count(*)::int FROM network_statuses s WHERE s.draft_id = p.draft_id) AS posts,
       (SELECT count(*)::int FROM audit a WHERE a.subject_id = p.id::text AND a.action = 'publication.published') AS told
     FROM publications p WHERE campaign_id = $1 ORDER BY id`,
    [campaign],
  );

/** As when a worker has been silent for as long as a lease lasts. */
const endLeases = () =>
  source.query(`UPDATE publications SET leased_until = now() WHERE state = 'publishing'`);

/** What is to be said of a campaign in the end: each of its publications is out, and told, once. */
async function summary(campaign: string): Promise<string[]> {
  const { intact } = await part(AuditService).verify();
  const each = (await rows(campaign)).map(({ state, posts, told }) => `${state} ${posts} ${told}`);
  return [...each, `intact ${intact}`];
}
const ONCE = [...Array.from({ length: TOTAL }, () => 'published 1 1'), 'intact true'];

/** Stands still at a step until it is let go. */
function standstill() {
  const steps = new EventEmitter();
  const reached = once(steps, 'reached');
  const gate = once(steps, 'wake');
  return {
    reached,
    wake: () => steps.emit('wake'),
    stop: async () => {
      steps.emit('reached');
      await gate;
    },
  };
}

const MOMENTS: [string, (stop: () => Promise<void>) => void][] = [
  [
    'after the claim',
    (stop) => {
      const real = repository.claimDue.bind(repository);
      vi.spyOn(repository, 'claimDue').mockImplementationOnce(async (...args) => {
        const held = await real(...args);
        await stop();
        return held;
      });
    },
  ],
  [
    'after tokens were reserved',
    (stop) => {
      const real = buckets.reserveEach.bind(buckets);
      vi.spyOn(buckets, 'reserveEach').mockImplementationOnce(async (...args) => {
        const grants = await real(...args);
        await stop();
        return grants;
      });
    },
  ],
  [
    'before the platform is reached',
    (stop) => {
      const real = adapter.publishAll.bind(adapter);
      vi.spyOn(adapter, 'publishAll').mockImplementationOnce(async (requests) => {
        await stop();
        return real(requests);
      });
    },
  ],
  [
    'after the platform has it',
    (stop) => {
      const real = adapter.publishAll.bind(adapter);
      vi.spyOn(adapter, 'publishAll').mockImplementationOnce(async (requests) => {
        const receipts = await real(requests);
        await stop();
        return receipts;
      });
    },
  ],
  [
    'before the end is kept',
    (stop) => {
      const real = repository.settle.bind(repository);
      vi.spyOn(repository, 'settle').mockImplementationOnce(async (...args) => {
        await stop();
        return real(...args);
      });
    },
  ],
];

describe.each(MOMENTS)('a worker that stands still %s', (_, interrupt) => {
  it('loses its publications to another, and changes nothing when it wakes', async () => {
    const campaign = await dueCampaign();
    const still = standstill();
    interrupt(still.stop);
    const zombie = (await worker()).step();
    await still.reached;
    await endLeases();
    const successor = await worker();
    while (await successor.step());
    expect(await summary(campaign)).toEqual(ONCE);
    still.wake();
    await zombie;
    expect(await summary(campaign)).toEqual(ONCE);
  });
});

describe('a worker that dies', () => {
  it('while the end is committed leaves it to another', async () => {
    const campaign = await dueCampaign();
    vi.spyOn(record, 'changed').mockRejectedValueOnce(new Error('killed'));
    await expect((await worker()).step()).rejects.toThrow('killed');
    expect((await rows(campaign)).map(({ state }) => state)).not.toContain('published');
    await endLeases();
    const successor = await worker();
    while (await successor.step());
    expect(await summary(campaign)).toEqual(ONCE);
  });

  it('leaves what it had begun to another, also when the campaign was cancelled meanwhile', async () => {
    const campaign = await dueCampaign();
    const still = standstill();
    MOMENTS[3]?.[1](still.stop);
    const dead = (await worker()).step();
    await still.reached;
    await network.test.call('POST', `/api/v1/campaigns/${campaign}/cancel`);
    await endLeases();
    const successor = await worker();
    while (await successor.step());
    expect(await summary(campaign)).toEqual(ONCE);
    still.wake();
    await dead;
    expect(await summary(campaign)).toEqual(ONCE);
  });
});

/** A campaign whose publications another worker had begun, and never sent. */
async function leftBehind(): Promise<string> {
  const campaign = await dueCampaign();
  vi.spyOn(adapter, 'publishAll').mockRejectedValueOnce(new AdapterError('unavailable', 'dead', 'killed'));
  vi.spyOn(adapter, 'publish').mockRejectedValue(new AdapterError('unavailable', 'dead', 'killed'));
  await (await worker()).step();
  vi.restoreAllMocks();
  expect(new Set((await rows(campaign)).map(({ state }) => state))).toEqual(new Set(['publishing']));
  await endLeases();
  return campaign;
}

describe('what a worker that died had not sent', () => {
  it('is due again where it waits for a quota, and ends with its time', async () => {
    const campaign = await leftBehind();
    const day = 86_400_000;
    vi.spyOn(buckets, 'reserveEach').mockImplementation((wanted) =>
      Promise.resolve(wanted.map(() => ({ granted: false as const, waitMs: day }))),
    );
    await (await worker()).step();
    for (const row of await rows(campaign))
      expect(row).toMatchObject({ state: 'due', reason: 'waits for a quota', posts: 0 });
    await source.query('UPDATE publications SET expires_at = now() WHERE campaign_id = $1', [campaign]);
    await part(Upkeep).step();
    for (const row of await rows(campaign))
      expect(row).toMatchObject({ state: 'expired', reason: 'too late: it was still due', posts: 0 });
  });

  it('is not sent after its time', async () => {
    const campaign = await leftBehind();
    await source.query('UPDATE publications SET expires_at = now() WHERE campaign_id = $1', [campaign]);
    await (await worker()).step();
    await part(Upkeep).step();
    for (const row of await rows(campaign))
      expect(row).toMatchObject({ state: 'expired', reason: 'too late: it was still due', posts: 0 });
  });

  it('is published where it has come nonetheless, also after its time', async () => {
    const campaign = await dueCampaign();
    const still = standstill();
    MOMENTS[3]?.[1](still.stop);
    const dead = (await worker()).step();
    await still.reached;
    await source.query('UPDATE publications SET expires_at = now() WHERE campaign_id = $1', [campaign]);
    await endLeases();
    await (await worker()).step();
    expect(await summary(campaign)).toEqual(ONCE);
    still.wake();
    await dead;
  });
});

/** What the platform says of each publication, however it is asked. @returns for what it was asked, each time */
function answers(way: string, say: (request: PublishRequest) => Promise<Receipt>): PublishRequest[] {
  const asked: PublishRequest[] = [];
  const answer = async (request: PublishRequest): Promise<Receipt> => {
    asked.push(request);
    return say(request);
  };
  if (way === 'one by one') {
    vi.spyOn(adapter, 'publishAll').mockRejectedValue(new Error('one of them is too much'));
    vi.spyOn(adapter, 'publish').mockImplementation(answer);
  } else
    vi.spyOn(adapter, 'publishAll').mockImplementation((requests) =>
      Promise.all(requests.map((request) => answer(request).catch((error: AdapterError) => error))),
    );
  return asked;
}

describe.each(['together', 'one by one'])('a platform that is asked %s', (way) => {
  it('and asks for peace gets it, and what was reserved is given back', async () => {
    const campaign = await dueCampaign();
    const returned = vi.spyOn(buckets, 'giveBack');
    const asked = answers(way, () =>
      Promise.reject(new AdapterError('rate_limited', 'slow_down', 'slow down', 30)),
    );
    await (await worker()).step();
    expect(new Set((await rows(campaign)).map(({ state }) => state))).toEqual(new Set(['due']));
    expect(returned).toHaveBeenCalledTimes(TOTAL);
    expect(asked).toHaveLength(TOTAL);
    await source.query('UPDATE publications SET not_before = now() WHERE campaign_id = $1', [campaign]);
    await (await worker()).step();
    // Nobody asks it again while the gate is shut.
    expect(asked).toHaveLength(TOTAL);
    vi.restoreAllMocks();
    await source.query('DELETE FROM token_buckets');
    await source.query('UPDATE publications SET not_before = now() WHERE campaign_id = $1', [campaign]);
    await (await worker()).step();
    expect(await summary(campaign)).toEqual(ONCE);
  });

  it('and does not answer is asked again with the same key, and what it did stays done', async () => {
    const campaign = await dueCampaign();
    const real = adapter.publish.bind(adapter);
    const asked = answers(way, async (request) => {
      await real(request);
      throw new AdapterError('unavailable', 'cut_off', 'the connection was cut');
    });
    await (await worker()).step();
    expect(new Set((await rows(campaign)).map(({ state }) => state))).toEqual(new Set(['publishing']));
    await endLeases();
    await (await worker()).step();
    expect(await summary(campaign)).toEqual(ONCE);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(TOTAL);
    expect(asked).toHaveLength(TOTAL);
  });

  it('and refuses ends a publication, which says why', async () => {
    const campaign = await dueCampaign();
    answers(way, () => Promise.reject(new AdapterError('refused', 'no', 'not on this network')));
    await (await worker()).step();
    for (const row of await rows(campaign))
      expect(row).toMatchObject({ state: 'failed', reason: 'not on this network', posts: 0 });
  });
});

it('one publication that cannot go out holds up none of those beside it', async () => {
  const campaign = await dueCampaign();
  const real = adapter.publishAll.bind(adapter);
  let stranger = '';
  vi.spyOn(adapter, 'publishAll').mockImplementation((requests) => {
    stranger = requests[0]?.key ?? '';
    const agentId = '00000000-0000-4000-8000-000000000000';
    return real(requests.map((each, at) => (at === 0 ? { ...each, account: { agentId } } : each)));
  });
  await (await worker()).step();
  expect((await rows(campaign)).map(({ id, state, posts }) => [id === stranger, state, posts])).toEqual(
    (await rows(campaign)).map(({ id }) => (id === stranger ? [true, 'failed', 0] : [false, 'published', 1])),
  );
});

it('nothing is published whose decision was turned', async () => {
  const campaign = await dueCampaign();
  await source.query(
    `INSERT INTO reviews (id, severity, escalated, due_at, created_at, outcome)
     SELECT decision_id, 'medium', false, now(), now(), 'block' FROM publications WHERE campaign_id = $1`,
    [campaign],
  );
  await (await worker()).step();
  for (const row of await rows(campaign)) expect(row).toMatchObject({ state: 'due', posts: 0 });
});
