import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { LlmError, LlmGateway } from '../../src/core/llm/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { saying } from '../support/llm-gateway.js';
import { LlmServer, MODEL, type Script } from '../support/llm-server.js';

const SECONDS = 90_000;

const NONE_ELSE = 'no other server of it would take its calls';

interface Incident {
  id: string;
  symptom: string;
  subject_id: string;
  status: string;
  evidence: Record<string, unknown>;
}

let folder: string;
let server: LlmServer;
/** Of the same model, for tests with two. */
let other: LlmServer;
let test: TestApplication;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'azt3knet-models-'));
  const shipped = readFileSync(join(PROJECT_ROOT, 'blueprints', 'playbooks.yaml'), 'utf8');
  const file = parse(shipped) as { playbooks: { pause_seconds?: number }[] };
  for (const playbook of file.playbooks) {
    Object.assign(playbook, { for_seconds: 1, verify_seconds: 2 });
    if (playbook.pause_seconds !== undefined) playbook.pause_seconds = 8;
  }
  writeFileSync(join(folder, 'playbooks.yaml'), stringify(file));
  server = await LlmServer.start();
  other = await LlmServer.start(() => ({ content: 'hello' }));
});
afterEach(async () => {
  await test?.close();
  await Promise.all([server.stop(), other.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

async function open(environment: Record<string, string> = {}): Promise<void> {
  test = await testApplication({
    AZT3KNET_BLUEPRINTS_DIR: folder,
    AZT3KNET_LLM_BACKEND: 'ollama',
    OLLAMA_BASE_URL: server.url,
    OLLAMA_MODEL: MODEL,
    ...environment,
  });
}
const ask = (): Promise<unknown> => test.app.get(LlmGateway, { strict: false }).complete(saying('hello'));
/** Asks until the server is left alone. */
async function breakIt(): Promise<void> {
  server.script = () => ({ status: 500, error: 'out of order' });
  await expect(ask()).rejects.toBeInstanceOf(LlmError);
  await expect
    .poll(() => test.app.get(LlmGateway, { strict: false }).breakers(), { timeout: SECONDS })
    .toMatchObject([{ backend: 'ollama', state: 'open' }]);
}
async function incidents(): Promise<Incident[]> {
  const { body } = await test.call<{ incidents: Incident[] }>('GET', '/api/v1/incidents?subject=dependency');
  return body.incidents;
}

/** What self-healing found of models that fail too often. */
async function errors(): Promise<Incident[]> {
  return (await incidents()).filter(({ symptom }) => symptom === 'error_rate');
}
/** Of the breakers, in the order in which the servers are configured. */
function states(): string[] {
  return test.app
    .get(LlmGateway, { strict: false })
    .breakers()
    .map(({ state }) => state);
}

/** Fails two of three times, never often enough in a row to be left alone for that. */
const failing: Script = (_, calls) =>
  calls % 3 === 0 ? { content: 'hello' } : { status: 500, error: 'out of order' };

/** Opens an application with two servers, of which the first fails. */
async function openTwo(environment: Record<string, string> = {}): Promise<void> {
  await open({ OLLAMA_BASE_URL: `${server.url},${other.url}`, ...environment });
  server.script = failing;
}

async function askAndTell(): Promise<Incident[]> {
  await ask().catch(() => undefined);
  return errors();
}

/** Asks until it is told that a server fails too often. */
async function untilFailing(incident: object): Promise<void> {
  await expect
    .poll(askAndTell, { timeout: SECONDS, interval: 20 })
    .toMatchObject([{ action: 'open_breaker', ...incident }]);
}

async function decide(verdict: 'approve' | 'dismiss'): Promise<void> {
  const [incident] = await errors();
  const { status } = await test.call('POST', `/api/v1/incidents/${incident?.id}/${verdict}`);
  expect(status).toBe(200);
}

it(
  'a language model that is left alone is told of once, until it works again',
  async () => {
    await open();
    await breakIt();
    await expect.poll(incidents, { timeout: SECONDS }).toMatchObject([
      {
        subject_id: 'llm-ollama',
        symptom: 'unavailable',
        action: 'wait',
        mode: 'act',
        status: 'acting',
        evidence: { server: new URL(server.url).host, open: 1, servers: 1, worker: expect.any(String) },
      },
    ]);
    // As long as nobody has seen it work, nothing is over, and nothing is told twice.
    await sleep(5_000);
    expect(await incidents()).toMatchObject([{ status: 'acting' }]);
    server.script = () => ({ content: 'hello' });
    await expect
      .poll(
        () =>
          ask().then(
            () => true,
            () => false,
          ),
        { timeout: SECONDS, interval: 500 },
      )
      .toBe(true);
    await expect.poll(incidents, { timeout: SECONDS }).toMatchObject([{ status: 'succeeded' }]);
  },
  4 * SECONDS,
);

it(
  'a server that fails two of three times is left alone for as long as the playbook says, and another takes its calls',
  async () => {
    await openTwo();
    await untilFailing({ mode: 'act', status: 'acting' });
    expect(states()).toEqual(['open', 'closed']);
    const before = server.chats.length;
    for (let n = 0; n < 5; n += 1) await ask();
    expect(server.chats).toHaveLength(before);
    server.script = () => ({ content: 'hello' });
    await expect.poll(states, { timeout: SECONDS }).toEqual(['closed', 'closed']);
    for (let n = 0; n < 2; n += 1) await ask();
    expect(server.chats.length).toBeGreaterThan(before);
    await expect.poll(errors, { timeout: SECONDS }).toMatchObject([{ status: 'succeeded' }]);
  },
  4 * SECONDS,
);

it(
  'the only server of a language model goes on, however much it fails, and a person may leave it alone',
  async () => {
    await open();
    server.script = failing;
    await untilFailing({ mode: 'act', status: 'proposed', note: NONE_ELSE, acted_at: null });
    expect(states()).toEqual(['closed']);
    await ask();
    await decide('approve');
    await expect.poll(errors, { timeout: SECONDS }).toMatchObject([{ status: 'acting' }]);
    expect(states()).toEqual(['open']);
    await expect(ask()).rejects.toBeInstanceOf(LlmError);
  },
  2 * SECONDS,
);

it(
  'servers that all fail go on',
  async () => {
    await openTwo();
    other.script = failing;
    await untilFailing({ mode: 'act', note: NONE_ELSE, acted_at: null });
    expect(states()).toEqual(['closed', 'closed']);
  },
  2 * SECONDS,
);

it(
  'a server that fails too often is left alone once a person approves it, once',
  async () => {
    await openTwo({ WORKER_HEALING: 'propose' });
    await untilFailing({ mode: 'propose', status: 'proposed', note: null, acted_at: null });
    for (let n = 0; n < 20; n += 1) await askAndTell();
    expect(states()).toEqual(['closed', 'closed']);
    await decide('approve');
    await expect.poll(errors, { timeout: SECONDS }).toMatchObject([{ status: 'acting' }]);
    expect(states()).toEqual(['open', 'closed']);
    server.script = () => ({ content: 'hello' });
    await expect.poll(states, { timeout: SECONDS }).toEqual(['closed', 'closed']);
    await expect.poll(errors, { timeout: SECONDS }).toMatchObject([{ status: 'succeeded' }]);
  },
  3 * SECONDS,
);

it(
  'a server that fails too often is not left alone when a person does not want it',
  async () => {
    await openTwo({ WORKER_HEALING: 'propose' });
    await untilFailing({ mode: 'propose', status: 'proposed' });
    await decide('dismiss');
    const before = server.chats.length;
    for (let n = 0; n < 40; n += 1) await askAndTell();
    expect(server.chats.length).toBeGreaterThan(before);
    expect(states()).toEqual(['closed', 'closed']);
    expect(await errors()).toMatchObject([{ status: 'dismissed', acted_at: null }]);
  },
  2 * SECONDS,
);

it(
  'a server that fails too often is only told of where self-healing looks',
  async () => {
    await openTwo({ WORKER_HEALING: 'observe' });
    await untilFailing({ mode: 'observe', status: 'observed', acted_at: null });
    for (let n = 0; n < 20; n += 1) await askAndTell();
    expect(states()).toEqual(['closed', 'closed']);
    expect(await errors()).toMatchObject([{ status: 'observed', acted_at: null }]);
  },
  2 * SECONDS,
);

it(
  'is only told of where self-healing looks, and what a worker left behind is closed',
  async () => {
    await open({ WORKER_HEALING: 'observe' });
    await test.app.get(DataSource).query(
      `INSERT INTO incidents (id, subject, subject_id, symptom, evidence, playbook, action, mode, status)
       VALUES (gen_random_uuid(), 'dependency', 'llm-openai', 'unavailable', '{"worker": "nobody-1"}',
         'tell-of-dependency', 'wait', 'observe', 'observed')`,
    );
    await expect
      .poll(incidents, { timeout: SECONDS })
      .toMatchObject([
        { subject_id: 'llm-openai', status: 'passed', note: 'the worker that saw it is gone' },
      ]);
    await breakIt();
    const own = async (): Promise<Incident[]> =>
      (await incidents()).filter(({ subject_id }) => subject_id === 'llm-ollama');
    await expect
      .poll(own, { timeout: SECONDS })
      .toMatchObject([{ mode: 'observe', status: 'observed', acted_at: null }]);
    server.script = () => ({ content: 'hello' });
    await expect
      .poll(
        () =>
          ask().then(
            () => true,
            () => false,
          ),
        { timeout: SECONDS, interval: 500 },
      )
      .toBe(true);
    await expect
      .poll(own, { timeout: SECONDS })
      .toMatchObject([{ status: 'passed', note: 'it went by itself' }]);
  },
  4 * SECONDS,
);
