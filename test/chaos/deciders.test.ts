import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquireEmbeddedPostgres } from '../../src/core/database/embedded/index.js';
import { wireSeed } from '../../src/core/llm/call-key.js';
import type { Entry } from '../../src/core/llm/cassettes/cassette-file.js';
import { keyFromText, RandomStream } from '../../src/engine/random.js';
import { type Asked, LlmServer, MODEL, type Reply } from '../support/llm-server.js';
import { decideFor } from '../support/outside-decider.js';
import { ended, printed, Program } from '../support/program.js';

/** `npm run test:chaos` takes twenty moments. */
const MOMENTS = Number(process.env['CHAOS_MOMENTS'] ?? 3);
/** Says when workers are killed; a failure names it. */
const SEED = Number(process.env['CHAOS_SEED'] ?? randomInt(2 ** 31));
const TICKS = 10;
const PASSWORD = 'a password for the tests of chaos';

function town(id: string, decider: string): string {
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
deciders: [{ ${decider} }]
`;
}

type Body = Record<string, unknown>;
type Seen = Parameters<typeof decideFor>[0] & { decided: boolean };

/** What a run came to, in words that another run of the same seed and decisions must repeat. */
interface Outcome {
  checksum: string;
  digests: string;
  files: { name: string; sha256: string }[];
}

/** An API, workers, and a connection to their database. */
class House {
  readonly workers: ChildProcess[] = [];
  private readonly headers: Record<string, string> = { 'content-type': 'application/json' };

  private constructor(
    private readonly program: Program,
    private readonly api: ChildProcess,
    private readonly base: string,
    private readonly server: Awaited<ReturnType<typeof acquireEmbeddedPostgres>>,
    readonly database: pg.Client,
  ) {}

  static async open(environment: Record<string, string>): Promise<House> {
    const program = new Program({
      AZT3KNET_ADMIN_PASSWORD: PASSWORD,
      AZT3KNET_LOG_LEVEL: 'error',
      RATE_LIMIT_REQUESTS: '0',
      RATE_LIMIT_ADDRESS_REQUESTS: '0',
      ...environment,
    });
    const api = program.start(['--mode', 'api'], 'main');
    api.stderr?.resume();
    const base = /http:\/\/\S+?:\d+/.exec(await printed(api, /Health/))?.[0] ?? '';
    const server = await acquireEmbeddedPostgres({ dataDir: join(program.dataDir, 'data') });
    const database = new pg.Client(server.ownerUrl);
    await database.connect();
    const house = new House(program, api, base, server, database);
    const { access_token } = await house.call('POST', '/auth/login', {
      username: 'admin',
      password: PASSWORD,
    });
    house.headers['authorization'] = `Bearer ${String(access_token)}`;
    return house;
  }

  async call(method: string, path: string, body?: object): Promise<Body> {
    const answer = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: this.headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { http: answer.status, ...(text === '' ? {} : (JSON.parse(text) as Body)) };
  }

  async addWorker(): Promise<void> {
    const worker = this.program.start(['worker', '--concurrency', '1']);
    worker.stderr?.resume();
    await printed(worker, /running \(worker/);
    this.workers.push(worker);
  }

  /** Kills the `count` oldest workers at once, so that none of them can end the run meanwhile, and starts others. */
  async kill(count: number): Promise<void> {
    const victims = this.workers.splice(0, count);
    const gone = victims.map((victim) => once(victim, 'close'));
    for (const victim of victims) victim.kill('SIGKILL');
    await Promise.all(gone);
    for (const _ of victims) await this.addWorker();
  }

  async outcome(runId: string): Promise<Outcome> {
    const { rows } = await this.database.query<Omit<Outcome, 'files'>>(
      `SELECT checksum, (SELECT md5(string_agg(digest, ',' ORDER BY tick)) FROM run_ticks WHERE run_id = runs.id) AS digests
       FROM runs WHERE id = $1`,
      [runId],
    );
    const files = await this.database.query<Outcome['files'][number]>(
      'SELECT name, sha256 FROM run_files WHERE run_id = $1 ORDER BY name',
      [runId],
    );
    return { ...(rows[0] as Omit<Outcome, 'files'>), files: files.rows };
  }

  /** How often attempts at the run were begun. */
  async attempts(runId: string): Promise<number> {
    const { rows } = await this.database.query<{ attempts: number }>(
      'SELECT attempts FROM jobs JOIN runs ON runs.job_id = jobs.id WHERE runs.id = $1',
      [runId],
    );
    return rows[0]?.attempts ?? 0;
  }

  async close(): Promise<void> {
    await this.database.end();
    await this.server.release();
    for (const process of [...this.workers, this.api]) {
      process.kill('SIGTERM');
      await ended(process);
    }
    this.program.remove();
  }
}

/** Decides in a run until it has ended. @returns what was asked, tick by tick */
async function decideOutside(
  house: House,
  runId: string,
  between: (tick: number) => Promise<void>,
): Promise<Map<number, string>> {
  const asked = new Map<number, string>();
  for (;;) {
    const { status } = await house.call('GET', `/runs/${runId}`);
    if (status === 'completed') return asked;
    await sleep(10);
    if (status === 'failed' || status === 'cancelled') throw new Error(`the run is ${status}`);
    const turn = await house.call('GET', `/runs/${runId}/decisions`);
    if (turn['http'] !== 200) {
      await sleep(20);
      continue;
    }
    const tick = Number(turn['tick']);
    const agents = turn['agents'] as Seen[];
    // Whoever asks again asks the same.
    const offers = JSON.stringify(agents.map((agent) => ({ ...agent, decided: undefined })));
    const before = asked.get(tick);
    expect(before ?? offers, `offers of tick ${tick} with the seed ${SEED}`).toBe(offers);
    expect(tick).toBeGreaterThanOrEqual(Math.max(-1, ...asked.keys()));
    asked.set(tick, offers);
    // A half at a time: whatever dies in between, what was handed in stays.
    const missing = agents.filter(({ decided }) => !decided);
    const part = missing.slice(0, Math.ceil(missing.length / 2));
    const decisions = part.map((seen) => decideFor(seen, tick));
    if (decisions.length > 0) await house.call('POST', `/runs/${runId}/decisions`, { tick, decisions });
    await between(tick);
  }
}

/** At the first moment both workers, whichever has the run; later one of them, and mostly the other as well. */
function killed(draws: RandomStream, first: boolean): number {
  return first || draws.below(10) < 7 ? 2 : 1;
}

async function start(house: House, scenario: string): Promise<string> {
  const accepted = await house.call('POST', `/simulations/${scenario}/run`, { seed: 'chaos' });
  expect(accepted).toMatchObject({ http: 202 });
  return String(accepted['run_id']);
}

/** Waits for the end of a run. */
async function completed(house: House, runId: string): Promise<void> {
  for (;;) {
    const { status } = await house.call('GET', `/runs/${runId}`);
    if (status === 'completed') return;
    if (status === 'failed' || status === 'cancelled') throw new Error(`the run is ${status}`);
    await sleep(100);
  }
}

const EXTERNAL = town('asked', 'kind: external, people: { share: 0.3 }, deadline_seconds: 3600');
const MODELLED = town('modelled', 'kind: llm, people: { share: 0.4 }, batch: 2, cassette: town');

/** What a model that likes and passes on decides, by what it is asked alone. */
function answered({ body }: Asked): Reply {
  const messages = body['messages'] as { role: string; content: string }[];
  const people = JSON.parse(messages.find(({ role }) => role === 'user')?.content ?? '[]') as {
    n: number;
    can: string[];
    feed: { i: number }[];
  }[];
  return {
    content: JSON.stringify({
      people: people.map(({ n, can, feed }) => ({
        n,
        does: can.includes('post') && feed.length === 0 ? 'post' : can.includes('read') ? 'read' : 'nothing',
        acts: can.includes('read')
          ? [
              ...feed.slice(0, 1).map(({ i }) => ({ i, kind: 'reaction', reaction: 'insightful' })),
              ...feed.slice(1, 2).map(({ i }) => ({ i, kind: 'repost' })),
            ]
          : [],
      })),
    }),
    tokens: { input: 100, output: 10 },
    afterMs: 30,
  };
}

/** A call to the model: the same again has the same. */
function keyOf({ body }: Asked): { content: string; seed: unknown } {
  const messages = body['messages'] as { role: string; content: string }[];
  const content = messages.find(({ role }) => role === 'user')?.content ?? '';
  return { content, seed: (body['options'] as Body | undefined)?.['seed'] };
}

describe('a kill -9 of a worker while somebody outside decides', () => {
  let house: House;
  let model: LlmServer;

  beforeAll(async () => {
    model = await LlmServer.start(answered);
    house = await House.open({ OLLAMA_BASE_URL: model.url, OLLAMA_MODEL: MODEL });
    await house.addWorker();
    await house.addWorker();
    for (const content of [EXTERNAL, MODELLED]) await house.call('POST', '/scenarios', { content });
  }, 300_000);

  afterAll(async () => {
    await house?.close();
    await model?.stop();
  }, 60_000);

  it('asks nobody twice for different things, and ends as if nothing had been', async () => {
    const draws = new RandomStream(keyFromText('deciders outside'), SEED);
    const whole = await start(house, 'asked');
    const asked = await decideOutside(house, whole, () => Promise.resolve());
    expect([...asked.keys()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: TICKS }, (_, n) => n));
    const reference = await house.outcome(whole);

    const disturbed = await start(house, 'asked');
    const moments = new Set(Array.from({ length: MOMENTS }, () => draws.below(TICKS)));
    let first = true;
    const again = await decideOutside(house, disturbed, async (tick) => {
      if (!moments.delete(tick)) return;
      await sleep(draws.below(120));
      await house.kill(killed(draws, first));
      first = false;
    });
    expect(await house.attempts(disturbed), `the seed ${SEED}`).toBeGreaterThan(1);
    expect(again).toEqual(asked);
    expect(await house.outcome(disturbed), `the seed ${SEED}`).toEqual(reference);
  }, 900_000);

  it('pays no model twice for what is kept, and ends as if nothing had been', async () => {
    const draws = new RandomStream(keyFromText('deciders by models'), SEED);
    // As it was before an attempt of this test that failed.
    model.script = answered;
    await house.database.query('DELETE FROM cassettes');
    const earlier = model.chats.length;
    const whole = await start(house, 'modelled');
    await completed(house, whole);
    const reference = await house.outcome(whole);
    await house.database.query('DELETE FROM cassettes');
    const calls = model.chats.length - earlier;
    expect(calls).toBeGreaterThan(TICKS);

    const paid = new Map<string, number>();
    const twice: string[] = [];
    model.script = async (asked) => {
      const { content, seed } = keyOf(asked);
      const key = JSON.stringify([content, seed]);
      paid.set(key, (paid.get(key) ?? 0) + 1);
      const { rows } = await house.database.query<{ entry: string }>('SELECT entry FROM cassette_entries');
      const kept = rows.some(({ entry }) => {
        const { request, seed: spelled } = JSON.parse(entry) as Entry;
        return (
          spelled !== null &&
          wireSeed(spelled) === seed &&
          request.messages.some((message) => message.content === content)
        );
      });
      if (kept) twice.push(key);
      // So slow that the run is at work at the first moment.
      await sleep(60);
      return answered(asked);
    };
    const disturbed = await start(house, 'modelled');
    for (let moment = 0; moment < MOMENTS; moment += 1) {
      const before = paid.size;
      while (paid.size === before) {
        const { status } = await house.call('GET', `/runs/${disturbed}`);
        if (status === 'completed' || status === 'failed') break;
        await sleep(10);
      }
      await sleep(draws.below(300));
      await house.kill(killed(draws, moment === 0));
    }
    await completed(house, disturbed);
    expect(await house.attempts(disturbed), `the seed ${SEED}`).toBeGreaterThan(1);
    expect(twice, `the seed ${SEED}`).toEqual([]);
    expect(paid.size).toBe(calls);
    expect(await house.outcome(disturbed), `the seed ${SEED}`).toEqual(reference);
  }, 900_000);
});
