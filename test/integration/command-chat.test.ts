import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AuditService } from '../../src/core/audit/index.js';
import { EventsService } from '../../src/core/events/index.js';
import type { OpenQuestion } from '../../src/modules/command/conversations/conversation.entity.js';
import { PlanDeadlines } from '../../src/modules/command/conversations/plan-deadlines.js';
import { SystemHealing } from '../../src/modules/healing/system/system-healing.js';
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

/** A job that is completed. */
async function doneJob(): Promise<string> {
  const { body } = await network.test.call<{ jobs: { job_id: string }[] }>(
    'GET',
    '/api/v1/jobs?status=completed&limit=1&name=population.generate',
  );
  return body.jobs[0]?.job_id ?? '';
}

describe('a person at the WebSocket', () => {
  it('writes texts and reads texts', async () => {
    const name = await campaign();
    const client = await chat(operator);
    expect(await client.askText('list campaigns')).toContain(name);
    expect(await client.askText(`muestra la campaña ${name}`)).toMatch(
      /Campaña murals-\d+\n.*\n {2}estado: en borrador/,
    );
    expect(await client.askText('hjkl')).toContain('No sé qué hacer');
  });

  it('reads what others wrote without what would move a terminal', async () => {
    const id = (await (await program(operator)).heard(({ type }) => type === 'ready')).conversation_id;
    const [writes, reads] = [
      await program(operator, `&conversation=${id}`),
      await chat(operator, `&conversation=${id}`),
    ];
    const words = 'begins \u001b]0;owned\u0007\u001b[2J\u202eends';
    await writes.ask(words);
    // The answer comes to both.
    await expect.poll(() => reads.texts.length).toBe(1);
    const told = await reads.askText('show the history');
    expect(told).toContain('begins');
    // oxlint-disable-next-line no-control-regex -- these are what is looked for
    expect(told).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    // Programs get what there is.
    expect((await writes.ask('show the history')).text).toContain('\u001b[2J');
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

  it('drops a plan for another command, and says so', async () => {
    const name = await campaign();
    const client = await program(operator);
    await client.ask(`start campaign ${name}`);
    await client.ask('list jobs');
    expect(client.frames).toContainEqual(
      expect.objectContaining({
        type: 'notice',
        text: 'The plan before is dropped; nothing of it was done.',
      }),
    );
    expect((await client.ask('yes')).text).toContain('no question');
    expect(await stateOf(name)).toBe('draft');
    await client.ask(`start campaign ${name}`);
    await client.ask(`start campaign ${name} if it rains`);
    expect((await client.ask('yes')).text).toContain('no question');
    expect(await stateOf(name)).toBe('draft');
  });

  it('is reminded of a plan or a question that it did not answer clearly', async () => {
    const name = await campaign();
    const client = await chat(operator);
    await client.askText(`start campaign ${name}`);
    expect(await client.askText('hjkl')).toMatch(
      new RegExp(
        `I do not know what to do.*\\nThe question before is still open: Start the campaign ${name}.*yes or no`,
      ),
    );
    expect(await client.askText('yes')).toContain(`${name} runs now`);
    expect(await client.askText('stop it')).toContain('1. pause campaign');
    expect(await client.askText('yes')).toMatch(/^The question before is still open: Which do you mean/);
    expect(await client.askText('tengo hambre')).toMatch(/La pregunta anterior sigue abierta: /);
    expect(await client.askText('1')).toContain(name);
    expect(await client.askText('sí')).toContain('está en pausa');
  });

  it('means the newest of a list by the last one, and nothing else after an empty list', async () => {
    const [older, newer] = [await campaign(), await campaign()];
    const client = await chat(operator);
    await client.askText(`show campaign ${older}`);
    expect(await client.askText('list sessions')).toBe('There are no plans of sessions.');
    expect(await client.askText('show the last one')).toBe(
      'There are none: that list of plans of sessions is empty.',
    );
    expect(await client.askText('show it')).toContain('There are none');
    expect(await client.askText('muestra los trabajos fallidos')).toBe('No hay trabajos fallidos.');
    expect(await client.askText('muestra el último')).toBe(
      'No hay ninguno: esa lista de trabajos está vacía.',
    );
    expect(await client.askText('show cancelled campaigns')).toBe('There are no cancelled campaigns.');
    expect(await client.askText('lista las campañas canceladas')).toBe('No hay campañas canceladas.');
    await client.askText('list queues');
    expect(await client.askText('cancel the last one')).toContain('I do not know which one you mean');
    await client.askText('list campaigns');
    expect(await client.askText('show the last one')).toContain(`Campaign ${newer}`);
    expect(await client.askText(`show campaign ${older}`)).toContain(older);
    expect(await client.askText('show it')).toContain(older);
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
    expect(await client.askText('show bot Analytics_Bot_V1')).toContain(id);
    // What could be no id of a bot is no error either.
    const other = await chat(operator);
    expect(await other.askText('Run bot Analytics_V1')).toContain('I know no bot “Analytics_V1”');
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

  it('speaks of queues, workers and incidents, and changes them as a request would', async () => {
    const client = await chat(operator);
    const queue = async (): Promise<Record<string, unknown>> => {
      const { body } = await network.test.call<{ queues: Record<string, unknown>[] }>(
        'GET',
        '/api/v1/queues',
      );
      return body.queues.find((each) => each['queue'] === 'content') ?? {};
    };
    expect(await client.askText('list queues')).toMatch(
      /3 queues \(id: state, seconds waited\):.*content: open/s,
    );
    expect(await client.askText('pause the content queue')).toContain('Pause the queue content');
    expect(await queue()).toMatchObject({ paused: false });
    expect(await client.askText('yes')).toContain('The queue content is paused');
    expect(await queue()).toMatchObject({ paused: true, changed_by: operator.username });
    expect(await client.askText('reanúdala')).toContain('Reanudar la cola content');
    await client.askText('sí');
    expect(await queue()).toMatchObject({ paused: false });
    await client.askText('set the concurrency of the content queue to 2');
    expect(await client.askText('yes')).toContain('does 2 jobs of the queue content at once');
    expect(await queue()).toMatchObject({ concurrency: 2 });
    await client.askText('set the healing of it to observe');
    await client.askText('yes');
    await client.askText('restore the content queue');
    await client.askText('yes');
    expect(await queue()).toMatchObject({ concurrency: null, healing: 'observe' });
    expect(await client.askText('set the concurrency of the content queue to 200')).not.toContain(
      'yes or no',
    );

    const workers = await network.test.call<{ workers: { worker_id: string }[] }>('GET', '/api/v1/workers');
    const worker = workers.body.workers[0]?.worker_id ?? '';
    expect(await client.askText('list workers')).toContain(worker);
    expect(await client.askText(`drain worker ${worker}`)).toContain(`Drain the worker ${worker}`);
    expect(await client.askText('no')).toContain('I do nothing');

    // Nobody heals from here on: the queue is well, and the incident would be closed.
    await network.test.app.get(SystemHealing, { strict: false }).beforeApplicationShutdown();
    const id = randomUUID();
    await source().query(
      `INSERT INTO incidents (id, subject, subject_id, symptom, evidence, playbook, action, mode, status)
       VALUES ($1, 'queue', 'population', 'dead_letters', '{}', 'redrive-after-trouble', 'redrive', 'propose', 'proposed')`,
      [id],
    );
    const looks = await chat(viewer);
    expect(await looks.askText(`show incident ${id}`)).toContain('queue population');
    expect(await looks.askText(`dismiss incident ${id}`)).toContain('incidents:decide');
    expect(await client.askText(`approve incident ${id}`)).toContain('“redrive” to population');
    await client.askText('no');
  });

  it('is refused before a plan what cannot be done, in the language of the command', async () => {
    const name = await campaign();
    const client = await program(operator);
    const refused = await client.ask(`pause campaign ${name}`);
    expect(refused).toMatchObject({
      type: 'answer',
      text: `That cannot be done: the campaign ${name} is draft. It can be done to one that is running.`,
      details: { outcome: 'refused', problem: 'state_impossible' },
    });
    expect((await client.ask('reanúdala')).text).toBe(
      `Eso no se puede hacer: campaña ${name}, estado: en borrador. Se puede cuando está: en pausa.`,
    );
    expect((await client.ask('cancela la campaña')).text).toContain(`Cancelar la campaña ${name}`);
    expect((await client.ask('sí')).text).toBe(`La campaña ${name} está cancelada.`);
    expect((await client.ask('cancélala')).text).toContain(
      'Se puede cuando está: en borrador, en curso o en pausa',
    );
    expect((await client.ask('resume the content queue')).text).toContain('the queue content is open');
    const job = await doneJob();
    expect((await client.ask(`cancel job ${job}`)).text).toContain(`the job ${job} is completed`);
    const nobody = await client.ask('start sessions for population nobody-like-it');
    expect(nobody).toMatchObject({ type: 'question', details: { argument: 'population' } });
    expect(nobody.text).toBe('I know no population “nobody-like-it”. Which one do you mean?');
    expect((await client.ask(network.populationId)).text).toContain('Plan a day of sessions');
    expect((await client.ask('no')).text).toContain('I do nothing');
  });

  it('is told states, lists and what went wrong in Spanish', async () => {
    const name = await campaign();
    const client = await chat(operator, '&language=es');
    expect(await client.askText('lista las campañas')).toMatch(
      new RegExp(
        `campañas? \\(nombre \\(id\\): estado\\):\\n(.*\\n)*\\d+\\. ${name} \\(.*\\): en borrador`,
        'u',
      ),
    );
    expect(await client.askText(`muestra la campaña ${name}x`)).toContain(`¿Querías decir «${name}»`);
    expect(await client.askText('no')).toContain('no hago nada');
    expect(await client.askText('estado del sistema')).toMatch(/base de datos: bien/u);
    const job = await doneJob();
    const shown = await client.askText(`muestra el trabajo ${job}`);
    expect(shown).toContain('estado: completado');
    expect(shown).not.toContain('nota:');
    expect(await client.askText(`avísame cuando termine el trabajo ${job}`)).toContain(
      'ya terminó: completado',
    );
    expect(await client.askText('genera 20 mujeres de México')).toContain('género mujer');
    expect(await client.askText('no')).toContain('no hago nada');
    // Somebody was faster: the words are the server's.
    const lost = await campaign();
    expect(await client.askText(`inicia la campaña ${lost}`)).toContain(lost);
    await network.test.call('POST', `/api/v1/campaigns/${lost}/cancel`);
    expect(await client.askText('sí')).toMatch(/^No funcionó\. El servidor dice, en inglés: /u);
  });

  it('means by the last job one that somebody started, and sees the steps of workflows by their kind alone', async () => {
    const job = await doneJob();
    const step = randomUUID();
    await source().query(
      `INSERT INTO jobs SELECT (jsonb_populate_record(jobs, jsonb_build_object('id', $2::text, 'name', 'workflow.step', 'created_at', now()))).*
         FROM jobs WHERE id = $1`,
      [job, step],
    );
    const client = await chat(operator);
    expect(await client.askText('list jobs')).not.toContain('workflow.step');
    expect(await client.askText('status of the last job')).not.toContain(step);
    expect(await client.askText('list jobs of kind workflow.step')).toMatch(
      new RegExp(`\\(id: does, status, progress\\):\\n1\\. ${step}: workflow.step, completed`, 'u'),
    );
    expect(await client.askText('lista los trabajos de tipo workflow.step')).toContain(
      `${step}: workflow.step, completado`,
    );
    await source().query('DELETE FROM jobs WHERE id = $1', [step]);
  });

  it('is shown examples with names that are there, and placeholders for the others', async () => {
    const name = await campaign();
    const client = await chat(operator);
    const help = await client.askText('help with campaigns');
    expect(help).toContain(`“start campaign ${name}”`);
    expect(help).not.toMatch(/<|spring-murals/u);
    expect(await client.askText('help with experiments')).toMatch(/cancel experiment (<experiment>|told_)/u);
    expect(await client.askText('ayuda con las revisiones')).toContain('«reclama la revisión <revisión>»');
  });

  it('is told which command does what the chat does not', async () => {
    const client = await chat(operator);
    expect(await client.askText('retry job 0b7f7a52')).toContain('`azt3knet jobs retry <id>`');
    expect(await client.askText('aprueba la publicación 0b7f7a52')).toContain(
      'en una terminal lo hace `azt3knet publications approve <id>`',
    );
    expect(await client.askText('delete bot echo-bot-v1')).toContain('`azt3knet bots delete <bot>`');
    expect(await client.askText('crea un bot')).toContain('`azt3knet bots create <bot> <blueprint>`');
    expect(await client.askText('delete population spring')).toContain('`azt3knet populations delete <id>`');
    expect(await client.askText('show template recipe')).toContain('`azt3knet templates show <name>`');
  });

  it('is asked which template is meant where there is none of that name', async () => {
    const client = await program(operator);
    const asked = await client.ask(
      `draft with template street_art_campain for population ${network.populationId}`,
    );
    expect(asked).toMatchObject({ type: 'question', details: { argument: 'template' } });
    expect(asked.text).toContain('street_art_campaign');
    expect((await client.ask('street_art_campaign')).text).toContain(
      'Write drafts from the template street_art_campaign',
    );
    await client.ask('no');
  });

  it('is asked for what is missing, one thing after the other', async () => {
    const client = await chat(operator);
    expect(await client.askText('generate a population')).toBe('How many agents?');
    expect(await client.askText('12')).toBe('From which country?');
    expect(await client.askText('Mexico')).toContain('12 agents, country MX');
    expect(await client.askText('yes')).toContain('of 12 agents is being made');
    expect(await client.askText('tell me when it finishes')).toMatch(/I will tell you|is completed already/);
    const end = await new Promise<string>((resolve) => {
      client.socket.on('message', (data: Buffer) => {
        if (data.toString().includes('is completed')) resolve(data.toString());
      });
      if (client.texts.some((text) => text.includes('is completed'))) resolve('is completed');
    });
    expect(end).toContain('is completed');
  });
});

const TOWN = `id: chat_town
version: 1.0.0
title: A town of the chat
description: Forty people for the tests.
population: { gender: unspecified, count: 40, country: MX, interests: [street art, football] }
content: { template: street_art_campaign, drafts_per_agent: 2 }
tick_minutes: 30
ticks: 2000
graph: {}
feed: {}
behaviour: { sessions_per_day: 20 }
`;

/** Registers an experiment of four runs. @returns its id */
async function experiment(name: string, ticks: number): Promise<string> {
  const content = JSON.stringify({
    id: name,
    title: 'An experiment of the chat',
    description: 'For the tests.',
    scenario: 'chat_town',
    ticks,
    seeds: 2,
    control: 'plain',
    arms: [{ name: 'plain' }, { name: 'busy', changes: { behaviour: { repost: 0.2 } } }],
    outcomes: [{ name: 'reposts', measure: 'totals.reposts' }],
    preregistration: {
      hypotheses: [{ text: 'More reposts.', arm: 'busy', outcome: 'reposts', direction: 'greater' }],
      primary_outcome: 'reposts',
      alpha: 0.05,
      stopping: 'All seeds.',
    },
  });
  const accepted = await network.test.call('POST', '/api/v1/experiments', { content });
  expect(accepted).toMatchObject({ status: 202, body: { runs: 4 } });
  return String(accepted.body['experiment_id']);
}
const statusOf = async (id: string): Promise<unknown> =>
  (await network.test.call('GET', `/api/v1/experiments/${id}`)).body['status'];
const noticesOf = (client: ChatClient, id: string): ChatFrame[] =>
  client.frames.filter(({ type, details }) => type === 'notice' && details?.['experiment_id'] === id);

describe('the end of an experiment', () => {
  beforeAll(async () => {
    await network.test.app.inject({
      method: 'POST',
      url: '/api/v1/scenarios',
      headers: { authorization: network.test.authorization, 'content-type': 'application/yaml' },
      payload: TOWN,
    });
  });

  it('is told once to whoever asked, when no run of it is left, and not at the end of the job that starts them', async () => {
    const id = await experiment('told_at_the_end', 40);
    const client = await program(operator);
    const others = await program(viewer);
    expect((await client.ask(`tell me when the experiment ${id} finishes`)).text).toContain(
      'I will tell you when the experiment told_at_the_end finishes',
    );
    const notice = await client.heard(({ type }) => type === 'notice', 120_000);
    expect(notice).toMatchObject({
      text: 'The experiment told_at_the_end is completed: 4 of 4 runs are completed.',
      details: { experiment_id: id, status: 'completed', error: null },
    });
    expect(await statusOf(id)).toBe('completed');
    // Asked again the answer itself says that it is over.
    expect(await client.ask(`tell me when the experiment ${id} finishes`)).toMatchObject({
      text: 'The experiment told_at_the_end is completed already: 4 of 4 runs are completed.',
      details: { job_id: null },
    });
    expect(noticesOf(client, id)).toHaveLength(1);
    expect(noticesOf(others, id)).toEqual([]);
  });

  it('is told in the language of the ask when it is cancelled, also to somebody who was away', async () => {
    const id = await experiment('told_when_cancelled', 2_000);
    const client = await program(operator);
    const { conversation_id } = await client.heard(({ type }) => type === 'ready');
    expect((await client.ask(`avísame cuando termine el experimento ${id}`)).text).toContain(
      'Te avisaré cuando termine el experimento told_when_cancelled',
    );
    expect(noticesOf(client, id)).toEqual([]);
    client.socket.terminate();
    const cancelled = await network.test.call('POST', `/api/v1/experiments/${id}/cancel`);
    expect(cancelled.status).toBe(200);
    await expect.poll(() => statusOf(id), { timeout: 60_000 }).toBe('cancelled');
    const back = await program(operator, `&conversation=${conversation_id}&after=0`);
    await expect.poll(() => noticesOf(back, id), { timeout: 30_000 }).toHaveLength(1);
    expect(noticesOf(back, id)[0]).toMatchObject({
      text: expect.stringMatching(/^El experimento told_when_cancelled terminó: cancelado, /u) as string,
      details: { experiment_id: id, status: 'cancelled' },
    });
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
    const refused = async (frame: object | string): Promise<string | undefined> =>
      (await problemOf(frame))?.code;
    const problemOf = async (frame: object | string): Promise<ChatFrame['problem']> => {
      const from = client.frames.length;
      if (typeof frame === 'string') client.say(frame);
      else client.send(frame);
      await expect.poll(() => client.frames.slice(from).some(({ type }) => type === 'error')).toBe(true);
      return client.frames.slice(from).find(({ type }) => type === 'error')?.problem;
    };
    expect(await refused('{"action":')).toBe('input_invalid');
    expect(await problemOf('{"action":')).toMatchObject({
      detail: expect.stringContaining('is no JSON') as string,
    });
    expect(await problemOf({ action: 'dance' })).toMatchObject({
      code: 'input_invalid',
      detail: expect.stringMatching(/^action: must be one of authenticate, say, command, reply/u) as string,
    });
    expect(await problemOf({ action: 'command', command: 'campaigns.lst' })).toMatchObject({
      detail: expect.stringContaining('did you mean campaigns.list?') as string,
    });
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

describe('the socket', () => {
  it('says why it closes for a message that is too long', async () => {
    const client = await program(operator);
    await client.heard(({ type }) => type === 'ready');
    client.say('x'.repeat(16_385));
    await expect.poll(() => client.closed).toBe(1009);
    expect(client.reason).toBe('messages have 16,384 bytes at most');
  });

  it('tells how a job gets on twice a second at most, and its end', async () => {
    const made = await network.test.call('POST', '/api/v1/simulations/rumour_town/run', { ticks: 5_000 });
    const job = String(made.body['job_id']);
    const client = await program(operator);
    await client.ask(`tell me when job ${job} finishes`);
    const events = network.test.app.get(EventsService, { strict: false });
    const began = performance.now();
    const emit = (done: number, status: string): Promise<void> => {
      const payload = {
        job_id: job,
        queue: 'simulation',
        name: 'simulation.run',
        status,
        progress: { done, total: 5_000, note: null },
        error: null,
      };
      const type = status === 'running' ? 'job.progress' : `job.${status}`;
      return source().transaction((manager) => events.emit(manager, { type, topic: `jobs.${job}`, payload }));
    };
    for (let done = 1; done <= 40; done += 1) {
      await emit(done, 'running');
      await sleep(25);
    }
    await client.heard(({ type }) => type === 'progress');
    const told = client.frames.filter(({ type }) => type === 'progress').length;
    expect(told).toBeLessThanOrEqual((performance.now() - began) / 500 + 2);
    await emit(40, 'cancelled');
    await client.heard(({ type, details }) => type === 'notice' && details?.['job_id'] === job);
    await network.test.call('POST', `/api/v1/jobs/${job}/cancel`);
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

  it('is told when nobody has answered a plan in time', async () => {
    const name = await campaign();
    const client = await chat(operator);
    const deadlines = network.test.app.get(PlanDeadlines, { strict: false });
    await client.askText(`start campaign ${name}`);
    const [{ id, question }] = await source().query<[{ id: string; question: OpenQuestion }]>(
      `SELECT id, question FROM conversations WHERE question->'thing'->>'name' = $1`,
      [name],
    );
    deadlines.set(id, question, 10);
    await expect.poll(() => client.texts.at(-1)).toContain('Nobody answered in 0.01 s, so I do nothing.');
    await client.askText('no');
    deadlines.set(id, question, 10);
    await client.askText('list queues');
    expect(client.texts.filter((text) => text.startsWith('Nobody answered'))).toHaveLength(1);
    expect(await stateOf(name)).toBe('draft');
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

  it.each([-3, 3])(
    'waits a minute by the clock of the database, where that of the server is %i minutes off',
    async (minutes) => {
      const name = await campaign();
      const client = await program(operator);
      const { conversation_id: id } = await client.heard(({ type }) => type === 'ready');
      const skewed = () => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 });
      /** Seconds that are left of the question, which is put off by some. */
      const putOff = async (seconds: number): Promise<number> => {
        const [row] = await source().query<{ left: number }[]>(
          `SELECT extract(epoch FROM (question->>'expires_at')::timestamptz - now())::float8 AS left FROM conversations WHERE id = $1`,
          [id],
        );
        await source().query(
          `UPDATE conversations SET question = jsonb_set(question, '{expires_at}', to_jsonb(to_char(
           ((question->>'expires_at')::timestamptz + make_interval(secs => $2)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
         WHERE id = $1`,
          [id, seconds],
        );
        return row?.left ?? Number.NaN;
      };
      try {
        skewed();
        await client.ask(`start campaign ${name}`);
        const left = await putOff(-60);
        expect(left).toBeGreaterThan(0);
        expect(left).toBeLessThanOrEqual(60);
        expect((await client.ask('yes')).text).toContain('over');
        expect(await stateOf(name)).toBe('draft');
        await client.ask(`start campaign ${name}`);
        // Another process has asked: its clock is the one that all go by.
        vi.useRealTimers();
        await putOff(60);
        skewed();
        await client.ask('yes');
        expect(await stateOf(name)).not.toBe('draft');
      } finally {
        vi.useRealTimers();
      }
    },
  );
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
