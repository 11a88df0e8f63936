import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestNetwork, type Member } from '../support/network.js';

interface Status {
  id: string;
  content: string;
  account: { id: string; username: string; bot: boolean; note: string };
  mentions: { username: string }[];
  tags: { name: string }[];
  reblog: Status | null;
  favourited: boolean;
  reblogged: boolean;
  bookmarked: boolean;
  replies_count: number;
  reblogs_count: number;
  favourites_count: number;
  in_reply_to_id: string | null;
  visibility: string;
  error?: string;
}

let network: TestNetwork;
let ana: Member;
let bea: Member;
let cleo: Member;

beforeAll(async () => {
  network = await TestNetwork.open();
  [ana, bea, cleo] = await Promise.all([network.member(0), network.member(1), network.member(2)]);
});
afterAll(() => network?.close());

const post = async (who: Member, fields: object): Promise<Status> => {
  const answer = await who.call<Status>('POST', '/api/v1/statuses', fields);
  expect(answer.body.error).toBeUndefined();
  expect(answer.status).toBe(200);
  return answer.body;
};

describe('a network', () => {
  it('says what it is to anybody', async () => {
    const first = await network.call('GET', '/api/v1/instance');
    const second = await network.call<{ configuration: { urls: { streaming: string } } }>(
      'GET',
      '/api/v2/instance',
    );
    expect(first.body).toMatchObject({ title: 'Sandbox network', registrations: false, synthetic: true });
    expect(second.body.configuration.urls.streaming).toMatch(/^ws:\/\//);
  });

  it('says by NodeInfo which API it speaks, and that all is synthetic', async () => {
    const rel = 'http://nodeinfo.diaspora.software/ns/schema/2.0';
    const { body } = await network.call('GET', '/.well-known/nodeinfo');
    expect(body).toEqual({ links: [{ rel, href: `${network.url}/nodeinfo/2.0` }] });
    const document = await network.call('GET', '/nodeinfo/2.0');
    expect(document.headers.get('content-type')).toContain(`profile="${rel}#"`);
    expect(document.body).toMatchObject({
      version: '2.0',
      software: { name: 'mastodon', version: expect.stringMatching(/^4\.3\.0 .*Azt3kNet/) as string },
      protocols: ['activitypub'],
      openRegistrations: false,
      usage: { users: { total: 3 } },
      metadata: { synthetic: true, federation: { enabled: false } },
    });
  });

  it('knows no other servers, and describes itself', async () => {
    expect((await network.call('GET', '/api/v1/instance/peers')).body).toEqual([]);
    const { body } = await network.call('GET', '/api/v1/instance/extended_description');
    expect(body).toMatchObject({ content: expect.stringContaining('synthetic') as string });
    expect(new Date(String(body['updated_at'])).getTime()).toBeLessThan(Date.now());
  });

  it('lists its accounts by pages, the newest or those that posted last first', async () => {
    const listed = async (query: string): Promise<string[]> =>
      (await ana.call<{ id: string }[]>('GET', `/api/v1/directory?${query}`)).body.map(({ id }) => id);
    const all = [ana, bea, cleo].map(({ account }) => account.id).toSorted();
    const pages = [];
    for (const offset of [0, 1, 2, 3]) pages.push(await listed(`order=new&limit=1&offset=${offset}`));
    expect(pages.flat()).toEqual(all.toReversed());
    await post(bea, { status: 'la más activa' });
    expect(await listed('limit=1')).toEqual([bea.account.id]);
    expect((await ana.call('GET', '/api/v1/directory?order=best')).status).toBe(422);
  });

  it('tells whose a token is', async () => {
    const { body } = await ana.call('GET', '/oauth/userinfo');
    expect(body).toMatchObject({ iss: `${network.url}/`, preferred_username: ana.account.username });
    expect(body['sub']).toBe(body['profile']);
    const { token } = await network.member(0, ['write']);
    const refused = await network.call('GET', '/oauth/userinfo', undefined, {
      authorization: `Bearer ${token}`,
    });
    expect(refused.status).toBe(403);
  });

  it('has accounts that say that they are synthetic', async () => {
    const { body } = await ana.call<Status['account']>('GET', '/api/v1/accounts/verify_credentials');
    expect(body).toMatchObject({ id: ana.account.id, bot: true, synthetic: true });
    expect(body.note).toContain('This account is synthetic');
    expect(body).toHaveProperty('fields.0', { name: 'Synthetic', value: 'yes', verified_at: null });
  });
});

describe('posts', () => {
  it('are HTML with links to whom and what they name', async () => {
    const status = await post(ana, {
      status: `hola @${bea.account.username}, mira #Café & <b>esto</b>\nhttps://example.org/a?b=1&c=2.\n\notro @nobody`,
    });
    expect(status.content).toContain('&lt;b&gt;esto&lt;/b&gt;<br />');
    expect(status.content).toContain('href="https://example.org/a?b=1&amp;c=2"');
    expect(status.content).toContain('</p><p>otro @nobody</p>');
    expect(status.mentions.map(({ username }) => username)).toEqual([bea.account.username]);
    expect(status.tags).toMatchObject([{ name: 'café' }]);
    expect(status.id).toMatch(/^\d{18}$/);
  });

  it('come once for a key, whoever is quick', async () => {
    const headers = { 'idempotency-key': 'once' };
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() =>
        ana.call<Status>('POST', '/api/v1/statuses', { status: 'una sola vez' }, headers),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const other = await bea.call<Status>('POST', '/api/v1/statuses', { status: 'una sola vez' }, headers);
    expect(other.body.id).not.toBe(answers[0]?.body.id);
  });

  it('answer each other', async () => {
    const root = await post(ana, { status: 'una pregunta' });
    const reply = await post(bea, { status: 'una respuesta', in_reply_to_id: root.id });
    const deeper = await post(cleo, { status: 'otra', in_reply_to_id: reply.id });
    const { body } = await ana.call<{ ancestors: Status[]; descendants: Status[] }>(
      'GET',
      `/api/v1/statuses/${reply.id}/context`,
    );
    expect(body.ancestors.map(({ id }) => id)).toEqual([root.id]);
    expect(body.descendants.map(({ id }) => id)).toEqual([deeper.id]);
    const again = await ana.call<Status>('GET', `/api/v1/statuses/${root.id}`);
    expect(again.body.replies_count).toBe(1);
    const told = await ana.call<{ type: string; status: Status }[]>('GET', '/api/v1/notifications');
    expect(told.body[0]).toMatchObject({ type: 'mention', status: { id: reply.id } });
  });

  it('are favourited, bookmarked and boosted once, and not any more', async () => {
    const { id } = await post(ana, { status: 'algo bueno' });
    for (const action of ['favourite', 'favourite', 'bookmark', 'reblog', 'reblog'])
      expect((await bea.call('POST', `/api/v1/statuses/${id}/${action}`)).status).toBe(200);
    const { body } = await bea.call<Status>('GET', `/api/v1/statuses/${id}`);
    expect(body).toMatchObject({
      favourited: true,
      bookmarked: true,
      reblogged: true,
      favourites_count: 1,
      reblogs_count: 1,
    });
    const by = await ana.call<{ id: string }[]>('GET', `/api/v1/statuses/${id}/favourited_by`);
    expect(by.body.map((each) => each.id)).toEqual([bea.account.id]);
    const boosters = await ana.call<{ id: string }[]>('GET', `/api/v1/statuses/${id}/reblogged_by`);
    expect(boosters.body.map((each) => each.id)).toEqual([bea.account.id]);
    const marked = await bea.call<Status[]>('GET', '/api/v1/bookmarks');
    expect(marked.body.map((each) => each.id)).toEqual([id]);
    for (const action of ['unfavourite', 'unbookmark', 'unreblog'])
      await bea.call('POST', `/api/v1/statuses/${id}/${action}`);
    const after = await bea.call<Status>('GET', `/api/v1/statuses/${id}`);
    expect(after.body).toMatchObject({
      favourited: false,
      reblogged: false,
      favourites_count: 0,
      reblogs_count: 0,
    });
  });

  it('are deleted by who wrote them, and by nobody else', async () => {
    const { id } = await post(ana, { status: 'me arrepiento' });
    expect((await bea.call('DELETE', `/api/v1/statuses/${id}`)).status).toBe(404);
    const gone = await ana.call<{ text: string }>('DELETE', `/api/v1/statuses/${id}`);
    expect(gone.body.text).toBe('me arrepiento');
    expect((await ana.call('GET', `/api/v1/statuses/${id}`)).status).toBe(404);
  });

  it('are seen by those for whom they are', async () => {
    const direct = await post(ana, { status: `solo para ti @${bea.account.username}`, visibility: 'direct' });
    const followers = await post(ana, { status: 'para quien me sigue', visibility: 'private' });
    expect((await bea.call('GET', `/api/v1/statuses/${direct.id}`)).status).toBe(200);
    expect((await cleo.call('GET', `/api/v1/statuses/${direct.id}`)).status).toBe(404);
    expect((await cleo.call('GET', `/api/v1/statuses/${followers.id}`)).status).toBe(404);
    await cleo.call('POST', `/api/v1/accounts/${ana.account.id}/follow`);
    expect((await cleo.call('GET', `/api/v1/statuses/${followers.id}`)).status).toBe(200);
    expect((await cleo.call('POST', `/api/v1/statuses/${followers.id}/reblog`)).status).toBe(403);
  });
});

describe('timelines', () => {
  it('have pages in both directions that lead through all of it', async () => {
    const { body: mine } = await cleo.call<{ statuses_count: number }>(
      'GET',
      '/api/v1/accounts/verify_credentials',
    );
    const made: string[] = [];
    for (let n = 0; n < 7; n += 1) made.push((await post(cleo, { status: `número ${n} de #paginas` })).id);
    const newest = made.toReversed();
    const walked: string[] = [];
    let next: string | undefined = '/api/v1/timelines/tag/Paginas?limit=3';
    while (next !== undefined) {
      const { body, headers }: { body: Status[]; headers: Headers } = await ana.call<Status[]>('GET', next);
      walked.push(...body.map(({ id }) => id));
      const link: string | undefined = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
      next = link?.replace(network.url, '');
    }
    expect(walked).toEqual(newest);
    const up = await ana.call<Status[]>('GET', `/api/v1/timelines/tag/paginas?min_id=${made[0]}&limit=2`);
    expect(up.body.map(({ id }) => id)).toEqual([made[2], made[1]]);
    const since = await ana.call<Status[]>(
      'GET',
      `/api/v1/timelines/tag/paginas?since_id=${made[0]}&limit=2`,
    );
    expect(since.body.map(({ id }) => id)).toEqual([made[6], made[5]]);
    const after = await cleo.call<{ statuses_count: number }>('GET', '/api/v1/accounts/verify_credentials');
    expect(after.body.statuses_count).toBe(mine.statuses_count + 7);
  });

  it('show at home whom one follows, and nobody that one mutes or blocks', async () => {
    const [dora, eva] = await Promise.all([network.member(3), network.member(4)]);
    await dora.call('POST', `/api/v1/accounts/${eva.account.id}/follow`);
    const { id } = await post(eva, { status: 'para mi gente' });
    const boosted = await post(ana, { status: 'algo que se comparte' });
    await eva.call('POST', `/api/v1/statuses/${boosted.id}/reblog`);
    const home = async (): Promise<string[]> =>
      (await dora.call<Status[]>('GET', '/api/v1/timelines/home')).body.map(
        (each) => each.reblog?.id ?? each.id,
      );
    expect(await home()).toEqual([boosted.id, id]);
    await dora.call('POST', `/api/v1/accounts/${ana.account.id}/mute`);
    expect(await home()).toEqual([id]);
    await dora.call('POST', `/api/v1/accounts/${ana.account.id}/unmute`);
    const { body } = await dora.call('POST', `/api/v1/accounts/${eva.account.id}/block`);
    expect(body).toMatchObject({ blocking: true, following: false });
    expect(await home()).toEqual([]);
    expect((await eva.call('POST', `/api/v1/accounts/${dora.account.id}/follow`)).status).toBe(403);
  });

  it('are searched', async () => {
    const { id } = await post(bea, { status: 'el jacarandá florece #primavera' });
    const { body } = await ana.call<{ statuses: Status[]; hashtags: { name: string }[]; accounts: object[] }>(
      'GET',
      '/api/v2/search?q=jacarand',
    );
    expect(body.statuses.map((each) => each.id)).toEqual([id]);
    const tags = await ana.call<{ hashtags: { name: string }[] }>(
      'GET',
      '/api/v2/search?q=%23prima&type=hashtags',
    );
    expect(tags.body.hashtags).toMatchObject([{ name: 'primavera' }]);
    const who = await ana.call<{ accounts: { id: string }[] }>(
      'GET',
      `/api/v2/search?q=${bea.account.username}&type=accounts`,
    );
    expect(who.body.accounts[0]?.id).toBe(bea.account.id);
  });
});

describe('relations', () => {
  it('are counted and listed', async () => {
    const fay = await network.member(5);
    const { body } = await fay.call('POST', `/api/v1/accounts/${bea.account.id}/follow`);
    expect(body).toMatchObject({ id: bea.account.id, following: true, followed_by: false });
    const followers = await ana.call<{ id: string }[]>('GET', `/api/v1/accounts/${bea.account.id}/followers`);
    expect(followers.body.map(({ id }) => id)).toContain(fay.account.id);
    const known = await bea.call<object[]>('GET', `/api/v1/accounts/relationships?id[]=${fay.account.id}`);
    expect(known.body).toMatchObject([{ followed_by: true, following: false }]);
    await fay.call('POST', `/api/v1/accounts/${bea.account.id}/unfollow`);
    const { body: now } = await ana.call<{ followers_count: number }>(
      'GET',
      `/api/v1/accounts/${bea.account.id}`,
    );
    expect(now.followers_count).toBe(0);
  });

  it('keep how far somebody has read', async () => {
    await ana.call('POST', '/api/v1/markers', { home: { last_read_id: '5' } });
    const { body } = await ana.call('POST', '/api/v1/markers', { home: { last_read_id: '7' } });
    expect(body).toMatchObject({ home: { last_read_id: '7', version: 2 } });
    const read = await ana.call('GET', '/api/v1/markers?timeline[]=home');
    expect(read.body).toMatchObject({ home: { last_read_id: '7' } });
  });
});
