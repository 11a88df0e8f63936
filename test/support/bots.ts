import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { TestApplication } from './application.js';

/** What tests look at of a bot. */
export interface ShownBot {
  bot_id: string;
  status: string;
  reason: string | null;
  desired_state: string;
  restarts: number;
  uptime_seconds: number;
  cpu_load: number;
  memory_usage_mb: number;
  last_heartbeat: string | null;
  last_exit: { code: number | null; signal: string | null } | null;
  next_start_at: string | null;
  conditions: { type: string; status: string; reason: string }[];
}

/** Registers a bot and wants it to run. */
export async function startBot(
  test: TestApplication,
  id: string,
  blueprint: string,
  more: object = {},
): Promise<void> {
  const made = await test.call('POST', '/api/v1/bots', { id, name: id, role: 'test', blueprint, ...more });
  expect(made).toMatchObject({ status: 201 });
  expect((await test.call('POST', `/api/v1/bots/${id}/start`)).status).toBe(200);
}

export async function shownBot(test: TestApplication, id: string): Promise<ShownBot> {
  return (await test.call<ShownBot>('GET', `/api/v1/bots/${id}`)).body;
}

/** Waits until a bot is seen as it should be. */
export async function untilBot(
  test: TestApplication,
  id: string,
  fits: (bot: ShownBot) => boolean,
  seconds: number = 40,
): Promise<ShownBot> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const bot = await shownBot(test, id);
    if (fits(bot)) return bot;
    if (performance.now() > end)
      throw new Error(`${id} did not come there: ${JSON.stringify(bot)}\n${await logsOf(test, id)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export async function logsOf(test: TestApplication, id: string): Promise<string> {
  const { authorization } = test;
  const url = `/api/v1/bots/${id}/logs?limit=2000`;
  return (await test.app.inject({ method: 'GET', url, headers: { authorization } })).body;
}

/** The processes that carry the mark of a bot. */
export function processesOf(id: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const mark = `AZT3KNET_BOT_ID=${id}`;
        return (
          readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark) &&
          !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
        );
      } catch {
        return false;
      }
    });
}
