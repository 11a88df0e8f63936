import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { JobsService } from '../../src/modules/jobs/index.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { makeCaller, type TestCaller } from '../support/caller.js';
import { ChatClient, listen, type ChatFrame } from '../support/chat.js';
import { isFinished, watchJob } from '../support/watch-job.js';

let test: TestApplication;
let base: string;
let operator: TestCaller;
const clients: ChatClient[] = [];

beforeAll(async () => {
  test = await testApplication();
  base = await listen(test);
  operator = await makeCaller(test.app, 'operator');
}, 60_000);
afterEach(() => {
  for (const { socket } of clients.splice(0)) socket.terminate();
});
afterAll(() => test?.close());

async function chat(): Promise<ChatClient> {
  const path = `/ws/command/${operator.userId}?token=${operator.token}&format=json`;
  const client = await ChatClient.open(base, path);
  clients.push(client);
  return client;
}

/** Makes a population of so many agents. @returns its id, when they are there */
async function population(count: number): Promise<string> {
  const { body } = await test.call<{ population_id: string; job_id: string }>('POST', '/api/v1/populate', {
    gender: 'female',
    count,
    country: 'MX',
    seed: String(count),
    persist: true,
  });
  for await (const job of watchJob(test.app.get(JobsService, { strict: false }), body.job_id))
    if (isFinished(job)) break;
  return body.population_id;
}

const planOf = ({ details }: ChatFrame): unknown => details?.['plan'];

describe('what is pointed at inside a command', () => {
  it('is asked for where there is none', async () => {
    const client = await chat();
    for (const [text, argument] of [
      ['start sessions for the last population', 'population'],
      ['list the drafts of the last population', 'population'],
      ['run scenario rumour_town with the last population', 'population'],
      ['list the publications of the last campaign', 'campaign'],
    ] as const)
      expect(await client.ask(text)).toMatchObject({
        type: 'question',
        text: expect.stringMatching(/^There is no such (population|campaign)\. Which one do you mean\?$/),
        details: { argument },
      });
    expect(await client.ask('inicia sesiones para la última población')).toMatchObject({
      text: 'No hay nada así: población. ¿A cuál te refieres?',
    });
    expect(await client.ask('inicia sesiones para esa población')).toMatchObject({ type: 'question' });
  });

  it('is the newest, or what was spoken of or listed, and the plan names it', async () => {
    const [older, newer] = [await population(2), await population(3)];
    const drafted = await test.call<{ agents: { id: string }[] }>(
      'GET',
      `/api/v1/agents?population=${older}&limit=1`,
    );
    await test.call('POST', '/api/v1/content/draft', {
      template: 'street_art_campaign',
      agent: drafted.body.agents[0]?.id,
    });
    const client = await chat();
    for (const text of ['start sessions for the last population', 'inicia sesiones para la última población'])
      expect(planOf(await client.ask(text))).toMatchObject({
        command: 'sessions.start',
        arguments: { population: newer },
        text: expect.stringContaining(newer),
      });
    expect(await client.ask('muestra los borradores de la última población')).toMatchObject({
      details: { outcome: 'done', data: { count: 0 } },
    });
    await client.ask(`show population ${older}`);
    expect(await client.ask('list the drafts of it')).toMatchObject({ details: { data: { count: 1 } } });
    await client.ask('list populations');
    expect(planOf(await client.ask('start sessions for the second one'))).toMatchObject({
      arguments: { population: older },
    });
    // Another question in between does not lose it.
    expect(await client.ask('draft for the last population')).toMatchObject({
      type: 'question',
      details: { argument: 'template' },
    });
    expect(planOf(await client.ask('street_art_campaign'))).toMatchObject({
      command: 'drafts.draft',
      arguments: { template: 'street_art_campaign', population: newer },
    });
    expect((await client.ask('no')).text).toContain('I do nothing');
  });

  it('is whose agents a campaign is made for', async () => {
    const newer = await population(3);
    const client = await chat();
    const text = 'create a campaign called spring-murals of 30 posts with template street_art_campaign';
    expect(planOf(await client.ask(`${text} for the last population`))).toMatchObject({
      command: 'campaigns.create',
      arguments: { name: 'spring-murals', template: 'street_art_campaign', population: newer, posts: 30 },
    });
    expect(await client.ask('yes')).toMatchObject({
      details: {
        outcome: 'done',
        data: { name: 'spring-murals', state: 'draft', seed: 'spring-murals', caps: { total: 30 } },
      },
    });
    expect(planOf(await client.ask('start it'))).toMatchObject({ command: 'campaigns.start' });
    expect((await client.ask('no')).text).toContain('I do nothing');
    const taken = await client.ask(`${text} for the last population`);
    expect(planOf(taken)).toMatchObject({ command: 'campaigns.create' });
    expect(await client.ask('yes')).toMatchObject({ details: { outcome: 'refused' } });
  });

  it('is what a simulation runs with', async () => {
    const newer = await population(4);
    const client = await chat();
    expect(await client.ask('run a simulation with the last population')).toMatchObject({
      type: 'question',
      details: { argument: 'scenario' },
    });
    expect(planOf(await client.ask('metro_cdmx'))).toMatchObject({
      command: 'simulations.run',
      arguments: { scenario: 'metro_cdmx', population: newer },
    });
    const run = await client.ask('yes');
    expect(run).toMatchObject({ details: { outcome: 'done' } });
    expect(await client.ask('runs of the last population')).toMatchObject({
      details: { data: { count: 1 } },
    });
    expect(await client.ask('cancel the last simulation')).toMatchObject({ type: 'question' });
    await client.ask('yes');
  });
});

/** A review that was opened so many minutes ago, and is due in so many. */
async function review(ago: number, due: number): Promise<string> {
  const id = randomUUID();
  const source = test.app.get(DataSource);
  await source.query(
    `INSERT INTO decisions (id, subject_type, subject_id, text_hash, policies, action, checked, compliance_score, labels,
                            matches, decided_by, decided_at)
     VALUES ($1, 'draft', $2, 'h', '[]', 'review', true, 1, '{}', '[]', 'system', now())`,
    [id, id],
  );
  await source.query(
    `INSERT INTO reviews (id, severity, due_at, created_at)
     VALUES ($1, 'medium', now() + make_interval(mins => $2), now() - make_interval(mins => $3))`,
    [id, due, ago],
  );
  return id;
}

describe('what is still missing', () => {
  it('is asked for once it is known that it may be done, and to what', async () => {
    const client = await chat();
    expect(await client.ask('approve the last review')).toMatchObject({
      type: 'answer',
      text: 'There is no review yet.',
      details: { outcome: 'refused' },
    });
    const viewer = await makeCaller(test.app, 'viewer');
    const other = await ChatClient.open(
      base,
      `/ws/command/${viewer.userId}?token=${viewer.token}&format=json`,
    );
    clients.push(other);
    expect(await other.ask('approve the last review')).toMatchObject({ details: { outcome: 'denied' } });
  });

  it('does not change what it is about: a newer one may have come by the answer', async () => {
    const [, newest] = [await review(20, 10), await review(10, 60)];
    const client = await chat();
    expect(await client.ask('approve the last review')).toMatchObject({
      type: 'question',
      details: { argument: 'reason' },
    });
    await review(0, 90);
    expect(planOf(await client.ask('it is satire'))).toMatchObject({
      command: 'reviews.decide',
      arguments: { review: newest, verdict: 'release', reason: 'it is satire' },
      subject: { id: newest },
    });
    expect((await client.ask('no')).text).toContain('I do nothing');
  });
});

/** Registers a bot that is not started. */
async function bot(id: string): Promise<void> {
  const body = { id, name: id, blueprint: 'bots/echo_bot.mjs', role: 'analyzer' };
  expect(await test.call('POST', '/api/v1/bots', body)).toMatchObject({ status: 201 });
}

describe('names as people say them', () => {
  it('are asked back with the one that is near, or with all of them', async () => {
    await bot('analytics-bot-v1');
    const client = await chat();
    for (const text of [
      'detén el bot de analítica',
      'stop the analytics bot',
      'stop the bot "Analytics Bot"',
    ])
      expect(await client.ask(text)).toMatchObject({
        type: 'question',
        text: expect.stringContaining('analytics-bot-v1'),
        details: { choices: [expect.stringContaining('analytics-bot-v1')] },
      });
    expect((await client.ask('yes')).text).toContain('cannot be done: the bot analytics-bot-v1');
    await bot('analytics-bot-v2');
    expect(await client.ask('start the analytics bot')).toMatchObject({
      type: 'question',
      details: { choices: [expect.stringContaining('-v'), expect.stringContaining('-v')] },
    });
    expect(await client.ask('show bot Analytics_Bot-V1')).toMatchObject({
      details: { outcome: 'done', data: { bot_id: 'analytics-bot-v1' } },
    });
  });

  it('of a scenario alone run it, once it is agreed; of a bot as well are asked about', async () => {
    const client = await chat();
    for (const text of ['run metro_cdmx', 'ejecuta metro_cdmx', 'run Metro-CDMX'])
      expect(planOf(await client.ask(text))).toMatchObject({
        command: 'simulations.run',
        arguments: { scenario: 'metro_cdmx' },
      });
    await bot('metro-cdmx');
    const asked = await client.ask('run metro_cdmx');
    expect(asked).toMatchObject({
      type: 'question',
      details: { choices: [expect.anything(), expect.anything()] },
    });
    expect(planOf(asked)).toBeUndefined();
  });
});

describe('how many agents there are', () => {
  it('is told whole, and of one population', async () => {
    const { body } = await test.call<{ populations: { count: number }[] }>('GET', '/api/v1/populations');
    const others = body.populations.reduce((sum, { count }) => sum + count, 0);
    const big = await population(25);
    const client = await chat();
    expect(await client.ask('how many agents are there?')).toMatchObject({
      text: expect.stringMatching(new RegExp(`^${others + 25} agents; the first of them`, 'u')),
      details: { data: { count: 20, total: others + 25, more: true } },
    });
    expect((await client.ask('¿cuántos agentes tiene la última población?')).text).toMatch(
      /^25 agentes; los/u,
    );
    expect(await client.ask(`agents of population ${big} limit 3`)).toMatchObject({
      details: { data: { count: 3, total: 25 } },
    });
  });
});
