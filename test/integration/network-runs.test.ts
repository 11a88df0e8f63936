import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JobsService } from '../../src/modules/jobs/index.js';
import { AccountsService } from '../../src/modules/integrations/network/accounts.service.js';
import { NetworksService } from '../../src/modules/integrations/network/networks.service.js';
import { RunHistory } from '../../src/modules/simulation/index.js';
import { TestNetwork } from '../support/network.js';
import { isFinished, watchJob } from '../support/watch-job.js';

interface Job {
  status: string;
  error: { message: string } | null;
  result: Record<string, number>;
}

let network: TestNetwork;
let run: string;

async function ended(id: string): Promise<Job> {
  for await (const job of watchJob(network.test.app.get(JobsService, { strict: false }), id))
    if (isFinished(job)) return job as unknown as Job;
  throw new Error('unreachable');
}

beforeAll(async () => {
  network = await TestNetwork.open({}, 40);
  const { body } = await network.test.call<{ run_id: string; jobs: { simulation: string } }>(
    'POST',
    '/api/v1/simulations/metro_cdmx/run',
    { population_id: network.populationId, seed: '20241005', ticks: 30 },
  );
  run = body.run_id;
  const { status } = await ended(body.jobs.simulation);
  if (status !== 'completed') throw new Error(`the run was ${status}`);
}, 120_000);
afterAll(() => network?.close());

const project = async (body: object): Promise<{ network: string; job: Job }> => {
  const answer = await network.test.call<{ network: string; job_id: string }>(
    'POST',
    '/api/v1/networks/projections',
    body,
  );
  expect(answer.status).toBe(202);
  return { network: answer.body.network, job: await ended(answer.body.job_id) };
};

describe('a run on a network', () => {
  it('is what happened, as far as the tick', async () => {
    const history = network.test.app.get(RunHistory, { strict: false });
    const told = await history.run(run);
    const posts = { all: 0, early: 0 };
    for await (const { kind, tick } of history.events(told, 29)) {
      if (kind !== 'post') continue;
      posts.all += 1;
      if (tick <= 10) posts.early += 1;
    }
    const whole = await project({ run_id: run, name: 'whole' });
    const early = await project({ run_id: run, tick: 10, name: 'early' });
    expect([whole.job.error, early.job.error]).toEqual([null, null]);
    expect(whole.job.result).toMatchObject({ accounts: 40 });
    const shown = async (
      name: string,
    ): Promise<{
      posts: number;
      all: { id: string; reblog: unknown; created_at: string; in_reply_to_id: string | null }[];
    }> => {
      const found = await network.test.app.get(NetworksService, { strict: false }).get(name);
      const member = await network.member(0, ['read'], found);
      const all: { id: string; reblog: unknown; created_at: string; in_reply_to_id: string | null }[] = [];
      for (let path: string | undefined = '/api/v1/timelines/public?limit=40'; path !== undefined;) {
        const answer: { body: typeof all } = await member.call<typeof all>('GET', path);
        all.push(...answer.body);
        const last: string | undefined = answer.body.at(-1)?.id;
        path = last === undefined ? undefined : `/api/v1/timelines/public?limit=40&max_id=${last}`;
      }
      return { posts: all.filter((each) => each.in_reply_to_id === null).length, all };
    };
    const all = await shown('whole');
    expect(all.posts).toBe(posts.all);
    expect((await shown('early')).posts).toBe(posts.early);
    const times = all.all.map(({ created_at }) => created_at);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('has who followed whom, with the counts', async () => {
    const found = await network.test.app.get(NetworksService, { strict: false }).get('whole');
    const member = await network.member(0, ['read'], found);
    const me = await member.call<{ following_count: number; id: string }>(
      'GET',
      '/api/v1/accounts/verify_credentials',
    );
    const following = await member.call<object[]>('GET', `/api/v1/accounts/${me.body.id}/following?limit=80`);
    expect(following.body.length).toBe(me.body.following_count);
    expect(me.body.following_count).toBeGreaterThan(0);
  });

  it('is refused where it cannot be', async () => {
    const taken = await network.test.call('POST', '/api/v1/networks/projections', {
      run_id: run,
      name: 'whole',
    });
    expect(taken.status).toBe(409);
    const late = await network.test.call('POST', '/api/v1/networks/projections', { run_id: run, tick: 30 });
    expect(late.body).toMatchObject({ errors: [{ field: 'tick' }] });
    const nothing = await network.test.call('POST', '/api/v1/networks/projections', {
      run_id: network.populationId,
    });
    expect(nothing.status).toBe(404);
  });
});

describe('a network', () => {
  it('is populated, and keeps its population from being deleted without a word', async () => {
    const { body } = await network.test.call<{ job_id: string }>('POST', '/api/v1/networks/main/populate', {
      population: network.populationId,
      limit: 12,
    });
    expect((await ended(body.job_id)).result).toMatchObject({ accounts: 12 });
    const { body: status } = await network.test.call('GET', '/api/v1/networks/main');
    expect(status).toMatchObject({ accounts: 12, held: 0 });
    const refused = await network.test.call<{ errors: { field: string }[] }>(
      'DELETE',
      `/api/v1/populations/${network.populationId}`,
    );
    expect(refused.body.errors.map(({ field }) => field)).toContain('network_accounts');
  });

  it('is made and deleted, but for the main one', async () => {
    expect(
      (await network.test.call('POST', '/api/v1/networks', { name: 'short-lived', open: true })).status,
    ).toBe(201);
    expect((await network.test.call('POST', '/api/v1/networks', { name: 'short-lived' })).status).toBe(409);
    expect((await network.test.call('DELETE', '/api/v1/networks/short-lived')).status).toBe(204);
    expect((await network.test.call('GET', '/api/v1/networks/short-lived')).status).toBe(404);
    expect((await network.test.call('DELETE', '/api/v1/networks/main')).status).toBe(409);
  });

  it('has tokens that are shown once and can be ended', async () => {
    const issued = await network.test.call<{ id: string; token: string }>(
      'POST',
      '/api/v1/networks/main/tokens',
      {
        account: network.agents[0],
        scopes: ['read'],
      },
    );
    expect(issued.status).toBe(201);
    const authorization = `Bearer ${issued.body.token}`;
    const home = () => network.call('GET', '/api/v1/timelines/home', undefined, { authorization });
    expect((await home()).status).toBe(200);
    const listed = await network.test.call<{ tokens: object[] }>('GET', '/api/v1/networks/main/tokens');
    expect(JSON.stringify(listed.body)).toContain(issued.body.id);
    expect(JSON.stringify(listed.body)).not.toContain(issued.body.token);
    await network.test.call('DELETE', `/api/v1/networks/main/tokens/${issued.body.id}`);
    expect((await home()).status).toBe(401);
  });

  it('has no tokens for the accounts of people, which are theirs', async () => {
    const { app, call } = network.test;
    const [user] = await app
      .get(DataSource)
      .query<{ id: string; username: string }[]>(`SELECT id, username FROM users WHERE username = 'admin'`);
    const account = await app
      .get(AccountsService, { strict: false })
      .ofUser(network.main, user ?? { id: '', username: '' });
    for (const reference of ['admin', '@Admin', account.id]) {
      const { status } = await call('POST', '/api/v1/networks/main/tokens', { account: reference });
      expect({ reference, status }).toEqual({ reference, status: 403 });
    }
  });
});
