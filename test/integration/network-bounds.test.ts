import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AdapterRegistry } from '../../src/modules/integrations/index.js';
import { StatusesRepository } from '../../src/modules/integrations/network/statuses.repository.js';
import { TimelinesRepository } from '../../src/modules/integrations/network/timelines.repository.js';
import { TestNetwork, type Member } from '../support/network.js';

interface Status {
  id: string;
  url: string;
  content: string;
}

let network: TestNetwork;
let ana: Member;
let bea: Member;
let cora: Member;

beforeAll(async () => {
  network = await TestNetwork.open();
  [ana, bea, cora] = [await network.member(0), await network.member(1), await network.member(2)];
});
afterAll(() => network?.close());

const post = async (who: Member, fields: object): Promise<Status> =>
  (await who.call<Status>('POST', '/api/v1/statuses', fields)).body;

type Asked = [method: string, path: string, body?: object];

/** Calls that were answered with another status. */
async function notAmong(statuses: readonly number[], calls: readonly Asked[]): Promise<unknown[]> {
  const others: unknown[] = [];
  for (const [method, path, body] of calls) {
    const { status } = await ana.call(method, path, body);
    if (!statuses.includes(status)) others.push([method, path, body, status]);
  }
  return others;
}

const TOO_LARGE = '9223372036854775808';
const IDS = [TOO_LARGE, '99999999999999999999', '-1', '1e3', '%00', '1%00', '%ED%A0%80', ' 1'];

describe('ids and texts that no database takes', () => {
  it.each(IDS)('are not found: %s', async (id) => {
    const paths = [
      `/api/v1/statuses/${id}`,
      `/api/v1/statuses/${id}/context`,
      `/api/v1/accounts/${id}`,
      `/api/v1/accounts/${id}/statuses`,
      `/api/v1/accounts/${id}/followers`,
      `/api/v1/notifications/${id}`,
      `/api/v1/media/${id}`,
      `/media/${id}`,
      `/avatars/${id}.svg`,
      `/@${ana.account.username}/${id}`,
      `/@${id}`,
    ];
    const calls: Asked[] = [
      ...paths.map((path): Asked => ['GET', path]),
      ['POST', `/api/v1/statuses/${id}/favourite`],
      ['POST', `/api/v1/statuses/${id}/reblog`],
      ['POST', `/api/v1/accounts/${id}/follow`],
      ['POST', `/api/v1/notifications/${id}/dismiss`],
      ['DELETE', `/api/v1/statuses/${id}`],
    ];
    expect(await notAmong([400, 404], calls)).toEqual([]);
  });

  it('are refused as parameters, in fields and in names', async () => {
    const calls: Asked[] = [
      ...['max_id', 'min_id', 'since_id'].flatMap((name) =>
        [TOO_LARGE, '-5', '%00'].map((id): Asked => ['GET', `/api/v1/timelines/public?${name}=${id}`]),
      ),
      ['GET', `/api/v1/accounts?id[]=${TOO_LARGE}`],
      ['GET', `/api/v1/accounts/relationships?id[]=${TOO_LARGE}`],
      ['GET', `/api/v1/statuses?id[]=-1`],
      ['GET', `/api/v1/notifications?account_id=${TOO_LARGE}`],
      ['GET', '/api/v2/search?q=a%00b'],
      ['GET', '/api/v1/accounts/lookup?acct=a%00b'],
      ['GET', '/api/v1/accounts/search?q=%00'],
      ['GET', '/api/v1/timelines/tag/a%00b'],
      ['GET', '/api/v1/timelines/tag/a?any[]=%00'],
      ['POST', '/api/v1/statuses', { status: 'a\0b' }],
      ['POST', '/api/v1/statuses', { status: 'a\uD800b' }],
      ['POST', '/api/v1/statuses', { status: 'a', spoiler_text: '\0' }],
      ['POST', '/api/v1/statuses', { status: 'a', in_reply_to_id: TOO_LARGE }],
      ['POST', '/api/v1/statuses', { status: 'a', media_ids: [TOO_LARGE] }],
      ['POST', '/api/v1/markers', { home: { last_read_id: TOO_LARGE } }],
      ['POST', '/api/v1/apps', { client_name: '\0', redirect_uris: 'https://a.b/' }],
      ['PATCH', '/api/v1/accounts/update_credentials', { note: '\0' }],
    ];
    expect(await notAmong([400, 404, 422], calls)).toEqual([]);
    const authorization = `Basic ${Buffer.from('a\0b:c').toString('base64')}`;
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    expect((await network.call('POST', '/oauth/token', form, { authorization })).status).toBe(401);
  });
});

describe('uploads that no post shows', () => {
  it('are few for an account, also when they come at once, and can be deleted', async () => {
    const uploads = await Promise.all(Array.from({ length: 28 }, () => upload(cora)));
    const kept = uploads.filter(({ status }) => status === 200);
    expect(kept).toHaveLength(24);
    expect(uploads.find(({ status }) => status === 422)?.body).toMatchObject({
      error: expect.stringContaining('at most 24 uploads') as string,
    });
    expect((await upload(ana)).status).toBe(200);
    const [first, second] = kept;
    const posted = await cora.call('POST', '/api/v1/statuses', { media_ids: [first?.body.id] });
    expect(posted.status).toBe(200);
    expect((await upload(cora)).status).toBe(200);
    expect((await upload(cora)).status).toBe(422);
    expect((await bea.call('DELETE', `/api/v1/media/${second?.body.id}`)).status).toBe(404);
    expect((await cora.call('DELETE', `/api/v1/media/${second?.body.id}`)).status).toBe(200);
    expect((await cora.call('DELETE', `/api/v1/media/${first?.body.id}`)).status).toBe(422);
    expect((await upload(cora)).status).toBe(200);
  });
});

describe('the words of a network', () => {
  it('are no HTML of whoever chose them', async () => {
    const { manager } = network.test.app.get(DataSource);
    await manager.query(`UPDATE networks SET title = '<img src=x onerror=alert(1)>' WHERE id = 1`);
    for (const version of ['v1', 'v2']) {
      const { body } = await ana.call<Record<string, string>>('GET', `/api/${version}/instance`);
      expect(body['description']).not.toContain('<');
      expect(body['short_description'] ?? '').not.toContain('<');
    }
    await manager.query(`UPDATE networks SET title = 'Sandbox network' WHERE id = 1`);
    await manager.query(
      `UPDATE network_accounts SET display_name = '<b onclick=alert(1)>D</b>' WHERE id = $1`,
      [cora.account.id],
    );
    const { body } = await ana.call<Record<string, string>>('GET', `/api/v1/accounts/${cora.account.id}`);
    expect(body['display_name']).not.toMatch(/[<>]/);
  });
});

describe('who is blocked or muted', () => {
  it.each([
    ['blocks the reader', 'block', true],
    ['is blocked by the reader', 'block', false],
    ['is muted by the reader', 'mute', false],
  ] as const)('is not shown, boosted or otherwise, where it %s', async (_name, act, isTheirs) => {
    const [reader, booster, other] = [
      await network.member(3),
      await network.member(4),
      await network.member(5),
    ];
    await reader.call('POST', `/api/v1/accounts/${booster.account.id}/follow`);
    const root = await post(reader, { status: 'una pregunta jacaranda' });
    const written = await post(other, { status: 'una respuesta jacaranda', in_reply_to_id: root.id });
    await other.call('POST', `/api/v1/statuses/${root.id}/favourite`);
    const boosted = (await booster.call<Status>('POST', `/api/v1/statuses/${written.id}/reblog`)).body;
    const sees = async () => {
      const [home, context, told, found] = await Promise.all([
        reader.call<Status[]>('GET', '/api/v1/timelines/home?limit=40'),
        reader.call<{ descendants: Status[] }>('GET', `/api/v1/statuses/${root.id}/context`),
        reader.call<{ account: { id: string } }[]>('GET', '/api/v1/notifications?limit=80'),
        reader.call<{ statuses: Status[] }>(
          'GET',
          '/api/v2/search?q=respuesta%20jacaranda&type=statuses&limit=40',
        ),
      ]);
      return {
        home: home.body.some(({ id }) => id === boosted.id),
        context: context.body.descendants.some(({ id }) => id === written.id),
        told: told.body.some(({ account }) => account.id === other.account.id),
        found: found.body.statuses.some(({ id }) => id === written.id),
      };
    };
    expect(await sees()).toEqual({ home: true, context: true, told: true, found: true });
    const [who, whom] = isTheirs ? [other, reader] : [reader, other];
    await who.call('POST', `/api/v1/accounts/${whom.account.id}/${act}`);
    expect(await sees()).toEqual({ home: false, context: false, told: false, found: false });
    await who.call('POST', `/api/v1/accounts/${whom.account.id}/un${act}`);
    await booster.call('POST', `/api/v1/statuses/${written.id}/unreblog`);
  });
});

describe('a late duplicate', () => {
  it('brings back no post that was deleted', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await ana.call<Status>('POST', '/api/v1/statuses', { status: 'una vez' }, key);
    await ana.call('DELETE', `/api/v1/statuses/${first.body.id}`);
    const late = await ana.call('POST', '/api/v1/statuses', { status: 'una vez' }, key);
    expect(late.status).toBe(404);
    expect((await ana.call('GET', `/api/v1/statuses/${first.body.id}`)).status).toBe(404);
  });

  it('brings back no boost and no favourite that was taken back', async () => {
    const adapter = network.test.app.get(AdapterRegistry, { strict: false }).get('sandbox');
    const { id } = await post(bea, { status: 'para reaccionar' });
    const account = { agentId: network.agents[0] ?? '' };
    for (const [kind, undo] of [
      ['boost', 'unreblog'],
      ['favourite', 'unfavourite'],
    ] as const) {
      const request = { account, target: id, kind, key: randomUUID() };
      const first = await adapter.react(request);
      expect(first.created).toBe(true);
      await ana.call('POST', `/api/v1/statuses/${id}/${undo}`);
      expect(await adapter.react(request)).toEqual({ ...first, created: false });
      const { body } = await ana.call('GET', `/api/v1/statuses/${id}`);
      expect(body).toMatchObject({
        reblogged: false,
        favourited: false,
        reblogs_count: 0,
        favourites_count: 0,
      });
      // Another act is another key.
      expect((await adapter.react({ ...request, key: randomUUID() })).created).toBe(true);
      await ana.call('POST', `/api/v1/statuses/${id}/${undo}`);
    }
  });

  it('is known for a while, and then swept', async () => {
    const source = network.test.app.get(DataSource);
    await source.query(
      `INSERT INTO network_spent_keys (network_id, account_id, key, status_id, created_at)
       VALUES (1, $1, 'old', 1, now() - interval '91 days')`,
      [ana.account.id],
    );
    const { keys } = network.test.app.get(StatusesRepository, { strict: false });
    expect(await keys.sweep(source.manager, 90, true)).toBe(1);
    expect(await keys.sweep(source.manager, 90, false)).toBe(1);
    expect(await keys.sweep(source.manager, 90, true)).toBe(0);
  });
});

describe('a thread', () => {
  it('is shown in order, and as much of it as anybody needs', async () => {
    const source = network.test.app.get(DataSource);
    const root = await post(ana, { status: 'la raíz' });
    const [first, second] = [
      await post(bea, { status: 'primera', in_reply_to_id: root.id }),
      await post(cora, { status: 'segunda', in_reply_to_id: root.id }),
    ];
    const below = await post(ana, { status: 'bajo la primera', in_reply_to_id: first.id });
    // A chain of 150 below the second, and 6,000 answers to the last of them.
    await source.query(
      `INSERT INTO network_statuses (network_id, id, account_id, text, visibility, state, decision_id, in_reply_to_id)
       SELECT 1, 1000 + n, account_id, 'eslabón', 'public', 'published', decision_id,
         CASE WHEN n = 0 THEN $1::bigint WHEN n < 150 THEN 999 + n ELSE 1149 END
       FROM network_statuses, generate_series(0, 6149) AS n WHERE network_id = 1 AND id = $1::bigint`,
      [second.id],
    );
    const { body } = await ana.call<{ descendants: Status[] }>('GET', `/api/v1/statuses/${root.id}/context`);
    const ids = body.descendants.map(({ id }) => id);
    expect(ids.slice(0, 4)).toEqual([first.id, below.id, second.id, '1000']);
    expect(ids).toHaveLength(4_096);
    const last = await ana.call<{ ancestors: Status[] }>('GET', '/api/v1/statuses/1149/context');
    expect(last.body.ancestors.map(({ id }) => id).slice(0, 3)).toEqual([root.id, second.id, '1000']);
    expect(last.body.ancestors).toHaveLength(151);
    const thread = network.test.app.get(TimelinesRepository, { strict: false });
    const nobody = { network: 1, account: null };
    const little = await thread.thread(source.manager, nobody, root.id);
    expect([little.ancestors.length, little.descendants.length]).toEqual([0, 22]);
    expect((await thread.thread(source.manager, nobody, '1149')).ancestors).toHaveLength(40);
    expect((await thread.thread(source.manager, nobody, '1149')).descendants).toHaveLength(60);
  });
});

describe('search', () => {
  it('goes by an index', async () => {
    const source = network.test.app.get(DataSource);
    const { id } = await post(bea, { status: 'La buganvilla trepa por el muro #flores' });
    const query = vi.spyOn(source.manager, 'query');
    const { body } = await ana.call<{ statuses: Status[] }>(
      'GET',
      '/api/v2/search?q=BUGANV%20muro&type=statuses',
    );
    const [sql, values] = query.mock.calls.find(([text]) => text.includes('to_tsquery')) ?? ['', []];
    query.mockRestore();
    expect(body.statuses.map((each) => each.id)).toEqual([id]);
    const plan = await source.transaction(async (manager) => {
      await manager.query('SET LOCAL enable_seqscan = off');
      return manager.query<object[]>(`EXPLAIN ${sql}`, values);
    });
    expect(JSON.stringify(plan)).toContain('network_statuses_words');
    for (const q of ["'", 'a & | !', ':*', '%5C', "a' | 'b", '((('])
      expect((await ana.call('GET', `/api/v2/search?q=${encodeURIComponent(q)}`)).status).toBe(200);
  });
});

describe('the page of a URL', () => {
  it('shows what everybody may see, escaped, to no search engine, and where the network lets read', async () => {
    const { manager } = network.test.app.get(DataSource);
    const status = await post(ana, { status: '<script>alert(1)</script> hola https://example.org/ #prueba' });
    const hidden = await post(ana, { status: 'sólo para quien me sigue', visibility: 'private' });
    const closed = await network.call<string>('GET', pathOf(status));
    expect([closed.status, closed.headers.get('content-type')]).toEqual([401, 'text/html; charset=utf-8']);
    expect(closed.body).not.toContain('hola');
    await manager.query('UPDATE networks SET open = true WHERE id = 1');
    const open = await network.call<string>('GET', pathOf(status));
    expect(open.status).toBe(200);
    expect(open.headers.get('x-robots-tag')).toContain('noindex');
    expect(open.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(open.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt; hola');
    expect(open.body).toContain('Synthetic');
    expect(open.body).not.toContain('<script');
    const account = await network.call<string>('GET', `/@${ana.account.username}`);
    expect(account.body).toContain('hola');
    expect(account.body).not.toContain('sólo para quien me sigue');
    for (const gone of [pathOf(hidden), `/@${bea.account.username}/${status.id}`, '/@nobody', '/@nobody/1']) {
      const answer = await network.call<string>('GET', gone);
      expect([gone, answer.status, answer.headers.get('content-type')]).toEqual([
        gone,
        404,
        'text/html; charset=utf-8',
      ]);
    }
    await manager.query('UPDATE networks SET open = false WHERE id = 1');
  });
});

function pathOf({ url }: Status): string {
  return new URL(url).pathname;
}

function upload(who: Member) {
  const form = new FormData();
  const bytes = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
  form.set('file', new Blob([new Uint8Array(bytes)]), 'a.gif');
  return who.call<{ id: string }>('POST', '/api/v2/media', form);
}
