import { expect } from 'vitest';
import type { TestApplication } from './application.js';

/** What tests look at of an instance. */
export interface ShownInstance {
  ordinal: number;
  instance: string | null;
  place: string | null;
  status: string;
  ready: boolean;
  retiring: string | null;
  generation: number;
  revision: number;
  restarts: number;
  last_heartbeat: string | null;
  memory_usage_mb: number;
}

/** What tests look at of a bot with replicas. */
export interface Scaled {
  status: string;
  reason: string | null;
  replicas: number;
  ready_replicas: number;
  updated_replicas: number;
  revision: number;
  generation: number;
  observed_generation: number;
  restarts: number;
  configuration: Record<string, unknown>;
  conditions: { type: string; status: string; reason: string; message: string }[];
}

export async function instancesOf(test: TestApplication, id: string): Promise<ShownInstance[]> {
  const { body } = await test.call<{ instances: ShownInstance[] }>('GET', `/api/v1/bots/${id}/instances`);
  return body.instances;
}

/** Changes a bot as it is now. */
export async function patchBot(test: TestApplication, id: string, body: object): Promise<void> {
  const { headers } = await test.call('GET', `/api/v1/bots/${id}`);
  const etag = { 'if-match': String(headers['etag']) };
  expect(await test.call('PATCH', `/api/v1/bots/${id}`, body, etag)).toMatchObject({ status: 200 });
}

/** Waits until a bot and its instances are as they should be. @param look sees them each time */
export async function untilScaled(
  test: TestApplication,
  id: string,
  fits: (bot: Scaled, instances: ShownInstance[]) => boolean,
  look: (instances: ShownInstance[]) => void = () => {},
): Promise<Scaled> {
  const end = performance.now() + 120_000;
  for (;;) {
    const { body: bot } = await test.call<Scaled>('GET', `/api/v1/bots/${id}`);
    const instances = await instancesOf(test, id);
    look(instances);
    if (fits(bot, instances)) return bot;
    if (performance.now() > end)
      throw new Error(`${id} did not come there: ${JSON.stringify({ bot, instances })}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** What is said of a bot by a type of condition. */
export function conditionOf({ conditions }: Scaled, type: string): Scaled['conditions'][number] | undefined {
  return conditions.find((each) => each.type === type);
}
