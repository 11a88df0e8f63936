import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import type { AgentProfile } from '../../src/modules/agents/index.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { HostedProgram } from '../support/command-host.js';
import { LlmServer, MODEL, type Script } from '../support/llm-server.js';
import { GoodModel, peopleAsked, replyOf } from '../support/people-script.js';
import { testDatabase } from '../support/runtime.js';

interface Answer {
  population_id: string;
  job_id: string;
  specification: { writer?: { backend: string; model: string; model_digest: string } };
  writing: { cassette: string; cassette_mode: string; forecast: { calls: number; input_tokens: number } };
  preview?: AgentProfile[];
}

interface Writing {
  cassette: string;
  by_model: Record<string, number>;
  by_rules: Record<string, number>;
  refused: Record<string, number>;
  answers: number;
  input_tokens: number;
  usage: { calls: number; replayed: number };
}

interface JobState {
  status: string;
  error: { code: string } | null;
  progress: { note: string | null };
  result: { writing: Writing; created: boolean; export: { sha256: string } };
}

type Backend = 'ollama' | 'openai';

function environmentOf(backend: Backend, url: string): Record<string, string> {
  return backend === 'ollama'
    ? { OLLAMA_BASE_URL: url, OLLAMA_MODEL: MODEL }
    : { AZT3KNET_OPENAI_BASE_URL: `${url}/v1`, AZT3KNET_OPENAI_MODEL: MODEL };
}

function requireAlike(actual: object, wanted: object): void {
  expect(actual).toMatchObject(wanted);
}

/** An application whose models are those of a server. */
class Laboratory {
  private constructor(readonly application: TestApplication) {}

  static async open(environment: Record<string, string>, database?: DatabaseTarget): Promise<Laboratory> {
    return new Laboratory(await testApplication(environment, 'all', database && Promise.resolve(database)));
  }

  async ask(body: object, path = '/api/v1/populate'): Promise<Answer> {
    const { status, body: answer } = await this.application.call<Answer>('POST', path, body);
    requireAlike({ status, answer }, { status: 202 });
    return answer;
  }

  async job(id: string): Promise<JobState> {
    return (await this.application.call<JobState>('GET', `/api/v1/jobs/${id}`)).body;
  }

  async end(id: string): Promise<JobState> {
    for (;;) {
      const job = await this.job(id);
      if (['completed', 'failed', 'cancelled'].includes(job.status)) return job;
      await sleep(50);
    }
  }

  /** Asks for a population, and waits until it is there. */
  async make(body: object, path?: string): Promise<{ answer: Answer; writing: Writing }> {
    const answer = await this.ask(body, path);
    const { status, error, result } = await this.end(answer.job_id);
    requireAlike({ status, error }, { status: 'completed', error: null });
    return { answer, writing: result.writing };
  }

  async text(url: string): Promise<string> {
    const { app, authorization } = this.application;
    const { statusCode, body } = await app.inject({ url, headers: { authorization } });
    requireAlike({ statusCode }, { statusCode: 200 });
    return body;
  }

  exportOf({ population_id: id }: Answer): Promise<string> {
    return this.text(`/api/v1/populations/${id}/exports/jsonl`);
  }

  async agents(answer: Answer): Promise<AgentProfile[]> {
    const lines = (await this.exportOf(answer)).trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as AgentProfile);
  }

  async remove({ population_id: id }: Answer): Promise<void> {
    const { status } = await this.application.call('DELETE', `/api/v1/populations/${id}`);
    requireAlike({ status }, { status: 204 });
  }
}

const PEOPLE = { gender: 'unspecified', country: 'MX', interests: ['street art', 'maps'], export: 'jsonl' };

/** What rules have drawn of somebody. */
function settled(agent: AgentProfile): unknown[] {
  const { country, city, locale, timezone, age, gender, tone, posting_cadence, interests } = agent;
  return [country, city, locale, timezone, age, gender, tone, posting_cadence, interests[0]];
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

describe.each<Backend>(['ollama', 'openai'])('a population that %s writes', (backend) => {
  let server: LlmServer;
  let laboratory: Laboratory;
  const request = { ...PEOPLE, count: 25, seed: 'written', writer: 'llm', persist: true };

  beforeAll(async () => {
    const model = new GoodModel();
    server = await LlmServer.start((asked) => model.answer(asked));
    laboratory = await Laboratory.open(environmentOf(backend, server.url));
  });
  afterAll(async () => {
    await laboratory.application.close();
  });

  it('is forecast without being written', async () => {
    const { body, status } = await laboratory.application.call<Answer>('POST', '/api/v1/populate', {
      ...request,
      persist: undefined,
      export: undefined,
      preview: 2,
    });
    expect(status).toBe(200);
    expect(body.writing).toMatchObject({ cassette_mode: 'auto', forecast: { calls: 3 } });
    expect(body.writing.forecast.input_tokens).toBeGreaterThan(3 * 100);
    expect(body.specification.writer).toMatchObject({ backend, model: MODEL });
    expect(body.preview).toHaveLength(2);
    expect(server.chats).toHaveLength(0);
  });

  it('has the words of the model on the skeletons of the rules', async () => {
    const rules = await laboratory.make({ ...request, writer: 'rules' });
    const { answer, writing } = await laboratory.make(request);
    expect(answer.population_id).not.toBe(rules.answer.population_id);
    const [drawn, written] = [await laboratory.agents(rules.answer), await laboratory.agents(answer)];
    expect(written.map(settled)).toEqual(drawn.map(settled));
    expect(written.every(({ bio, interests: [first = ''] }) => bio.startsWith(`About ${first}:`))).toBe(true);
    expect(written.every(({ interests }) => interests.includes('slow trains'))).toBe(true);
    expect(written[0]?.behavioral_biases).toEqual(['social_proof', 'anchoring']);
    expect(new Set(written.map(({ name }) => name)).size).toBe(25);
    expect(new Set(written.map(({ username_hint }) => username_hint)).size).toBe(25);
    for (const { username_hint } of written) expect(username_hint).toMatch(/^[a-z0-9._]{3,30}$/);
    expect(writing).toMatchObject({
      by_model: { name: 25, interests: 25, bio: 25, biases: 25 },
      answers: 3,
      input_tokens: 300,
      usage: { calls: 3, replayed: 0 },
    });
    expect([sum(writing.by_rules), sum(writing.refused)]).toEqual([0, 0]);
    const list = await laboratory.application.call<{ agents: AgentProfile[] }>(
      'GET',
      `/api/v1/populations/${answer.population_id}/agents?limit=100`,
    );
    expect(list.body.agents).toEqual(written);
    const { body: manifest } = await laboratory.application.call<{ writing: object; specification: object }>(
      'GET',
      `/api/v1/populations/${answer.population_id}/exports/jsonl/manifest`,
    );
    expect(manifest.writing).toMatchObject({ by_model: { bio: 25 }, answers: 3, output_tokens: 250 });
    expect(manifest.specification).toMatchObject({ writer: { backend, model: MODEL } });
  });

  it('is made once, whoever asks again', async () => {
    const asked = server.chats.length;
    const answer = await laboratory.ask(request);
    expect((await laboratory.end(answer.job_id)).result).toMatchObject({ created: false });
    expect(server.chats).toHaveLength(asked);
  });

  it('is exported in other formats as it was written', async () => {
    const { answer } = await laboratory.make({ ...request, export: 'csv' });
    const csv = await laboratory.text(`/api/v1/populations/${answer.population_id}/exports/csv`);
    for (const { name, bio } of await laboratory.agents(answer)) {
      expect(csv).toContain(name);
      expect(csv).toContain(bio);
    }
  });

  it(
    'is replayed to the byte from its cassette, elsewhere and with the server switched off',
    { timeout: 300_000 },
    async () => {
      const { answer } = await laboratory.make(request);
      const written = await laboratory.exportOf(answer);
      const cassette = await laboratory.text(`/api/v1/llm/cassettes/${answer.writing.cassette}/file`);
      await server.stop();
      const elsewhere = await Laboratory.open({});
      const lines = cassette.trimEnd().split('\n').slice(0, -1).join('\n');
      await elsewhere.application.call('POST', '/api/v1/llm/cassettes/tape/entries', { content: lines });
      const replayed = await elsewhere.make({ ...request, cassette: 'tape', cassette_mode: 'replay' });
      expect(replayed.answer.population_id).toBe(answer.population_id);
      expect(await elsewhere.exportOf(replayed.answer)).toBe(written);
      expect(replayed.writing.usage).toMatchObject({ calls: 0, replayed: 3 });
      const miss = await elsewhere.ask({
        ...request,
        seed: 'other',
        cassette: 'tape',
        cassette_mode: 'replay',
      });
      expect((await elsewhere.end(miss.job_id)).error).toMatchObject({ code: 'cassette_miss' });
      await elsewhere.application.close();
    },
  );
});

describe('what a model writes', () => {
  let server: LlmServer;
  let laboratory: Laboratory;
  let seeds = 0;
  let model: GoodModel;

  beforeAll(async () => {
    server = await LlmServer.start();
    laboratory = await Laboratory.open(environmentOf('ollama', server.url));
  });
  beforeEach(() => {
    model = new GoodModel();
    server.script = (asked) => model.answer(asked);
  });
  afterAll(async () => {
    await laboratory.application.close();
    await server.stop();
  });

  const request = (count: number) => ({ ...PEOPLE, count, seed: `s${(seeds += 1)}`, writer: 'llm' });

  /** Makes a population with a model that is like this. */
  async function writtenBy(
    script: Script,
    count = 10,
  ): Promise<{ writing: Writing; agents: AgentProfile[] }> {
    server.script = script;
    const { answer, writing } = await laboratory.make(request(count));
    const agents = await laboratory.agents(answer);
    expect(agents).toHaveLength(count);
    return { writing, agents };
  }

  it('is asked for again where people are missing, or answers are too many or twice', async () => {
    const { writing } = await writtenBy((asked) => {
      const people = peopleAsked(asked).map((person) => model.person(person));
      if (people.length < 10) return replyOf(people);
      return replyOf([
        ...people.slice(0, 8),
        { ...people[0], name: 'Someone Else' },
        { ...people[9], n: 77 },
      ]);
    });
    expect(writing).toMatchObject({ by_model: { name: 10, bio: 10 }, refused: { missing: 2 }, answers: 2 });
  });

  it('is asked for again where it is no JSON, and in the end the rules write', async () => {
    const { writing, agents } = await writtenBy(() => ({ content: '{"people": [' }));
    expect(writing).toMatchObject({
      by_rules: { name: 10, interests: 10, bio: 10, biases: 10 },
      refused: { missing: 30 },
      answers: 0,
      // Each repair is drawn by a seed of its own, so that the same broken answer is not taken from the cassette.
      usage: { repairs: 6, calls: 9, replayed: 0 },
    });
    for (const { bio } of agents) expect(bio.length).toBeGreaterThanOrEqual(60);
  });

  it('is repaired where it does not fit at first', async () => {
    const { writing } = await writtenBy((asked, calls) =>
      calls === 1 || !JSON.stringify(asked.body).includes('cannot be used')
        ? { content: 'Here are your people!' }
        : model.answer(asked),
    );
    expect(writing).toMatchObject({ by_model: { name: 10 }, refused: { missing: 0 }, usage: { repairs: 1 } });
  });

  it('is nobody twice: the first stays, the others are the rules’', async () => {
    const { writing, agents } = await writtenBy((asked) => {
      const [first, ...rest] = peopleAsked(asked).map((person) => ({
        ...model.person(person),
        name: 'Lía Órdaz',
        bio: 'I paint the same long wall every single day, and on Sundays I look at it again with some friends.',
      }));
      const near = rest.map((each) => ({
        ...each,
        name: 'LIA ordaz',
        bio: each.bio.replace('some', 'many'),
      }));
      return replyOf([first as object, ...near]);
    });
    expect(writing).toMatchObject({
      by_model: { name: 1, bio: 1, biases: 10 },
      by_rules: { name: 9, bio: 9 },
    });
    // Nine names three times, and the bio of the first of those who are asked for again.
    expect(writing.refused).toMatchObject({ duplicate: 27 + 2, near_duplicate: 25 });
    expect(new Set(agents.map(({ name }) => name)).size).toBe(10);
    expect(agents.filter(({ bio }) => bio.startsWith('I paint the same'))).toHaveLength(1);
  });

  it('is nobody known, and nothing personal or forbidden', async () => {
    const bad = [
      { name: 'Frida Kahlo' },
      { name: 'Official Support' },
      { name: 'x9' },
      { bio: 'Write to me at lia.ordaz@example.com whenever you like, I paint walls and answer at night.' },
      { bio: 'Call me on +52 55 1234 5678 whenever you like, I paint walls and answer the phone at night.' },
      { bio: 'Too short.' },
      { interests: ['a|b'] },
      { biases: ['being_wrong'] },
      {
        bio: 'I will kill you all, I will hunt you down and kill every one of you, I hate you, kill yourself.',
      },
    ];
    const { writing, agents } = await writtenBy((asked) =>
      replyOf(peopleAsked(asked).map((person, at) => ({ ...model.person(person), ...bad[at] }))),
    );
    expect(writing.refused).toMatchObject({ missing: 0, duplicate: 0, near_duplicate: 0 });
    for (const reason of ['denied', 'personal_data', 'form', 'guard'])
      expect(writing.refused[reason]).toBeGreaterThan(0);
    expect(sum(writing.by_rules)).toBeGreaterThan(0);
    const text = JSON.stringify(agents);
    for (const word of ['Frida', 'Official', 'example.com', '1234', 'being_wrong', 'hunt you'])
      expect(text).not.toContain(word);
  });

  it('is told what was refused', async () => {
    await writtenBy((asked, calls) =>
      replyOf(
        peopleAsked(asked).map((person) => ({
          ...model.person(person),
          ...(calls === server.chats.length && peopleAsked(asked).length === 10 && person.n === 3
            ? { bio: 'Too short.' }
            : {}),
        })),
      ),
    );
    const last = JSON.stringify(server.chats.at(-1)?.body);
    expect(last).toContain('n 1: the bio has 10 characters');
  });

  it('comes from a server that is overloaded and slow all the same', async () => {
    let refused = 0;
    const { writing } = await writtenBy((asked) => {
      if (refused < 3) {
        refused += 1;
        return { status: 503, error: 'server busy', headers: { 'retry-after': '0' } };
      }
      return { ...model.answer(asked), afterMs: 200 };
    }, 40);
    expect(writing).toMatchObject({ by_model: { name: 40, bio: 40 }, refused: { missing: 0 } });
  });

  it('leaves every margin as it is, and the audit tells what was refused', async () => {
    const document = {
      id: 'pair',
      version: '1.0.0',
      title: 'Pair',
      description: 'Two.',
      count: 40,
      country: 'MX',
      writer: 'llm',
      attributes: {
        gender: { counts: { female: 21, male: 19 } },
        interests: { counts: { chess: 13, tango: 27 } },
        tone: { counts: { formal: 11, casual: 29 } },
        leaning: { counts: { left: 15, right: 25 } },
      },
      tables: [
        {
          of: ['gender', 'leaning'],
          counts: { female: { left: 10, right: 11 }, male: { left: 5, right: 14 } },
        },
      ],
    };
    server.script = (asked) =>
      replyOf(
        peopleAsked(asked).map((person) => ({
          ...model.person(person),
          interests: ['chess', 'tango', 'maps'],
          ...(person.n === 1 && { name: 'Elon Musk' }),
        })),
      );
    const { answer } = await laboratory.make({ document, seed: 'm', export: 'jsonl' }, '/api/v1/populations');
    const { body: audit } = await laboratory.application.call<{
      margins: { met: boolean; max_error: number }[];
      coherence: { met: boolean };
      writing: Writing;
    }>('GET', `/api/v1/populations/${answer.population_id}/audit`);
    expect(audit.margins).toHaveLength(5);
    expect(audit.margins.map(({ max_error }) => max_error)).toEqual([0, 0, 0, 0, 0]);
    expect(audit.coherence.met).toBe(true);
    expect(audit.writing.refused['denied']).toBeGreaterThan(0);
    const page = await laboratory.application.call<string>(
      'GET',
      `/api/v1/populations/${answer.population_id}/audit`,
      undefined,
      { accept: 'text/html' },
    );
    expect(page.body).toContain('What the model wrote');
  });

  it('can be cancelled, and is not asked for twice afterwards', async () => {
    const body = request(60);
    server.script = (asked, calls) => ({
      ...model.answer(asked),
      ...(calls % 2 === 0 && { afterMs: 3_000 }),
    });
    const before = server.chats.length;
    const { job_id: id } = await laboratory.ask(body);
    while (server.chats.length < before + 3) await sleep(20);
    await sleep(500);
    expect((await laboratory.job(id)).progress.note).toBe('writing');
    await laboratory.application.call('POST', `/api/v1/jobs/${id}/cancel`);
    expect((await laboratory.end(id)).status).toBe('cancelled');
    while (server.active > 0) await sleep(20);
    server.script = (asked) => model.answer(asked);
    const { writing } = await laboratory.make(body);
    expect(writing.usage.replayed).toBeGreaterThan(0);
    expect(writing.usage.calls + writing.usage.replayed).toBe(6);
  });

  it.each([
    [{ writer: 'llm' }, 'writer'],
    [{ writer: 'rules', cassette: 'x', preview: 1 }, 'cassette'],
    [{ cassette_mode: 'replay', preview: 1 }, 'cassette_mode'],
    [{ writer: 'llm', cassette_mode: 'replay', preview: 1 }, 'cassette'],
    [{ writer: 'somebody', preview: 1 }, 'writer'],
  ])('is refused for %j, naming the field', async (change, field) => {
    const { status, body } = await laboratory.application.call('POST', '/api/v1/populate', {
      ...PEOPLE,
      export: undefined,
      count: 3,
      seed: '1',
      ...change,
    });
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain(`"${field}`);
  });

  it('is offered on the command line', { timeout: 300_000 }, async () => {
    const { database } = laboratory.application.runtime;
    const program = new HostedProgram({
      ...environmentOf('ollama', server.url),
      DATABASE_URL: (database.application as { url: string }).url,
      DATABASE_OWNER_URL: (database.owner as { url: string }).url,
    });
    const words = 'populate --gender female --count 12 --country ES --seed cli --persist --writer llm'.split(
      ' ',
    );
    const before = server.chats.length;
    const rehearsed = await program.run(...words, '--dry-run');
    expect(rehearsed).toMatchObject({ code: 0 });
    expect(rehearsed.stdout).toMatch(/forecast +2 calls/);
    expect(server.chats).toHaveLength(before);
    const made = await program.run(...words, '--cassette', 'cli');
    expect(made.stderr).not.toContain('azt3knet:');
    expect(made.stdout).toMatch(/used +2 calls, 0 replayed/);
    program.remove();
  });
});

it('goes on where it was when its process ends, and replays the same', { timeout: 300_000 }, async () => {
  const model = new GoodModel();
  // Nobody answers once the 32 calls of the first window are over.
  const server = await LlmServer.start((asked, calls) => ({
    ...model.answer(asked),
    ...(calls > 32 && { afterMs: 60_000 }),
  }));
  const environment = {
    ...environmentOf('ollama', server.url),
    AZT3KNET_ADMIN_PASSWORD: 'seven blue lanterns',
  };
  const database = await testDatabase();
  const first = await Laboratory.open(environment, { ...database, release: () => Promise.resolve() });
  const body = { ...PEOPLE, count: 350, seed: 'away', writer: 'llm', cassette: 'away' };
  const answer = await first.ask(body);
  while (server.chats.length < 35) await sleep(20);
  await first.application.close();
  server.script = (asked) => model.answer(asked);
  const second = await Laboratory.open(environment, database);
  const { result, status } = await second.end(answer.job_id);
  expect(status).toBe('completed');
  expect(result.writing).toMatchObject({
    answers: 35,
    by_model: { name: 350 },
    usage: { calls: 35, replayed: 0 },
  });
  expect(server.chats).toHaveLength(32 + 3 + 3);
  const written = await second.exportOf(answer);
  await second.remove(answer);
  await server.stop();
  const again = await second.make({ ...body, cassette_mode: 'replay' });
  expect(await second.exportOf(again.answer)).toBe(written);
  await second.application.close();
});

it('needs a model', async () => {
  const laboratory = await Laboratory.open({});
  const { status, body } = await laboratory.application.call('POST', '/api/v1/populate', {
    ...PEOPLE,
    count: 3,
    writer: 'llm',
  });
  expect({ status, body }).toMatchObject({ status: 422, body: { code: 'invalid_population_specification' } });
  await laboratory.application.close();
});
