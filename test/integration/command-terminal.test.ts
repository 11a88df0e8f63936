import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { makeCaller, type TestCaller } from '../support/caller.js';
import { listen } from '../support/chat.js';
import { TestNetwork } from '../support/network.js';

const CLI = join(PROJECT_ROOT, 'dist', 'src', 'cli.js');

let network: TestNetwork;
let base: string;
let operator: TestCaller;
let home: string;

beforeAll(async () => {
  network = await TestNetwork.open();
  base = await listen(network.test);
  operator = await makeCaller(network.test.app, 'operator');
  home = mkdtempSync(join(tmpdir(), 'azt3knet-chat-'));
}, 120_000);
afterAll(async () => {
  await network?.close();
  rmSync(home, { recursive: true, force: true });
});

/** A command of the operator at the server, on a terminal of its own or without one. */
class Conversation {
  text = '';
  readonly child: ChildProcess;
  readonly code: Promise<number | null>;

  constructor(terminal: boolean, ...args: string[]) {
    const words = [process.execPath, CLI, ...args];
    const [program, ...rest] = terminal
      ? ['script', '-qec', words.map((word) => `'${word}'`).join(' '), '/dev/null']
      : words;
    this.child = spawn(program as string, rest, {
      cwd: home,
      env: {
        PATH: process.env['PATH'],
        HOME: home,
        TERM: 'xterm',
        AZT3KNET_API_URL: `http://${base}`,
        AZT3KNET_API_TOKEN: operator.token,
      },
      stdio: 'pipe',
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
    this.code = new Promise((resolve) => this.child.once('close', resolve));
  }

  async reads(text: string | RegExp): Promise<void> {
    const isThere = (): void => {
      if (this.text.search(text) === -1)
        throw new Error(`not printed: ${String(text)}; printed: ${this.text}`);
    };
    await vi.waitFor(isThere, { timeout: 60_000 });
  }

  type(keys: string): void {
    this.child.stdin?.write(keys);
  }
}

/** A job that goes on until it is cancelled. */
async function longJob(): Promise<string> {
  const made = await network.test.call('POST', '/api/v1/simulations/rumour_town/run', { ticks: 5_000 });
  expect(made).toMatchObject({ status: 202 });
  return String(made.body['job_id']);
}
const cancel = (job: string) => network.test.call('POST', `/api/v1/jobs/${job}/cancel`);

describe('azt3knet chat on a terminal', () => {
  it('answers every line that came with the end of input, and ends with 0', async () => {
    const chat = new Conversation(true, 'chat');
    await chat.reads('> ');
    chat.type('list campaigns\rlist failed jobs\rlist paused runs\r\u0004');
    expect(await chat.code).toBe(0);
    expect(chat.text).toContain('There are no campaigns.');
    expect(chat.text).toContain('There are no failed jobs.');
    expect(chat.text).toContain('There are no paused simulations.');
    expect(chat.text).not.toContain('ERR_');
  });

  it('prints what is told while it waits at the prompt, and prompts again', async () => {
    const job = await longJob();
    const chat = new Conversation(true, 'chat');
    await chat.reads('> ');
    chat.type(`tell me when job ${job} finishes\r`);
    await chat.reads('I will tell you');
    await cancel(job);
    await chat.reads(new RegExp(`The job ${job} .* is \\w+\\.[\\s\\S]*> `, 'u'));
    chat.type('\u0004');
    expect(await chat.code).toBe(0);
  });

  it('says at its end which telling is still to come', async () => {
    const job = await longJob();
    const chat = new Conversation(false, 'chat');
    chat.child.stdin?.end(`tell me when job ${job} finishes\n`);
    expect(await chat.code).toBe(0);
    expect(chat.text).toContain(`azt3knet jobs watch ${job}`);
    await cancel(job);
  });
});

describe('azt3knet command', () => {
  it('waits for what it promises to tell; of what is over it says so', async () => {
    const job = await longJob();
    const once = new Conversation(false, 'command', `tell me when job ${job} finishes`);
    await once.reads('I will tell you');
    await cancel(job);
    expect(await once.code).toBe(0);
    expect(once.text).toMatch(new RegExp(`The job ${job} .* is \\w+\\.`, 'u'));
    const again = new Conversation(false, 'command', `avísame cuando termine el trabajo ${job}`);
    expect(await again.code).toBe(0);
    expect(again.text).toMatch(new RegExp(`El trabajo ${job} .* ya terminó`, 'u'));
  });

  it('simulates scenarios, and nothing else', async () => {
    const plan = new Conversation(false, 'command', 'simula rumour_town con semilla 4 durante 20 ticks');
    expect(await plan.code).toBe(2);
    expect(plan.text).toContain(
      'Ejecutar el escenario rumour_town una vez (población sin indicar, semilla 4, pasos 20)',
    );
  });
});

/** What a command prints, once it has ended with 0. */
async function printed(...args: string[]): Promise<string> {
  const command = new Conversation(false, ...args);
  expect(await command.code).toBe(0);
  return command.text;
}

describe('what a command does once and cannot do again', () => {
  it('is said of a job that is cancelled; a job that is put back has done nothing yet', async () => {
    const job = await longJob();
    await printed('jobs', 'cancel', job);
    await expect
      .poll(async () => (await network.test.call('GET', `/api/v1/jobs/${job}`)).body['status'], {
        timeout: 60_000,
      })
      .toBe('cancelled');
    expect(await printed('jobs', 'cancel', job)).toContain(
      'is cancelled already: there is nothing to cancel',
    );
    expect(await printed('jobs', 'retry', job)).toMatch(/status +queued\n *progress +-\n/u);
    await cancel(job);
  });

  it('is said of a worker that is drained', async () => {
    const { body } = await network.test.call<{ workers: { worker_id: string }[] }>('GET', '/api/v1/workers');
    const id = body.workers[0]?.worker_id ?? '';
    expect(await printed('workers', 'drain', id)).toContain(`after: azt3knet workers resume ${id}`);
    expect(await printed('workers', 'resume', id)).toMatch(/wanted +running/u);
  });

  it('is said of approvals: how many of how many', async () => {
    const made = await network.test.call('POST', '/api/v1/campaigns', {
      name: 'two-people',
      population: network.populationId,
      templates: ['street_art_campaign'],
      seed: '7',
      approval: { rule: 'two_people' },
      caps: { total: 1 },
      starts_at: new Date(Date.now() + 2 * 86_400_000).toISOString(),
      ends_at: new Date(Date.now() + 9 * 86_400_000).toISOString(),
    });
    expect(made).toMatchObject({ status: 201 });
    await network.test.call('POST', '/api/v1/campaigns/two-people/start');
    const look = async (): Promise<Record<string, unknown>> =>
      (await network.test.call('GET', '/api/v1/campaigns/two-people')).body;
    await expect.poll(async () => (await look())['planned'], { timeout: 60_000 }).toBe(true);
    await network.test.app.get(DataSource).query(
      `UPDATE publications SET due_at = now() - interval '1 s', not_before = now(), expires_at = now() + interval '1 h'
       WHERE campaign_id = $1`,
      [made.body['id']],
    );
    const publication = async (): Promise<{ id: string; state: string } | undefined> =>
      (
        await network.test.call<{ publications: { id: string; state: string }[] }>(
          'GET',
          '/api/v1/publications?campaign=two-people',
        )
      ).body.publications[0];
    await expect
      .poll(async () => (await publication())?.state, { timeout: 60_000 })
      .toBe('awaiting_approval');
    const id = (await publication())?.id ?? '';
    expect(await printed('publications', 'list', '--campaign', 'two-people')).toContain('approvals needed');
    expect(await printed('publications', 'approve', id)).toContain(
      `${id} is awaiting_approval: 1 of 2 approvals`,
    );
    expect(await printed('command', 'lista las publicaciones')).toMatch(
      /\(id: estado, toca, aprobaciones necesarias\):\n1\. .*: a la espera de aprobación, .*, 2\n/u,
    );
    expect(await printed('command', `muestra la publicación ${id}`)).toContain('aprobaciones: 1 de 2');
  });
});
