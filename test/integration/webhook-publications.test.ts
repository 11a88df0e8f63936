import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Reconciliation } from '../../src/modules/scheduler/publications/reconciliation.js';
import { TestNetwork } from '../support/network.js';
import { RECEIVER_SECRET, WebhookReceiver } from '../support/webhook-receiver.js';

/** How long an act may take that sends a message four times, with pauses. */
const LONG = { timeout: 60_000, interval: 200 };

describe.each([true, false])('publications by webhook, where the receiver can be asked: %s', (asked) => {
  let receiver: WebhookReceiver;
  let network: TestNetwork;
  let names = 0;

  beforeAll(async () => {
    receiver = await WebhookReceiver.open();
    network = await TestNetwork.open({
      AZT3KNET_WEBHOOK_URL: `${receiver.url}/publications`,
      AZT3KNET_WEBHOOK_SECRETS: RECEIVER_SECRET,
      EGRESS_ALLOW: `${receiver.url},127.0.0.1/32`,
      ...(asked && { AZT3KNET_WEBHOOK_LOOKUP_URL: `${receiver.url}/lookup` }),
    });
  }, 120_000);
  afterAll(async () => {
    await network?.close();
    receiver?.close();
  });
  const rows = <T>(statement: string, ...values: unknown[]): Promise<T[]> =>
    network.test.app.get(DataSource).query<T[]>(statement, values);

  beforeEach(async () => {
    await rows('DELETE FROM agent_lifecycles');
    receiver.messages.clear();
    Object.assign(receiver, { attempts: 0, questions: 0, loses: true, knows: true });
  });

  interface Row {
    id: string;
    campaign_id: string;
    agent_id: string;
    state: string;
    reason: string | null;
    remote_id: string | null;
    url: string | null;
    attempts: number;
    reconcile_at: Date | null;
  }
  const publication = async (campaign: string): Promise<Row | undefined> =>
    (await rows<Row>('SELECT * FROM publications WHERE campaign_id = $1', campaign))[0];

  /** The campaign of one publication, whose time has not come. */
  async function onePlanned(): Promise<string> {
    const made = await network.test.call<{ id: string }>('POST', '/api/v1/campaigns', {
      name: `by-webhook-${(names += 1)}`,
      population: network.populationId,
      templates: ['street_art_campaign'],
      adapter: 'webhook',
      seed: '7',
      starts_at: new Date(Date.now() + 2 * 86_400_000).toISOString(),
      ends_at: new Date(Date.now() + 9 * 86_400_000).toISOString(),
      caps: { total: 1 },
    });
    expect(made.status).toBe(201);
    const { id } = made.body;
    await network.test.call('POST', `/api/v1/campaigns/${id}/start`);
    await expect.poll(() => publication(id), LONG).toBeDefined();
    return id;
  }

  /** The campaign of one publication that is due now. @param attempts that were made before */
  async function oneDue(attempts: number): Promise<string> {
    const id = await onePlanned();
    await rows(
      `UPDATE publications SET attempts = $2, due_at = now() - interval '1 s', not_before = now(), expires_at = now() + interval '1 h'
       WHERE campaign_id = $1`,
      id,
      attempts,
    );
    return id;
  }

  const suspend = (agent: string): Promise<unknown[]> =>
    rows(`INSERT INTO agent_lifecycles (agent_id, state, actor) VALUES ($1, 'suspended', 'test')`, agent);

  /** The campaign of one publication whose worker died before it had sent it; what is said comes to pass meanwhile. */
  async function oneLeftBehind(meanwhile: (left: Row) => Promise<unknown>): Promise<string> {
    const id = await onePlanned();
    await rows(
      `UPDATE publications SET not_before = now(), due_at = now() + interval '1 h', expires_at = now() + interval '1 day'
       WHERE campaign_id = $1`,
      id,
    );
    await expect.poll(async () => (await publication(id))?.state, LONG).toBe('due');
    await meanwhile((await publication(id)) as Row);
    await rows(
      `UPDATE publications SET state = 'publishing', attempts = 1, lease_token = lease_token + 1, leased_until = now()
       WHERE campaign_id = $1`,
      id,
    );
    return id;
  }
  const lastEntry = async ({ id }: Row): Promise<unknown> =>
    (
      await rows<{ action: string; reason: string }>(
        `SELECT action, data->>'reason' AS reason FROM audit WHERE subject_id = $1 ORDER BY sequence DESC LIMIT 1`,
        id,
      )
    )[0];

  it('whose agent was suspended meanwhile are sent once it is active again, and not before', async () => {
    receiver.loses = false;
    const campaign = await oneLeftBehind(({ agent_id }) => suspend(agent_id));
    const waits = asked
      ? { state: 'due', reason: null }
      : {
          state: 'publishing',
          reason:
            'nobody knows what became of it: no answer came, and it waits to be sent again: its agent is suspended',
        };
    const seen = async () => {
      const found = await publication(campaign);
      return found && { state: found.state, reason: found.reason };
    };
    await expect.poll(seen, LONG).toEqual(waits);
    expect(receiver.attempts).toBe(0);
    await rows('DELETE FROM agent_lifecycles');
    await rows(
      'UPDATE publications SET not_before = now(), leased_until = leased_until - $2::interval WHERE campaign_id = $1',
      campaign,
      '1 h',
    );
    await expect.poll(async () => (await publication(campaign))?.state, LONG).toBe('published');
    expect([receiver.attempts, receiver.messages.size]).toEqual([1, 1]);
  }, 180_000);

  it('whose agent stays suspended until their time is over end with the reason, and are not sent', async () => {
    const campaign = await oneLeftBehind(async ({ id, agent_id }) => {
      await suspend(agent_id);
      await rows(`UPDATE publications SET expires_at = now() WHERE id = $1`, id);
    });
    const [end, reason] = asked
      ? ['expired', 'too late: its agent is suspended']
      : [
          'failed',
          'nobody knows what became of it: no answer came, and it is not sent again: its agent is suspended, and its time is over',
        ];
    await expect.poll(async () => (await publication(campaign))?.state, LONG).toBe(end);
    const over = (await publication(campaign)) as Row;
    expect(over.reason).toBe(reason);
    expect(await lastEntry(over)).toEqual({ action: `publication.${end}`, reason });
    expect(receiver.attempts).toBe(0);
  }, 180_000);

  it('whose campaign was cancelled meanwhile end with the reason, and are not sent', async () => {
    const campaign = await oneLeftBehind(async ({ id, campaign_id }) => {
      // It is being published when the campaign ends: what waits is cancelled by itself.
      await rows(
        `UPDATE publications SET state = 'publishing', leased_until = now() + interval '1 h' WHERE id = $1`,
        id,
      );
      const cancelled = await network.test.call('POST', `/api/v1/campaigns/${campaign_id}/cancel`);
      expect(cancelled.status).toBe(200);
    });
    const [end, reason] = asked
      ? ['cancelled', 'the campaign was cancelled']
      : [
          'failed',
          'nobody knows what became of it: no answer came, and it is not sent again: the campaign was cancelled',
        ];
    await expect.poll(async () => (await publication(campaign))?.state, LONG).toBe(end);
    const over = (await publication(campaign)) as Row;
    expect(over.reason).toBe(reason);
    expect(await lastEntry(over)).toEqual({ action: `publication.${end}`, reason });
    expect(receiver.attempts).toBe(0);
  }, 180_000);

  it('that arrived without an answer are published, and arrive once', async () => {
    const campaign = await oneDue(0);
    await expect.poll(async () => (await publication(campaign))?.reason, LONG).toBeTruthy();
    expect(await publication(campaign)).toMatchObject({ state: 'publishing', remote_id: null });
    const [[id = ''] = []] = receiver.messages;
    const sent = receiver.attempts;
    receiver.loses = false;
    await expect.poll(async () => (await publication(campaign))?.state, LONG).toBe('published');
    expect(await publication(campaign)).toMatchObject({
      remote_id: id,
      url: asked ? `${receiver.url}/posts/${id}` : null,
    });
    // Where it can be asked nothing is sent again; else what is sent again is known by its id.
    expect(receiver.attempts - sent).toBe(asked ? 0 : 1);
    expect(receiver.messages.size).toBe(1);
    expect(receiver.forged).toEqual([]);
  }, 180_000);

  it('of which nobody knows have failed and say so, until the receiver knows', async () => {
    receiver.knows = false;
    const campaign = await oneDue(19);
    await expect.poll(async () => (await publication(campaign))?.state, LONG).toBe('failed');
    const failed = await publication(campaign);
    expect(failed).toMatchObject({ remote_id: null, attempts: 20 });
    expect(failed?.reason).toContain('nobody knows what became of it');
    const sent = receiver.attempts;
    receiver.loses = false;
    receiver.knows = true;
    await rows('UPDATE publications SET reconcile_at = now() WHERE campaign_id = $1', campaign);
    await network.test.app.get(Reconciliation, { strict: false }).step();
    const after = await publication(campaign);
    const [[id = ''] = []] = receiver.messages;
    const told = { state: 'published', reason: 'found on the platform by its key', remote_id: id };
    const final = { state: 'failed', reason: failed?.reason, reconcile_at: null };
    expect(after).toMatchObject(asked ? told : final);
    // It came, and it is not sent again.
    expect(receiver.attempts).toBe(sent);
    expect(receiver.messages.size).toBe(1);
  }, 180_000);
});
