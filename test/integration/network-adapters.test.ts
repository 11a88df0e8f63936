import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { signWebhook } from '../../src/core/webhooks/index.js';
import { createHttpApplication } from '../../src/http-application.js';
import { EgressClient } from '../../src/core/egress/index.js';
import { ContentService } from '../../src/modules/content/index.js';
import { AdapterRegistry } from '../../src/modules/integrations/index.js';
import { WebhookAdapter } from '../../src/modules/integrations/adapters/webhook-adapter.js';
import {
  adapterConformance,
  type ConformanceSetting,
} from '../../src/modules/integrations/adapters/conformance.js';
import { TestNetwork } from '../support/network.js';
import { RECEIVER_SECRET as SECRET, WebhookReceiver } from '../support/webhook-receiver.js';

const INCOMING = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

let network: TestNetwork;
let receiver: WebhookReceiver;
let second: Awaited<ReturnType<typeof createHttpApplication>>;
let drafts: [string, string, string];

beforeAll(async () => {
  receiver = await WebhookReceiver.open();
  network = await TestNetwork.open({
    AZT3KNET_WEBHOOK_URL: `${receiver.url}/publications`,
    AZT3KNET_WEBHOOK_LOOKUP_URL: `${receiver.url}/lookup`,
    AZT3KNET_WEBHOOK_SECRETS: SECRET,
    AZT3KNET_WEBHOOK_INCOMING_SECRETS: INCOMING,
    EGRESS_ALLOW: `${receiver.url},127.0.0.1/32`,
  });
  // Another process on the same database.
  const { runtime } = network.test;
  const config = Object.assign(Object.create(runtime.config) as typeof runtime.config, {
    sandbox: { port: undefined, publicUrl: undefined },
  });
  second = await createHttpApplication(compose('api', { ...runtime, config }));
  await second.init();
  const made: string[] = [];
  for (const seed of ['1', '2', '3']) {
    const { body } = await network.test.call<{ id: string }>('POST', '/api/v1/content/draft', {
      agent: network.agents[0],
      template: 'street_art_campaign',
      seed,
    });
    made.push(body.id);
  }
  drafts = made as typeof drafts;
  await block(drafts[2]);
}, 120_000);
afterAll(async () => {
  await second?.close();
  await network?.close();
  receiver?.close();
});

/** Gives a draft a decision that blocks it. */
async function block(draft: string): Promise<void> {
  const source = network.test.app.get(DataSource);
  const id = randomUUID();
  await source.query(
    `INSERT INTO decisions (id, subject_type, subject_id, text_hash, policies, action, checked, compliance_score, labels, matches, decided_by)
     SELECT $1, 'draft', $2::text, '', '[]', 'block', true, 0, '{}', '[]', 'test'`,
    [id, draft],
  );
  // The application itself may not change a draft.
  const { default: pg } = await import('pg');
  const owner = new pg.Client({ connectionString: network.test.runtime.database.owner.url });
  await owner.connect();
  await owner.query('UPDATE drafts SET decision_id = $1 WHERE id = $2', [id, draft]);
  await owner.end();
}

const settingOf = (name: string, published: () => Promise<number>): ConformanceSetting => ({
  adapter: network.test.app.get(AdapterRegistry, { strict: false }).get(name),
  another: second.get(AdapterRegistry, { strict: false }).get(name),
  agentId: network.agents[0] ?? '',
  strangerId: network.agents[1] ?? '',
  draftIds: [drafts[0], drafts[1]],
  blockedDraftId: drafts[2],
  published,
});

const onSandbox = async (): Promise<number> => {
  const [row] = await network.test.app
    .get(DataSource)
    .query<{ n: number }[]>('SELECT count(*)::int AS n FROM network_statuses WHERE draft_id IS NOT NULL');
  return row?.n ?? 0;
};
const atReceiver = async (): Promise<number> =>
  [...receiver.messages.values()].filter(({ type }) => type === 'post.publish').length;

/** The adapter of a receiver that cannot be asked. */
function mute(): WebhookAdapter {
  const { app, runtime } = network.test;
  const webhook = Object.assign(Object.create(runtime.config.webhook) as typeof runtime.config.webhook, {
    lookupUrl: undefined,
  });
  const config = Object.assign(Object.create(runtime.config) as typeof runtime.config, { webhook });
  const part = <T>(token: abstract new (...args: never[]) => T): T => app.get<T>(token, { strict: false });
  return new WebhookAdapter(config, part(EgressClient), part(ContentService));
}

describe.each([
  ['sandbox', () => settingOf('sandbox', onSandbox)],
  ['webhook', () => settingOf('webhook', atReceiver)],
  [
    'webhook, without a place to ask',
    () => ({ ...settingOf('webhook', atReceiver), adapter: mute(), another: mute() }),
  ],
] as const)('the adapter %s', (_name, setting) => {
  it.each(adapterConformance)('$name', async ({ run }) => {
    await expect(run(setting())).resolves.toBeUndefined();
  });
});

const publish = (key: string = randomUUID()) => {
  const { adapter, agentId, draftIds } = settingOf('webhook', atReceiver);
  return adapter.publish({ account: { agentId }, draftId: draftIds[0], key });
};

describe('a publication by webhook', () => {
  it('is signed, says that it is synthetic, and carries its decision', async () => {
    const { remoteId } = await publish();
    expect(receiver.forged).toEqual([]);
    expect(receiver.messages.get(remoteId)).toMatchObject({
      type: 'post.publish',
      synthetic: true,
      data: { draft_id: drafts[0], decision_id: expect.any(String) as string },
    });
  });

  it('is sent again after a failure that passes, under the same id', async () => {
    receiver.failures = [{ status: 503 }, { status: 500 }];
    const before = receiver.attempts;
    const { remoteId } = await publish();
    expect(receiver.attempts - before).toBe(3);
    expect(receiver.messages.has(remoteId)).toBe(true);
  });

  it('is given up where the receiver refuses, and put off where it asks for peace', async () => {
    receiver.failures = [{ status: 403 }];
    await expect(publish()).rejects.toMatchObject({ fault: 'refused' });
    receiver.failures = [{ status: 429, headers: { 'retry-after': '17' } }];
    await expect(publish()).rejects.toMatchObject({ fault: 'rate_limited', retryAfter: 17 });
    const spent = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '23' };
    receiver.failures = [{ status: 429, headers: spent }];
    await expect(publish()).rejects.toMatchObject({ fault: 'rate_limited', retryAfter: 23 });
    const inTwoHours = new Date(Date.now() + 7_200_000).toUTCString();
    receiver.failures = [{ status: 429, headers: { 'retry-after': inTwoHours } }];
    const error = await publish().catch((reason: unknown) => reason as { retryAfter: number });
    expect((error as { retryAfter: number }).retryAfter).toBeGreaterThan(7_000);
    expect((error as { retryAfter: number }).retryAfter).toBeLessThanOrEqual(7_200);
  });

  it('is asked for where the receiver says, signed and by its key', async () => {
    const { adapter, agentId } = settingOf('webhook', atReceiver);
    const key = randomUUID();
    const find = (of: string = key) => adapter.find({ account: { agentId }, key: of });
    const { remoteId } = await publish(key);
    expect(await find()).toEqual({
      state: 'published',
      remoteId,
      url: `${receiver.url}/posts/${remoteId}`,
      created: false,
    });
    expect(await find(randomUUID())).toBeUndefined();
    expect(receiver.forged).toEqual([]);
  });

  it.each([
    ['a page of something else', { status: 200, body: '<html></html>' }],
    ['nothing that says whether', { status: 200, body: '{"state": "published"}' }],
    ['an address that is no web page', { status: 200, body: '{"found": true, "url": "javascript:x"}' }],
    ['a wrong path', { status: 404 }],
    ['a refusal', { status: 401 }],
    ['trouble', { status: 503 }],
  ])('is known of by no answer that is %s', async (_what, answer) => {
    const { adapter, agentId } = settingOf('webhook', atReceiver);
    receiver.failures = [answer];
    await expect(adapter.find({ account: { agentId }, key: randomUUID() })).rejects.toMatchObject({
      fault: 'unavailable',
    });
  });

  it('has what becomes of it told, once and signed', async () => {
    const body = JSON.stringify({ type: 'post.removed', data: { id: 'msg_1', reason: 'it was late' } });
    const timestamp = Math.floor(Date.now() / 1_000);
    const send = (secret: string) =>
      network.test.app.inject({
        method: 'POST',
        url: '/api/v1/publications/webhook',
        headers: {
          'content-type': 'application/json',
          ...signWebhook({ id: 'msg_in_1', timestamp, body }, [secret]),
        },
        payload: body,
      });
    // What we sign ourselves is nothing that the receiver says.
    expect((await send(SECRET)).statusCode).toBe(401);
    expect((await send(INCOMING)).statusCode).toBe(204);
    expect((await send(INCOMING)).statusCode).toBe(409);
    const [event] = await network.test.app
      .get(DataSource)
      .query<{ payload: object }[]>(`SELECT payload FROM outbox WHERE type = 'publication.reported'`);
    expect(event?.payload).toEqual({
      adapter: 'webhook',
      what: 'removed',
      remote_id: 'msg_1',
      reason: 'it was late',
    });
  });
});
