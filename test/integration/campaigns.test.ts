import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditService } from '../../src/core/audit/index.js';
import { makeCaller } from '../support/caller.js';
import { TestNetwork } from '../support/network.js';

interface Campaign {
  id: string;
  name: string;
  state: string;
  version: number;
  seed: string;
  planned: boolean;
}
interface Publication {
  id: string;
  agent_id: string;
  state: string;
  due_at: string;
  approvals_needed: number;
  draft_id: string | null;
  decision_id: string | null;
  remote_id: string | null;
  reason: string | null;
}
type Page = { publications: Publication[]; next_cursor: string | null; total: number };

const DAY_MS = 86_400_000;
const ONLY_AT_NOON = Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 1 : 0));
/** So many years and days from now. */
const inYears = (years: number, days: number): string => {
  const then = new Date();
  then.setUTCFullYear(then.getUTCFullYear() + years);
  return new Date(then.getTime() + days * DAY_MS).toISOString();
};

let network: TestNetwork;
let names = 0;

beforeAll(async () => {
  network = await TestNetwork.open();
}, 120_000);
afterAll(() => network?.close());

const body = (changes: object = {}) => ({
  name: `campaign-${(names += 1)}`,
  population: network.populationId,
  templates: ['street_art_campaign'],
  seed: '7',
  ...changes,
});
const call = <Body = Record<string, unknown>>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  sent?: object,
  headers?: Record<string, string>,
) => network.test.call<Body>(method, `/api/v1${path}`, sent, headers);
const made = async (changes: object = {}): Promise<Campaign> => {
  const answer = await call<Campaign>('POST', '/campaigns', body(changes));
  expect(answer).toMatchObject({ status: 201 });
  return answer.body;
};
const publicationsOf = async (campaign: Campaign): Promise<Publication[]> =>
  (await call<Page>('GET', `/publications?campaign=${campaign.id}&limit=1000`)).body.publications;
const source = () => network.test.app.get(DataSource);

/** Every publication of the campaign is due at once. */
async function makeDue(campaign: Campaign): Promise<void> {
  await source().query(
    `UPDATE publications SET due_at = now() - interval '1 s', not_before = now(), expires_at = now() + interval '1 h'
     WHERE campaign_id = $1`,
    [campaign.id],
  );
}

/** A started campaign, all of whose publications are due. */
async function startedAndDue(changes: object = {}): Promise<Campaign> {
  const campaign = await made({
    starts_at: new Date(Date.now() + 2 * 86_400_000).toISOString(),
    ends_at: new Date(Date.now() + 9 * 86_400_000).toISOString(),
    caps: { total: 8 },
    ...changes,
  });
  await call('POST', `/campaigns/${campaign.id}/start`);
  await expect
    .poll(async () => (await call<Campaign>('GET', `/campaigns/${campaign.id}`)).body.planned)
    .toBe(true);
  await makeDue(campaign);
  return campaign;
}

describe('campaigns', () => {
  it('are made, found by id and name, listed and deleted', async () => {
    const campaign = await made({ name: 'spring-murals' });
    expect(campaign).toMatchObject({ state: 'draft', version: 1, synthetic: true, adapter: 'sandbox' });
    const found = await call<Campaign>('GET', '/campaigns/spring-murals');
    expect(found.body.id).toBe(campaign.id);
    expect(found.headers['etag']).toBe('"1"');
    const { body: list } = await call<{ campaigns: Campaign[] }>('GET', '/campaigns?state=draft');
    expect(list.campaigns.map(({ name }) => name)).toContain('spring-murals');
    expect((await call('POST', '/campaigns', body({ name: 'spring-murals' }))).status).toBe(409);
    expect((await call('DELETE', '/campaigns/spring-murals')).status).toBe(204);
    expect((await call('GET', '/campaigns/spring-murals')).status).toBe(404);
  });

  it.each([
    [{ templates: ['nothing'] }, 404, 'template_not_found'],
    [{ adapter: 'elsewhere' }, 404, 'adapter_not_found'],
    [{ population: 'nobody' }, 404, 'population_not_found'],
    [{ approval: { rule: 'sample' } }, 422, 'campaign_invalid'],
    [{ approval: { rule: 'all', percent: 5 } }, 422, 'campaign_invalid'],
    [{ starts_at: '2026-01-02T00:00:00Z', ends_at: '2026-01-01T00:00:00Z' }, 422, 'campaign_invalid'],
    [{ quiet_hours: { from: '25:00', to: '07:00' } }, 422, 'input_invalid'],
    [{ rhythm: [1, 2] }, 422, 'input_invalid'],
  ])('with %j are refused', async (changes, status, code) => {
    const answer = await call<{ code: string }>('POST', '/campaigns', body(changes));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it.each([
    [
      { ends_at: '9999-12-31T00:00:00Z', starts_at: '9999-01-01T00:00:00Z' },
      'starts_at',
      '10 years from now',
    ],
    [{ starts_at: inYears(10, -1), ends_at: inYears(10, 1) }, 'ends_at', '10 years from now'],
    [{ quiet_hours: { from: '00:00', to: '00:00' } }, 'quiet_hours.to', 'null'],
    [{ quiet_hours: { from: '22:30', to: '22:30' } }, 'quiet_hours.to', 'null'],
    [{ rhythm: Array.from({ length: 24 }, () => 0) }, 'rhythm', 'no minute of the day'],
    [
      { rhythm: ONLY_AT_NOON, quiet_hours: { from: '11:00', to: '13:00' } },
      'quiet_hours',
      'no minute of the day',
    ],
    [{ audience: { country: 'FR' } }, 'audience', 'no agent of the population'],
  ])('with %j are refused, naming the field and what is accepted', async (changes, field, message) => {
    const refused = {
      status: 422,
      body: { errors: [{ field, message: expect.stringContaining(message) as string }] },
    };
    expect(await call('POST', '/campaigns', body(changes))).toMatchObject(refused);
    const { id } = await made();
    expect(await call('PATCH', `/campaigns/${id}`, changes, { 'if-match': '*' })).toMatchObject(refused);
    expect((await call('GET', `/campaigns/${id}`)).body).toMatchObject({ version: 1 });
  });

  it('may end ten years ahead', async () => {
    const last = { starts_at: inYears(10, -3), ends_at: inYears(10, -1) };
    expect(await made(last)).toMatchObject(last);
  });

  it('are changed as they were read, and only before they start', async () => {
    const campaign = await made();
    const path = `/campaigns/${campaign.id}`;
    const changed = await call<Campaign>('PATCH', path, { seed: '8' }, { 'if-match': '"1"' });
    expect(changed.body).toMatchObject({ seed: '8', version: 2, name: campaign.name });
    expect((await call('PATCH', path, { seed: '9' }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await call('PATCH', path, { seed: '9' })).status).toBe(428);
    await call('POST', `${path}/start`);
    const late = await call<{ code: string }>('PATCH', path, { seed: '9' }, { 'if-match': '*' });
    expect([late.status, late.body.code]).toEqual([409, 'campaign_not_editable']);
    await call('POST', `${path}/cancel`);
  });

  it('for nobody, made before that was refused, are not started until their audience is another', async () => {
    const campaign = await made();
    await source().query(`UPDATE campaigns SET audience = '{"country": "FR"}' WHERE id = $1`, [campaign.id]);
    const path = `/campaigns/${campaign.id}`;
    expect((await call<Page>('GET', `${path}/plan`)).body).toMatchObject({ publications: [], total: 0 });
    const refused = { status: 409, body: { code: 'campaign_empty', errors: [{ field: 'audience' }] } };
    expect(await call('POST', `${path}/start`)).toMatchObject(refused);
    expect((await call('PATCH', path, { audience: {} }, { 'if-match': '*' })).status).toBe(200);
    expect((await call('POST', `${path}/start`)).status).toBe(200);
    await call('POST', `${path}/cancel`);
  });

  it('say how far they have come', async () => {
    const campaign = await startedAndDue({ approval: { rule: 'all' } });
    const counted = async () =>
      (await call<{ publications: Record<string, number> }>('GET', `/campaigns/${campaign.id}`)).body
        .publications;
    expect(Object.values(await counted()).reduce((sum, each) => sum + each, 0)).toBe(8);
    await call('POST', `/campaigns/${campaign.id}/cancel`);
    await expect.poll(counted).toEqual({ cancelled: 8 });
  });

  it('go from state to state as they may, each step audited and published', async () => {
    const campaign = await made();
    const path = `/campaigns/${campaign.id}`;
    const act = async (name: string) => {
      const { status, body: answer } = await call<{ state?: string; code?: string }>(
        'POST',
        `${path}/${name}`,
      );
      return status === 200 ? answer.state : answer.code;
    };
    expect(await act('pause')).toBe('transition_impossible');
    expect(await act('start')).toBe('running');
    expect((await call('DELETE', path)).status).toBe(409);
    expect(await act('start')).toBe('transition_impossible');
    expect(await act('pause')).toBe('paused');
    expect(await act('resume')).toBe('running');
    expect(await act('cancel')).toBe('cancelled');
    expect(await act('resume')).toBe('transition_impossible');
    const rows = await source().query<{ action: string }[]>(
      `SELECT action FROM audit WHERE subject_id = $1 AND action <> 'campaign.plan' ORDER BY sequence`,
      [campaign.id],
    );
    expect(rows.map(({ action }) => action)).toEqual(
      ['create', 'start', 'pause', 'resume', 'cancel'].map((each) => `campaign.${each}`),
    );
    const [{ n } = { n: 0 }] = await source().query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM outbox WHERE topic = $1 AND type = 'campaign.changed'`,
      [`campaigns.${campaign.id}`],
    );
    expect(n).toBe(5);
  });
});

describe('a plan', () => {
  it('is shown page by page before the start, and is what is planned then', async () => {
    const campaign = await made({
      starts_at: new Date(Date.now() + 86_400_000 * 3).toISOString(),
      ends_at: new Date(Date.now() + 86_400_000 * 20).toISOString(),
      caps: { total: 25 },
      approval: { rule: 'sample', percent: 50 },
    });
    const whole: Publication[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body: page } = await call<Page>('GET', `/campaigns/${campaign.id}/plan?limit=4${query}`);
      expect(page.publications.length).toBeLessThanOrEqual(4);
      whole.push(...page.publications);
      cursor = page.next_cursor;
    } while (cursor !== null);
    const all = await call<Page>('GET', `/campaigns/${campaign.id}/plan?limit=1000`);
    expect(all.body.publications).toEqual(whole);
    expect(all.body.total).toBe(whole.length);
    expect(whole.length).toBeLessThanOrEqual(25);
    expect(await publicationsOf(campaign)).toEqual([]);
    await call('POST', `/campaigns/${campaign.id}/start`);
    await expect.poll(async () => (await publicationsOf(campaign)).length).toBe(whole.length);
    const planned = new Map((await publicationsOf(campaign)).map((each) => [each.id, each]));
    for (const { id, due_at, agent_id, approvals_needed } of whole)
      expect(planned.get(id)).toMatchObject({ due_at, agent_id, approvals_needed });
    await call('POST', `/campaigns/${campaign.id}/cancel`);
    await expect
      .poll(async () => new Set((await publicationsOf(campaign)).map(({ state }) => state)))
      .toEqual(new Set(['cancelled']));
  });

  it('of more than a hundred thousand is not told in the order of time', async () => {
    const campaign = await made();
    const told = async (size: number, sort: string) => {
      await source().query('UPDATE campaigns SET plan_size = $2 WHERE id = $1', [campaign.id, size]);
      return call<Page>('GET', `/campaigns/${campaign.id}/plan?sort=${sort}`);
    };
    expect(await told(100_001, 'due_at')).toMatchObject({
      status: 422,
      body: {
        code: 'plan_too_long',
        errors: [{ field: 'sort', message: expect.stringContaining('ask for the order agent') as string }],
      },
    });
    expect((await told(100_001, 'agent')).status).toBe(200);
    expect((await told(100_000, 'due_at')).status).toBe(200);
  });

  it('has cursors of its own', async () => {
    const campaign = await made();
    for (const cursor of ['x', Buffer.from('{"tag":"other"}').toString('base64url')]) {
      const answer = await call<{ code: string }>('GET', `/campaigns/${campaign.id}/plan?cursor=${cursor}`);
      expect([answer.status, answer.body.code]).toEqual([422, 'cursor_invalid']);
    }
  });
});

describe('publications', () => {
  it('go out once, with a decision that lets them, and the campaign is complete', async () => {
    const campaign = await startedAndDue();
    await expect
      .poll(async () => (await call<Campaign>('GET', `/campaigns/${campaign.id}`)).body.state, {
        timeout: 40_000,
      })
      .toBe('completed');
    const publications = await publicationsOf(campaign);
    expect(publications.length).toBeGreaterThan(0);
    for (const { state, remote_id, decision_id, draft_id, id } of publications) {
      expect({ id, state }).toEqual({ id, state: 'published' });
      const [{ n } = { n: 0 }] = await source().query<{ n: number }[]>(
        'SELECT count(*)::int AS n FROM network_statuses WHERE draft_id = $1 AND id = $2',
        [draft_id, remote_id],
      );
      expect(n).toBe(1);
      expect(decision_id).not.toBeNull();
    }
    const [{ n } = { n: 0 }] = await source().query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM audit WHERE action = 'publication.published'
       AND subject_id IN (SELECT id::text FROM publications WHERE campaign_id = $1)`,
      [campaign.id],
    );
    expect(n).toBe(publications.length);
    expect((await network.test.app.get(AuditService, { strict: false }).verify()).intact).toBe(true);
  });

  it('wait while the campaign is paused', async () => {
    const campaign = await made({
      starts_at: new Date(Date.now() + 2 * 86_400_000).toISOString(),
      ends_at: new Date(Date.now() + 9 * 86_400_000).toISOString(),
      caps: { total: 4 },
    });
    await call('POST', `/campaigns/${campaign.id}/start`);
    await expect.poll(async () => (await publicationsOf(campaign)).length).toBeGreaterThan(0);
    await call('POST', `/campaigns/${campaign.id}/pause`);
    await makeDue(campaign);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(new Set((await publicationsOf(campaign)).map(({ state }) => state))).toEqual(new Set(['planned']));
    await call('POST', `/campaigns/${campaign.id}/resume`);
    await expect
      .poll(async () => new Set((await publicationsOf(campaign)).map(({ state }) => state)))
      .toEqual(new Set(['published']));
  });

  it('that are too late expire, and say why', async () => {
    const campaign = await made({
      starts_at: new Date(Date.now() + 2 * 86_400_000).toISOString(),
      ends_at: new Date(Date.now() + 9 * 86_400_000).toISOString(),
      caps: { total: 3 },
    });
    await call('POST', `/campaigns/${campaign.id}/start`);
    await expect.poll(async () => (await publicationsOf(campaign)).length).toBeGreaterThan(0);
    await source().query(`UPDATE publications SET expires_at = now() WHERE campaign_id = $1`, [campaign.id]);
    await expect
      .poll(
        async () =>
          new Set((await publicationsOf(campaign)).map(({ state, reason }) => `${state}: ${reason}`)),
      )
      .toEqual(new Set(['expired: too late: it was still planned']));
  });
});

describe('campaigns whose starter may no longer', () => {
  it('are held with the reason, and go on in the name of who resumes them', async () => {
    const { authorization, userId: id } = await makeCaller(network.test.app, 'operator');
    const campaign = await made({ caps: { total: 2 } });
    await call('POST', `/campaigns/${campaign.id}/start`, {}, { authorization });
    await source().query(`UPDATE users SET active = false WHERE id = $1`, [id]);
    const held = async () =>
      (await call<{ state: string; held_reason: string | null }>('GET', `/campaigns/${campaign.id}`)).body;
    await expect.poll(async () => (await held()).state, { timeout: 20_000 }).toBe('paused');
    expect((await held()).held_reason).toMatch(/^who started it is disabled or gone/u);
    const [entry] = await source().query<{ actor: string; data: { reason: string } }[]>(
      `SELECT actor, data FROM audit WHERE action = 'campaign.hold' AND subject_id = $1`,
      [campaign.id],
    );
    expect(entry).toMatchObject({ actor: 'scheduler', data: { reason: (await held()).held_reason } });
    await call('POST', `/campaigns/${campaign.id}/resume`);
    expect(await held()).toMatchObject({ state: 'running', held_reason: null });
  });
});

describe('approvals', () => {
  it('of two people are of two people, with their reasons', async () => {
    const campaign = await startedAndDue({ approval: { rule: 'two_people' }, caps: { total: 2 } });
    const waiting = async () =>
      (await publicationsOf(campaign)).filter(({ state }) => state === 'awaiting_approval');
    await expect.poll(async () => (await waiting()).length).toBe((await publicationsOf(campaign)).length);
    const [first, second] = await waiting();
    const path = `/publications/${first?.id}`;
    expect((await call<Publication>('POST', `${path}/approve`, { reason: 'good' })).body.state).toBe(
      'awaiting_approval',
    );
    const again = await call<{ code: string }>('POST', `${path}/approve`, {});
    expect([again.status, again.body.code]).toEqual([409, 'approval_repeated']);
    const { authorization } = await makeCaller(network.test.app, 'operator');
    const approved = await call<Publication & { approvals: object[] }>(
      'POST',
      `${path}/approve`,
      {},
      { authorization },
    );
    expect(approved.body.state).toBe('due');
    expect(approved.body.approvals).toHaveLength(2);
    await expect.poll(async () => (await call<Publication>('GET', path)).body.state).toBe('published');
    const rejected = await call<Publication>('POST', `/publications/${second?.id}/reject`, {
      reason: 'off topic',
    });
    expect(rejected.body).toMatchObject({ state: 'cancelled', reason: 'rejected' });
    const late = await call<{ code: string }>('POST', `/publications/${second?.id}/approve`, {});
    expect([late.status, late.body.code]).toEqual([409, 'publication_not_waiting']);
  });

  it('of two people are not of programs', async () => {
    const campaign = await startedAndDue({ approval: { rule: 'two_people' }, caps: { total: 1 } });
    const waiting = async () =>
      (await publicationsOf(campaign)).filter(({ state }) => state === 'awaiting_approval');
    await expect.poll(async () => (await waiting()).length).toBe(1);
    const [only] = await waiting();
    const { authorization, userId: id } = await makeCaller(network.test.app, 'operator');
    await source().query(`UPDATE users SET kind = 'service' WHERE id = $1`, [id]);
    const later = { timeout: 30_000, interval: 500 };
    const approve = () =>
      call<{ code: string }>('POST', `/publications/${only?.id}/approve`, {}, { authorization });
    await expect
      .poll(async () => {
        const answer = await approve();
        return [answer.status, answer.body.code];
      }, later)
      .toEqual([403, 'approval_not_personal']);
  });

  it('are reminded of once and escalated once', async () => {
    const campaign = await startedAndDue({ approval: { rule: 'all' }, caps: { total: 1 } });
    await expect.poll(async () => (await publicationsOf(campaign))[0]?.state).toBe('awaiting_approval');
    const events = async () =>
      (
        await source().query<{ payload: { escalated: boolean } }[]>(
          `SELECT payload FROM outbox WHERE topic = $1 AND type = 'publication.reminded' ORDER BY batch, n`,
          [`campaigns.${campaign.id}`],
        )
      ).map(({ payload }) => payload.escalated);
    const waited = (share: number) =>
      source().query(
        `UPDATE publications SET waiting_since = now() - $2 * interval '10 minutes', expires_at = now() + (1 - $2) * interval '10 minutes'
         WHERE campaign_id = $1`,
        [campaign.id, share],
      );
    await waited(0.6);
    await expect.poll(events).toEqual([false]);
    await waited(0.9);
    await expect.poll(events).toEqual([false, true]);
  });
});
