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
import { LlmServer, MODEL } from '../support/llm-server.js';

const SECONDS = 90_000;

interface Incident {
  symptom: string;
  subject_id: string;
  status: string;
  evidence: Record<string, unknown>;
}

let folder: string;
let server: LlmServer;
let test: TestApplication;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'azt3knet-models-'));
  const shipped = readFileSync(join(PROJECT_ROOT, 'blueprints', 'playbooks.yaml'), 'utf8');
  const file = parse(shipped) as { playbooks: object[] };
  for (const playbook of file.playbooks) Object.assign(playbook, { for_seconds: 1, verify_seconds: 2 });
  writeFileSync(join(folder, 'playbooks.yaml'), stringify(file));
  server = await LlmServer.start();
});
afterEach(async () => {
  await test?.close();
  await server.stop();
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
function breakerState(): string | undefined {
  return test.app.get(LlmGateway, { strict: false }).breakers()[0]?.state;
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
  'a language model that fails two of three times is left alone for as long as the playbook says, and no longer',
  async () => {
    await open();
    let calls = 0;
    server.script = () => {
      calls += 1;
      return calls % 3 === 0 ? { content: 'hello' } : { status: 500, error: 'out of order' };
    };
    await expect
      .poll(
        async () => {
          await ask().catch(() => undefined);
          return errors();
        },
        { timeout: SECONDS, interval: 20 },
      )
      .toMatchObject([{ action: 'open_breaker', mode: 'act', status: 'acting' }]);
    expect(breakerState()).toBe('open');
    await expect(ask()).rejects.toBeInstanceOf(LlmError);
    server.script = () => ({ content: 'hello' });
    await expect.poll(breakerState, { timeout: SECONDS }).toBe('closed');
    await ask();
    await expect.poll(errors, { timeout: SECONDS }).toMatchObject([{ status: 'succeeded' }]);
  },
  4 * SECONDS,
);

it.each([
  ['propose', 'proposed'],
  ['observe', 'observed'],
])(
  'a language model that fails too often is not left alone in the mode %s',
  async (mode, status) => {
    await open({ WORKER_HEALING: mode });
    let calls = 0;
    server.script = () => {
      calls += 1;
      return calls % 3 === 0 ? { content: 'hello' } : { status: 500, error: 'out of order' };
    };
    const askAndTell = async (): Promise<Incident[]> => {
      await ask().catch(() => undefined);
      return errors();
    };
    await expect
      .poll(askAndTell, { timeout: SECONDS, interval: 20 })
      .toMatchObject([{ action: 'open_breaker', mode, status, acted_at: null }]);
    for (let n = 0; n < 20; n += 1) await askAndTell();
    expect(breakerState()).toBe('closed');
    expect(await errors()).toMatchObject([{ status }]);
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
