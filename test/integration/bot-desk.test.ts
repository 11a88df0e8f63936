import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { botLaboratory, type BotLaboratory } from '../support/bot-laboratory.js';
import { processesOf, startBot } from '../support/bots.js';
import { untilScaled } from '../support/replicas.js';

interface Told {
  status: number;
  body: { detail?: string; commands?: { id: string }[] };
}

describe('the desk of a host', () => {
  let laboratory: BotLaboratory;

  /** What an instance of the bot is answered on its socket. */
  async function tell(ordinal: number, method: string, path: string, body?: object): Promise<Told> {
    const folder = join(laboratory.blueprints, 'run', ordinal === 0 ? 'pair' : `pair.${ordinal}`);
    const authorization = `Bearer ${readFileSync(join(folder, 'token'), 'utf8')}`;
    return new Promise((resolve, reject) => {
      const socketPath = join(folder, 'host.sock');
      const asked = request({ socketPath, method, path, headers: { authorization } }, (answer) => {
        text(answer).then(
          (said) => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(said) as Told['body'] }),
          reject,
        );
      });
      asked.once('error', reject);
      asked.end(body && JSON.stringify(body));
    });
  }

  beforeAll(async () => {
    laboratory = await botLaboratory({
      RATE_LIMIT_REQUESTS: '1000000',
      RATE_LIMIT_BOT_REQUESTS: '30',
      RATE_LIMIT_WINDOW_SECONDS: '600',
    });
    const { test } = laboratory;
    await startBot(test, 'pair', 'bots/monitoring_bot.ts', { replicas: 2, healing: 'observe' });
    await untilScaled(test, 'pair', ({ ready_replicas }) => ready_replicas === 2);
    // What is said for them is said by the test alone.
    for (const pid of processesOf('pair')) process.kill(pid, 'SIGSTOP');
  }, 180_000);
  afterAll(() => laboratory.close());

  it('takes what came of a command from who has taken it, once', async () => {
    const { test } = laboratory;
    const sent = await test.call<{ id: string }>('POST', '/api/v1/bots/pair/commands', { name: 'echo' });
    const { id } = sent.body;
    const taken = async (): Promise<unknown> =>
      (await tell(0, 'POST', '/beat', { requests: 0, errors: 0 })).body.commands?.map((each) => each.id);
    await expect.poll(taken, { timeout: 60_000 }).toEqual([id]);
    const forged = await tell(1, 'POST', `/commands/${id}`, { ok: true, result: { forged: true } });
    expect(forged).toMatchObject({
      status: 409,
      body: { detail: `the command ${id} was taken by the instance 0 and not by this one, which is 1` },
    });
    const shown = async (): Promise<unknown> =>
      (await test.call('GET', `/api/v1/bots/pair/commands/${id}`)).body;
    expect(await shown()).toMatchObject({ status: 'delivered', result: null });
    expect((await tell(0, 'POST', `/commands/${id}`, { ok: true, result: { real: true } })).status).toBe(200);
    expect(await shown()).toMatchObject({ status: 'done', result: { real: true } });
    expect(await tell(0, 'POST', `/commands/${id}`, { ok: false })).toMatchObject({
      status: 409,
      body: { detail: `the command ${id} is done` },
    });
    expect((await tell(0, 'POST', `/commands/${randomUUID()}`, { ok: true })).status).toBe(404);
  }, 120_000);

  it.each(['http://127.0.0.1:8313/metrics', '//evil/api/', '/nothing'])(
    'says which routes there are, where %s is none',
    async (path) => {
      const { status, body } = await tell(0, 'GET', path);
      expect(status).toBe(404);
      expect(body.detail).toContain(`there is no route "GET ${path}" for bots; there are POST /beat, `);
    },
  );

  it('has a bot that floods the API take nothing from its owner', async () => {
    const { test } = laboratory;
    const { authorization } = test;
    const left = async (): Promise<number> => {
      const { headers } = await test.app.inject({ url: '/api/v1/jobs', headers: { authorization } });
      return Number(/"caller";r=(\d+)/.exec(String(headers['ratelimit']))?.[1]);
    };
    const before = await left();
    const flood: Told[] = [];
    // A bot has few connections at once.
    while (flood.length < 100)
      flood.push(
        ...(await Promise.all(Array.from({ length: 10 }, (_, n) => tell(n % 2, 'GET', '/api/v1/jobs')))),
      );
    const refused = flood.filter(({ status }) => status === 429);
    // Both instances share what their bot has.
    expect(refused.length).toBeGreaterThanOrEqual(70);
    expect(refused[0]?.body.detail).toContain('the limit "bot" is 30 requests in 600 s');
    expect(await left()).toBe(before - 1);
    expect((await test.call('POST', '/api/v1/bots/pair/stop')).status).toBe(200);
  }, 60_000);
});
