import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { botLaboratory, type BotLaboratory } from '../support/bot-laboratory.js';
import { startBot, untilBot } from '../support/bots.js';

const MOODY = 'chaos/moody.mjs';
/** Fewer than are too many of any bot: only its own past speaks against it. */
const JUMP = 0.4;
/** Within which nothing is usual of a process yet, and after which it is. */
const UNKNOWN_MS = 60_000;
const KNOWN_MS = 190_000;

interface Incident {
  status: string;
  acted_at: string | null;
  evidence: { measure: string; value: number; usual: number };
}

let laboratory: BotLaboratory;
beforeAll(async () => {
  laboratory = await botLaboratory({}, (blueprints) => {
    const shipped = readFileSync(join(PROJECT_ROOT, 'blueprints', 'playbooks.yaml'), 'utf8');
    const file = parse(shipped) as { playbooks: { id: string }[] };
    const playbook = file.playbooks.find(({ id }) => id === 'tell-of-anomaly') as object;
    Object.assign(playbook, { for_seconds: 1, verify_seconds: 3 });
    writeFileSync(join(blueprints, 'playbooks.yaml'), stringify(file));
  });
});
afterAll(() => laboratory.close());

/** What was told of its errors: how late it is, and what it computes, is the machine's affair as well. */
async function anomaliesOf(id: string): Promise<Incident[]> {
  const url = `/api/v1/incidents?subject=bot&subject_id=${id}&symptom=anomalous`;
  const { body } = await laboratory.test.call<{ incidents: Incident[] }>('GET', url);
  return body.incidents.filter(({ evidence }) => evidence.measure === 'error_rate');
}

async function fail(id: string, part: number): Promise<void> {
  const body = { name: 'fail', arguments: { part } };
  expect((await laboratory.test.call('POST', `/api/v1/bots/${id}/commands`, body)).status).toBe(202);
}

it('a bot whose errors are far above its own past is told of, and no bot of which too little is known', async () => {
  const { test } = laboratory;
  const modes = { usual: 'act', jumpy: 'act', watched: 'observe', young: 'act' };
  for (const [id, healing] of Object.entries(modes))
    await startBot(test, id, MOODY, { healing, configuration: { failing: 0.05 } });
  for (const id of Object.keys(modes)) await untilBot(test, id, ({ status }) => status === 'running');
  await sleep(UNKNOWN_MS);
  await fail('young', JUMP);
  await sleep(KNOWN_MS - UNKNOWN_MS);
  for (const id of Object.keys(modes)) expect(await anomaliesOf(id)).toEqual([]);
  for (const id of ['jumpy', 'watched']) await fail(id, JUMP);
  await expect
    .poll(() => anomaliesOf('jumpy'), { timeout: 60_000 })
    .toMatchObject([{ action: 'wait', status: 'acting' }]);
  const [{ evidence } = { evidence: undefined }] = await anomaliesOf('jumpy');
  expect(evidence?.usual).toBeCloseTo(0.05, 2);
  expect(evidence?.value).toBeGreaterThan(0.1);
  expect(evidence?.value).toBeLessThanOrEqual(JUMP);
  await expect
    .poll(() => anomaliesOf('watched'), { timeout: 60_000 })
    .toMatchObject([{ status: 'observed', acted_at: null }]);
  // It is told, and no more: the process is the one that it was.
  const { restarts } = await untilBot(test, 'jumpy', ({ status }) => status === 'running');
  expect(restarts).toBe(0);
  expect(await anomaliesOf('usual')).toEqual([]);
  // Of another process nothing is usual yet.
  await test.call('POST', '/api/v1/bots/jumpy/restart');
  await expect.poll(() => anomaliesOf('jumpy'), { timeout: 60_000 }).toMatchObject([{ status: 'succeeded' }]);
}, 480_000);
