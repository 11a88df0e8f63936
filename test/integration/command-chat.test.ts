import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AuditService } from '../../src/core/audit/index.js';
import { makeCaller, type TestCaller } from '../support/caller.js';
import { ChatClient, listen, type ChatFrame } from '../support/chat.js';
import { TestNetwork } from '../support/network.js';

let network: TestNetwork;
let base: string;
let operator: TestCaller;
let viewer: TestCaller;
const clients: ChatClient[] = [];

beforeAll(async () => {
  network = await TestNetwork.open();
  base = await listen(network.test);
  operator = await makeCaller(network.test.app, 'operator');
  viewer = await makeCaller(network.test.app, 'viewer');
}, 120_000);
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.terminate();
});
afterAll(() => network?.close());

const source = () => network.test.app.get(DataSource);
async function chat(caller: TestCaller, query = '', path = caller.userId): Promise<ChatClient> {
  const client = await ChatClient.open(base, `/ws/command/${path}?token=${caller.token}${query}`);
  clients.push(client);
  return client;
}
const program = (caller: TestCaller, query = ''): Promise<ChatClient> => chat(caller, `&format=json${query}`);
const outcomeOf = ({ details }: ChatFrame): unknown => details?.['outcome'];

let names = 0;
async function campaign(): Promise<string> {
  const name = `murals-${(names += 1)}`;
  const answer = await network.test.call('POST', '/api/v1/campaigns', {
    name,
    population: network.populationId,
    templates: ['street_art_campaign'],
    seed: '7',
    starts_at: new Date(Date.now() + 2 * 86_400_000).toISOString(),
    ends_at: new Date(Date.now() + 9 * 86_400_000).toISOString(),
  });
  expect(answer).toMatchObject({ status: 201 });
  return name;
}
async function stateOf(name: string): Promise<unknown> {
  return (await network.test.call('GET', `/api/v1/campaigns/${name}`)).body['state'];
}

describe('a person at the WebSocket', () => {
  it('writes texts and reads texts', async () => {
    const name = await campaign();
    const client = await chat(operator);
    expect(await client.askText('list campaigns')).toContain(name);
    expect(await client.askText(`muestra la campaña ${name}`)).toMatch(
      /Campaña murals-\d+\n.*\n {2}estado: draft/,
    );
    expect(await client.askText('hjkl')).toContain('No sé qué hacer');
  });

  it('is asked before anything changes, with a plan, and only a yes does it', async () => {
    const name = await campaign();
    const client = await chat(operator);
    expect(await client.askText(`start campaign ${name}`)).toMatch(
      new RegExp(`Start the campaign ${name} .*yes or no, 60 s`),
    );
    expect(await stateOf(name)).toBe('draft');
    expect(await client.askText('no')).toContain('I do nothing');
    expect(await client.askText('yes')).toContain('no question');
    expect(await stateOf(name)).toBe('draft');
    await client.askText('start it');
    expect(await client.askText('sí')).toContain(`${name} runs now`);
    expect(await stateOf(name)).toBe('running');
    // What was spoken of is what "it" means; two things can be meant by stopping.
    expect(await client.askText('stop it')).toMatch(/1\. pause campaign.*\n {2}2\. cancel campaign/);
    expect(await client.askText('pause')).toContain('Pause the campaign');
    expect(await client.askText('yes please')).toContain('is paused');
    expect(await stateOf(name)).toBe('paused');
  });

  it('drops a plan as soon as something else is said', async () => {
    const name = await campaign();
    const client = await chat(operator);
    await client.askText(`start campaign ${name}`);
    await client.askText('list jobs');
    expect(await client.askText('yes')).toContain('no question');
    expect(await stateOf(name)).toBe('draft');
  });

  it('is asked about a name that nobody has, and can say yes to the one that was meant', async () => {
    const name = await campaign();
    const client = await chat(operator);
    const near = name.replace('murals', 'mural');
    expect(await client.askText(`show campaign ${near}x`)).toMatch(/I know no campaign .*Did you mean/s);
    expect(await client.askText(name)).toContain(`Campaign ${name}`);
    expect(await client.askText('show campaign nothing-like-it')).toContain(
      'I know no campaign “nothing-like-it”. Which one',
    );
    expect(await client.askText(name)).toContain(`Campaign ${name}`);
    // Of which kind it is, is found out.
    expect(await client.askText(`start ${name}`)).toContain(`Start the campaign ${name}`);
  });

  it('runs the bot that was meant, once it has agreed', async () => {
    const id = 'analytics-bot-v1';
    await network.test.call('POST', '/api/v1/bots', {
      id,
      name: 'Analytics Bot',
      blueprint: 'bots/echo_bot.mjs',
      role: 'analyzer',
    });
    const client = await chat(operator);
    expect(await client.askText('Run bot analytics-v1')).toMatch(
      /I know no bot “analytics-v1”.*analytics-bot-v1/s,
    );
    expect(await client.askText(id)).toContain(`Start the bot ${id}`);
    const wanted = async (): Promise<unknown> =>
      (await network.test.call('GET', `/api/v1/bots/${id}`)).body['desired_state'];
    expect(await wanted()).toBe('stopped');
    expect(await client.askText('yes')).toContain(`The bot ${id} is starting`);
    expect(await wanted()).toBe('running');
    expect(await client.askText('detenlo')).toContain(`el bot ${id}`);
    expect(await client.askText('sí')).toContain('se está deteniendo');
  });

  it('is asked for what is missing, one thing after the other', async () => {
    const client = await chat(operator);
    expect(await client.askText('generate a population')).toBe('How many agents?');
    expect(await client.askText('12')).toBe('From which country?');
    expect(await client.askText('Mexico')).toContain('12 agents, country MX');
    expect(await client.askText('yes')).toContain('of 12 agents is being made');
    expect(await client.askText('tell me when it finishes')).toContain('I will tell you');
    const end = await new Promise<string>((resolve) => {
      client.socket.on('message', (data: Buffer) => {
        if (data.toString().includes('is completed')) resolve(data.toString());
      });
      if (client.texts.some((text) => text.includes('is completed'))) resolve('is completed');
    });
    expect(end).toContain('is completed');
  });
});

describe('a program at the WebSocket', () => {
  it('gives commands in fields, and confirms in advance what can be taken back', async () => {
    const name = await campaign();
    const client = await program(operator);
    const ready = await client.heard(({ type }) => type === 'ready');
    expect(ready).toMatchObject({ synthetic: true, username: operator.username, sequence: '0' });
    client.send({
      action: 'command',
      command: 'campaigns.start',
      arguments: { campaign: name },
      confirmed: true,
    });
    const started = await client.heard(({ type }) => type === 'answer');
    expect(started).toMatchObject({
      details: { outcome: 'done', command: 'campaigns.start', data: { state: 'running' } },
    });
    client.send({
      action: 'command',
      command: 'campaigns.cancel',
      arguments: { campaign: name },
      confirmed: true,
    });
    const asked = await client.heard(({ type }) => type === 'question');
    expect(asked).toMatchObject({
      details: { plan: { command: 'campaigns.cancel', effect: 'destructive' } },
    });
    expect(await stateOf(name)).toBe('running');
    client.send({ action: 'reply', question_id: asked.details?.['question_id'], yes: true });
    await client.heard(
      ({ details }) => details?.['command'] === 'campaigns.cancel' && details['outcome'] === 'done',
    );
    expect(await stateOf(name)).toBe('cancelled');
    client.send({ action: 'reply', question_id: asked.details?.['question_id'], yes: true });
    expect(await client.heard(({ type }) => type === 'error')).toMatchObject({
      problem: { code: 'question_over' },
    });
  });

  it('is told what is wrong with what it sends, and goes on', async () => {
    const client = await program(operator);
    const refused = async (frame: object | string): Promise<string | undefined> => {
      const from = client.frames.length;
      if (typeof frame === 'string') client.say(frame);
      else client.send(frame);
      await expect.poll(() => client.frames.slice(from).some(({ type }) => type === 'error')).toBe(true);
      return client.frames.slice(from).find(({ type }) => type === 'error')?.problem?.code;
    };
    expect(await refused('{"action":')).toBe('input_invalid');
    expect(await refused({ action: 'dance' })).toBe('input_invalid');
    expect(await refused({ action: 'command', command: 'campaigns.explode' })).toBe('command_unknown');
    expect(await refused({ action: 'command', command: 'campaigns.list', arguments: { limit: 0 } })).toBe(
      'input_invalid',
    );
    client.socket.send(Buffer.from([1, 2, 3]));
    await client.heard(({ problem }) => problem?.code === 'voice_unavailable');
    expect(outcomeOf(await client.ask('help'))).toBe('done');
  });

  it('takes its token from the header or the first message too, and no other user’s', async () => {
    const header = await ChatClient.open(base, `/ws/command/${operator.username}?format=json`, {
      headers: { authorization: `Bearer ${operator.token}` },
    });
    clients.push(header);
    await header.heard(({ type }) => type === 'ready');
    const first = await ChatClient.open(base, `/ws/command/${operator.username}`);
    clients.push(first);
    first.send({ action: 'authenticate', token: operator.token });
    await first.heard(({ type }) => type === 'ready');
    const stranger = await chat(operator, '', viewer.username);
    await expect.poll(() => stranger.closed).toBe(4403);
    const nobody = await ChatClient.open(base, `/ws/command/${operator.username}`);
    nobody.say('list campaigns');
    await expect.poll(() => nobody.closed).toBe(4401);
    const elsewhere = await ChatClient.open(
      base,
      `/ws/command/${operator.username}/more?token=${operator.token}`,
    );
    // Refused before it was opened.
    expect(elsewhere.closed).toBe(1006);
  });
});

describe('a conversation', () => {
  it('is one for all its clients, and is gone on with after a break', async () => {
    const one = await program(operator);
    const { conversation_id: id } = await one.heard(({ type }) => type === 'ready');
    const two = await program(operator, `&conversation=${id}`);
    await two.heard(({ type }) => type === 'ready');
    await one.ask('list campaigns');
    const answer = await two.heard(({ type }) => type === 'answer');
    expect(await two.heard(({ type }) => type === 'said')).toMatchObject({
      text: 'list campaigns',
      sequence: '1',
    });
    two.socket.terminate();
    await one.ask('list jobs');
    await one.ask('help');
    const back = await program(operator, `&conversation=${id}&after=${answer.sequence}`);
    await back.heard(({ sequence }) => sequence === '6');
    expect(back.frames.slice(1).map(({ sequence }) => sequence)).toEqual(['3', '4', '5', '6']);
    const history = await network.test.app.inject({
      url: `/api/v1/conversations/${id}/messages?limit=4`,
      headers: { authorization: `Bearer ${operator.token}` },
    });
    expect(history.json()).toMatchObject({
      messages: [{ text: 'list campaigns' }, {}, {}, {}],
      next_after: '4',
    });
    const foreign = await program(viewer, `&conversation=${id}`);
    await expect.poll(() => foreign.closed).toBe(4404);
    const peeped = await network.test.call('GET', `/api/v1/conversations/${id}/messages`);
    expect(peeped).toMatchObject({ status: 404, body: { code: 'conversation_not_found' } });
  });

  it('does what two clients say yes to at once, once', async () => {
    const name = await campaign();
    const one = await program(operator);
    const { conversation_id: id } = await one.heard(({ type }) => type === 'ready');
    const two = await program(operator, `&conversation=${id}`);
    await two.heard(({ type }) => type === 'ready');
    const asked = await one.ask(`start campaign ${name}`);
    const question_id = asked.details?.['question_id'];
    await two.heard(({ type }) => type === 'question');
    for (const client of [one, two]) client.send({ action: 'reply', question_id, yes: true });
    await one.heard(({ details }) => details?.['outcome'] === 'done');
    await expect
      .poll(() => [...one.frames, ...two.frames].filter(({ type }) => type === 'error').length)
      .toBe(1);
    const [{ confirmed }] = await source().query<[{ confirmed: number }]>(
      `SELECT count(*)::int AS confirmed FROM audit WHERE action = 'command.confirm' AND subject_id = $1`,
      [id],
    );
    expect(confirmed).toBe(1);
    expect(
      await source().query(
        `SELECT data->>'outcome' AS outcome FROM audit WHERE action = 'command.end' AND subject_id = $1`,
        [id],
      ),
    ).toEqual([{ outcome: 'done' }]);
    expect(await network.test.app.get(AuditService, { strict: false }).verify()).toMatchObject({
      intact: true,
    });
  });

  it('ends with the token, and refuses what is taken away meanwhile', async () => {
    const caller = await makeCaller(network.test.app, 'operator');
    const client = await program(caller);
    await client.heard(({ type }) => type === 'ready');
    await source().query(`UPDATE users SET role = 'viewer' WHERE id = $1`, [caller.userId]);
    const name = await campaign();
    await expect.poll(async () => outcomeOf(await client.ask(`start campaign ${name}`))).toBe('denied');
    await source().query('UPDATE sessions SET revoked_at = now() WHERE id = $1', [caller.sessionId]);
    await expect.poll(() => client.closed, { timeout: 5_000 }).toBe(4401);
  });

  it('takes no yes that comes too late', async () => {
    const name = await campaign();
    const client = await program(operator);
    const { conversation_id: id } = await client.heard(({ type }) => type === 'ready');
    await client.ask(`start campaign ${name}`);
    await source().query(
      `UPDATE conversations SET question = jsonb_set(question, '{expires_at}', '"2020-01-01T00:00:00.000Z"') WHERE id = $1`,
      [id],
    );
    expect((await client.ask('yes')).text).toContain('over');
    expect(await stateOf(name)).toBe('draft');
  });
});

const say = (body: object) =>
  network.test.call<{ conversation_id: string; messages: ChatFrame[] }>('POST', '/api/v1/commands', body);

describe('commands by request', () => {
  it('are the same', async () => {
    const name = await campaign();
    const asked = await say({ text: `inicia la campaña ${name}` });
    expect(asked).toMatchObject({
      status: 200,
      body: { messages: [{ type: 'question', details: { plan: { command: 'campaigns.start' } } }] },
    });
    const { conversation_id } = asked.body;
    expect(await say({ text: 'sí', conversation_id })).toMatchObject({
      body: { messages: [{ text: `La campaña ${name} está en marcha.` }] },
    });
    expect(await say({ command: 'campaigns.show', arguments: { campaign: name } })).toMatchObject({
      body: { messages: [{ details: { data: { state: 'running' } } }] },
    });
    expect(await say({ text: 'a', command: 'help' })).toMatchObject({ status: 422 });
    expect(await say({ text: 'hi', conversation_id: '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11' })).toMatchObject({
      status: 404,
    });
  });

  it('are listed with their arguments', async () => {
    const { body } = await network.test.call<{ commands: { name: string; arguments: object }[] }>(
      'GET',
      '/api/v1/commands',
    );
    expect(body.commands.find(({ name }) => name === 'simulations.run')).toMatchObject({
      effect: 'write',
      permissions: ['simulations:run', 'simulations:read'],
      arguments: { properties: { ticks: { type: 'integer' } }, required: ['scenario'] },
    });
  });
});
