import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCaller } from '../support/caller.js';
import { Laboratory, type Answer, type Body } from '../support/laboratory.js';
import { type Asked, DIGEST, LlmServer, MODEL, type Reply } from '../support/llm-server.js';
import { decideFor } from '../support/outside-decider.js';

const TICKS = 10;

/** Somebody as a model is told of them. */
interface Person {
  n: number;
  person: { name: string };
  can: string[];
  told: boolean;
  feed: { i: number; text: string; acts: string[] }[];
}

/** A scenario of the town, and who decides in it. */
function town(id: string, ...deciders: string[]): string {
  return `id: ${id}
version: 1.0.0
title: A town
description: Forty people for the tests.
population: { gender: unspecified, count: 40, country: MX, interests: [street art, football] }
content: { template: street_art_campaign, drafts_per_agent: 2 }
tick_minutes: 30
ticks: ${TICKS}
graph: {}
feed: {}
behaviour: { sessions_per_day: 20, reaction: 0.1, comment: 0.1, repost: 0.1, answering: 0.5 }
deciders: [${deciders.map((each) => `{ ${each} }`).join(', ')}]
`;
}
const LLM = 'kind: llm, people: { share: 0.4 }, every: 2, batch: 4';

function peopleAsked({ body }: Asked): Person[] {
  const messages = body['messages'] as { role: string; content: string }[];
  return JSON.parse(messages.find(({ role }) => role === 'user')?.content ?? '') as Person[];
}

/** What a model that likes and passes on decides. */
function answered(people: readonly Person[]): Reply {
  return {
    content: JSON.stringify({
      people: people.map(({ n, can, told, feed }) => ({
        n,
        does: can.includes('post') && feed.length === 0 ? 'post' : can.includes('read') ? 'read' : 'nothing',
        acts: can.includes('read')
          ? [
              ...feed.slice(0, 1).map(({ i }) => ({ i, kind: 'reaction', reaction: 'insightful' })),
              ...feed.slice(1, 2).map(({ i }) => ({ i, kind: 'repost' })),
              ...(told ? [{ i: -1, kind: 'comment' }] : []),
            ]
          : [],
      })),
    }),
    tokens: { input: 100, output: 10 },
  };
}

const filesOf = ({ files }: Body): unknown[] =>
  (files as Body[]).map(({ name, sha256 }) => [name, sha256] as const);

describe('a run that a language model decides in', () => {
  let server: LlmServer;
  let lab: Laboratory;

  beforeAll(async () => {
    server = await LlmServer.start();
    lab = await Laboratory.open('all', { OLLAMA_BASE_URL: server.url, OLLAMA_MODEL: MODEL });
  });
  afterAll(async () => {
    await lab?.close();
    await server.stop();
  });
  beforeEach(() => {
    server.script = (asked) => answered(peopleAsked(asked));
    server.asked.length = 0;
  });

  async function start(scenario: string, body: object = {}): Promise<Body> {
    const answer = await lab.call('POST', `/simulations/${scenario}/run`, { seed: '1', ...body });
    expect(answer.status).toBe(202);
    return answer.body;
  }
  const show = async (id: unknown): Promise<Body> => (await lab.call('GET', `/runs/${String(id)}`)).body;
  async function done(scenario: string, body: object = {}): Promise<Body> {
    const { job_id, run_id } = await start(scenario, body);
    const { error } = await lab.ended(job_id);
    expect(error).toBeNull();
    return show(run_id);
  }
  const report = async ({ id }: Body): Promise<Body> =>
    (await lab.call('GET', `/runs/${String(id)}/files/report.json`)).body;
  const deciders = async (run: Body): Promise<Body[]> => (await report(run))['deciders'] as Body[];
  const add = async (id: string, ...rest: string[]): Promise<Answer> =>
    lab.call('POST', '/scenarios', town(id, ...rest));

  it('does what the model says, names it, and is replayed from its cassette to the byte', async () => {
    await add('modelled', `${LLM}, cassette: town`);
    const first = await done('modelled');
    expect(first['status']).toBe('completed');
    const asked = server.chats.length;
    expect(asked).toBeGreaterThan(4);
    const [entry] = (await deciders(first)) as [Body];
    expect(entry).toMatchObject({ decider: 0, kind: 'llm', missing: 0, instead: 'nothing' });
    expect(entry['model']).toMatchObject({
      writer: { backend: 'ollama', model: MODEL, model_digest: DIGEST, prompt: { name: 'decide_feed' } },
      cassette: 'town',
      calls: asked,
      omitted: 0,
      over_budget: 0,
      failed: {},
      refused_acts: 0,
      input_tokens: 100 * asked,
      output_tokens: 10 * asked,
    });
    expect((await report(first))['versions']).toMatchObject({
      [`model ${MODEL}`]: DIGEST,
      'prompt decide_feed': '1.0.0',
      cassette: 'town',
    });
    expect((first['totals'] as Body)['reactions']).toBeGreaterThan(0);
    // Nobody is asked in a replay, and everything is the same.
    const replayed = `${LLM}, cassette: town, cassette_mode: replay`;
    await add('modelled_again', replayed);
    const again = await done('modelled_again');
    expect(server.chats).toHaveLength(asked);
    expect(again['checksum']).toBe(first['checksum']);
    const third = await done('modelled_again');
    expect(filesOf(third)).toEqual(filesOf(again));
    // What it does not have is an error that says so.
    const { job_id } = await start('modelled_again', { seed: '2' });
    expect(await lab.ended(job_id)).toMatchObject({
      status: 'failed',
      error: {
        code: 'cassette_miss',
        message: expect.stringContaining('the cassette town has no answer') as string,
      },
    });
    // Its decisions can be repeated without a model.
    await add(
      'modelled_repeated',
      `kind: llm, people: { share: 0.4 }, every: 2, repeats: ${String(first['id'])}`,
    );
    expect((await done('modelled_repeated'))['checksum']).toBe(first['checksum']);
    expect(server.chats).toHaveLength(asked);
  }, 180_000);

  it('does what the scenario says where the model fails, and counts it', async () => {
    await add('failing', `${LLM}, missing: rules, budget_calls: 14`);
    const refused: number[] = [];
    server.script = (asked, calls) => {
      const people = peopleAsked(asked);
      if (calls % 7 === 1) return { status: 400, error: 'no' };
      if (calls % 7 === 2) return { content: '{"people": []}' };
      if (calls % 7 === 3) {
        refused.push(people.length);
        const acts = [
          { i: 99, kind: 'repost' },
          { i: -1, kind: 'follow' },
        ];
        return { content: JSON.stringify({ people: people.map(({ n }) => ({ n, does: 'read', acts })) }) };
      }
      return answered(people);
    };
    const run = await done('failing');
    expect(run['status']).toBe('completed');
    const [{ missing, model } = {}] = await deciders(run);
    const told = model as Record<string, number> & { failed: Record<string, number> };
    expect(told['calls']).toBe(14);
    expect(told.failed['llm_refused']).toBeGreaterThan(0);
    expect(told['omitted']).toBeGreaterThan(0);
    expect(told['over_budget']).toBeGreaterThan(0);
    expect(told['refused_acts']).toBeGreaterThan(0);
    const unanswered = Object.values(told.failed).reduce((sum, each) => sum + each, 0);
    expect(missing).toBe(unanswered + (told['omitted'] ?? 0) + (told['over_budget'] ?? 0));
    expect(refused.length).toBeGreaterThan(0);
  }, 120_000);

  it('repairs answers that do not fit, and is replayed with the repairs', async () => {
    await add('repaired', `${LLM}, cassette: repaired`);
    server.script = (asked, calls) => {
      const messages = asked.body['messages'] as { role: string }[];
      return calls % 3 === 0 && messages.length < 4 ? { content: 'Sure!' } : answered(peopleAsked(asked));
    };
    const run = await done('repaired');
    const asked = server.chats.length;
    const [{ model } = {}] = await deciders(run);
    expect(asked).toBeGreaterThan((model as { calls: number }).calls);
    expect(filesOf(await done('repaired'))).toEqual(filesOf(run));
    expect(server.chats).toHaveLength(asked);
  }, 120_000);

  it('has a group of limited size, and a cassette that is there', async () => {
    await add('crowded', 'kind: llm, most_people: 3');
    const { job_id } = await start('crowded');
    expect(await lab.ended(job_id)).toMatchObject({
      status: 'failed',
      error: { code: 'group_too_large', errors: [{ field: 'deciders[0]' }] },
    });
    await add('unrecorded', 'kind: llm, cassette: nothing_here, cassette_mode: replay');
    const refused = await lab.call('POST', '/simulations/unrecorded/run', { seed: '1' });
    expect([refused.status, refused.body['code']]).toEqual([404, 'cassette_not_found']);
  }, 120_000);

  /** Answers for the program; the run is stopped in tick 4 where it is to be. */
  const follow = async (stops: boolean): Promise<Body> => {
    const { run_id } = await start('both');
    const path = `/runs/${String(run_id)}/decisions`;
    const awaited = async (tick: number): Promise<void> => {
      await expect
        .poll(async () => (await lab.call('GET', path)).body['tick'], { timeout: 60_000, interval: 50 })
        .toBe(tick);
    };
    for (const tick of [0, 4, 8]) {
      await awaited(tick);
      const asked = server.chats.length;
      if (stops && tick === 4) {
        await lab.call('POST', `/runs/${String(run_id)}/pause`);
        await lab.ended((await show(run_id))['job_id']);
        await lab.call('POST', `/runs/${String(run_id)}/resume`);
        await awaited(tick);
      }
      // What the model decided in that tick is kept.
      expect(server.chats).toHaveLength(asked);
      const { agents } = (await lab.call('GET', path)).body as {
        agents: Parameters<typeof decideFor>[0][];
      };
      const decisions = agents.map((seen) => decideFor(seen, tick));
      expect((await lab.call('POST', path, { tick, decisions })).body).toMatchObject({ missing: 0 });
    }
    await lab.ended((await show(run_id))['job_id']);
    return show(run_id);
  };

  it('may have a program and a model in the same ticks, and is stopped between them', async () => {
    const both = [`${LLM}, cassette: both`, 'kind: external, people: { share: 0.3 }, every: 4'];
    await add('both', ...both);
    const run = await follow(true);
    expect(run['status']).toBe('completed');
    expect(filesOf(await follow(false))).toEqual(filesOf(run));
    const told = await deciders(run);
    expect(told.map(({ kind, missing }) => [kind, missing])).toEqual([
      ['llm', 0],
      ['external', 0],
    ]);
  }, 180_000);
});

/** An experiment of two arms. @param changes of the second */
function trial(scenario: string, changes: string): string {
  return `id: trial
title: A trial
description: For the tests.
scenario: ${scenario}
ticks: 4
seeds: 2
control: plain
arms: [{ name: plain }, { name: other, changes: ${changes} }]
outcomes: [{ name: reposts, measure: totals.reposts }]
preregistration:
  hypotheses: [{ text: Fewer reposts., arm: other, outcome: reposts, direction: less }]
  primary_outcome: reposts
  alpha: 0.05
  stopping: All seeds.
`;
}

describe('recording in a cassette that others share', () => {
  const NEEDED = ['simulations:run', 'simulations:read', 'scenarios:read', 'populations:write'];
  let server: LlmServer;
  let lab: Laboratory;
  let headers: { authorization: string };

  beforeAll(async () => {
    server = await LlmServer.start();
    server.script = (asked) => answered(peopleAsked(asked));
    lab = await Laboratory.open('all', {
      OLLAMA_BASE_URL: server.url,
      OLLAMA_MODEL: MODEL,
      AZT3KNET_LLM_MODE: 'record',
      AZT3KNET_LLM_CASSETTE: 'house',
    });
    const roles = `INSERT INTO roles (name, description, permissions) VALUES ('runner', '', $1)`;
    await lab.dataSource.query(roles, [NEEDED]);
    const { authorization } = await makeCaller(lab.app, 'runner');
    headers = { authorization };
    for (const [id, decider] of Object.entries(SHARED))
      await lab.call('POST', '/scenarios', town(id, `${LLM}, ${decider}`));
  });
  afterAll(async () => {
    await lab?.close();
    await server.stop();
  });

  /** Who asks for recording, and who gets it because nothing else is said. */
  const SHARED = {
    told: 'cassette: shared, cassette_mode: record',
    untold: 'cassette: shared',
    house: 'cassette_mode: record',
  };
  const asked = (path: string, body: object | string): Promise<Answer> =>
    lab.call('POST', path, body, headers);
  const counts = async (): Promise<unknown> =>
    lab.dataSource.query(`SELECT (SELECT count(*) FROM runs) AS runs, (SELECT count(*) FROM jobs) AS jobs,
      (SELECT count(*) FROM experiments) AS experiments, (SELECT count(*) FROM populations) AS populations`);
  /** What somebody without the permission is told, and whether it left anything. */
  async function attempt(path: string, body: object | string): Promise<object> {
    const before = [await counts(), server.chats.length];
    const { status, body: problem } = await asked(path, body);
    const left = !isDeepStrictEqual(before, [await counts(), server.chats.length]);
    return { status, ...problem, left };
  }
  const REFUSED = {
    status: 403,
    code: 'cassette_forbidden',
    detail: expect.stringContaining('the permission cassettes:write') as string,
    errors: [{ field: 'deciders[0].cassette_mode' }],
    left: false,
  };

  it.each(Object.keys(SHARED))('needs the permission cassettes:write in a run of %s', async (scenario) => {
    expect(await attempt(`/simulations/${scenario}/run`, { seed: '1' })).toMatchObject(REFUSED);
  });

  it('needs it in experiments, whether the scenario or an arm asks for it', async () => {
    await lab.call('POST', '/scenarios', town('ruled'));
    const inScenario = trial('told', '{ behaviour: { repost: 0.2 } }');
    expect(await attempt('/experiments', inScenario)).toMatchObject(REFUSED);
    const inArm = trial('ruled', `{ deciders: [{ ${LLM}, ${SHARED.untold} }] }`);
    expect(await attempt('/experiments', inArm)).toMatchObject(REFUSED);
  });

  it('needs it in branches; whoever has it records, and others take what is there', async () => {
    const first = await lab.call('POST', '/simulations/untold/run', { seed: '1' });
    expect(first.status).toBe(202);
    expect(await lab.ended(first.body['job_id'])).toMatchObject({ status: 'completed' });
    const branch = `/runs/${String(first.body['run_id'])}/branch`;
    expect(await attempt(branch, { at: 2 })).toMatchObject(REFUSED);
    await lab.call('POST', '/scenarios', town('taken', `${LLM}, cassette: shared, cassette_mode: auto`));
    const second = await asked('/simulations/taken/run', { seed: '1' });
    expect(second.status).toBe(202);
    expect(await lab.ended(second.body['job_id'])).toMatchObject({ status: 'completed' });
  });
});

it('a model that is not there decides for nobody', async () => {
  const lab = await Laboratory.open('api');
  try {
    await lab.call('POST', '/scenarios', town('unasked', LLM));
    const { status, body } = await lab.call('POST', '/simulations/unasked/run', { seed: '1' });
    const [issue] = body['errors'] as Body[];
    expect([status, body['code'], issue?.['field']]).toEqual([422, 'model_missing', 'deciders[0].kind']);
  } finally {
    await lab.close();
  }
}, 120_000);
