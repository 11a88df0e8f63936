import { connect } from 'node:net';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { ClientApi } from '../../src/modules/integrations/mastodon/client-api.js';
import { HeldPosts } from '../../src/modules/integrations/network/held-posts.js';
import { NetworksService } from '../../src/modules/integrations/network/networks.service.js';
import { makeCaller } from '../support/caller.js';
import { TestNetwork, type Member } from '../support/network.js';

const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob';
const PASSWORD = 'a password for attacks on it';
/** The guard blocks what has somebody's address. */
const BLOCKED = 'escríbeme a ana.torres@example.com';

let network: TestNetwork;
let ana: Member;

beforeAll(async () => {
  network = await TestNetwork.open({ AZT3KNET_ADMIN_PASSWORD: PASSWORD });
  ana = await network.member(0);
});
afterAll(() => network?.close());

describe('the routes of a network', () => {
  it('say what they ask of who calls, and ask it', async () => {
    const { routes } = network.test.app.get(ClientApi, { strict: false });
    expect(routes.length).toBeGreaterThan(80);
    for (const { method, path, access } of routes) {
      if (access === 'public') continue;
      const url = path.replace(/:(id|tag|name)/g, '1');
      const { status } = await network.call(method, url);
      expect({ method, path, status }).toEqual({ method, path, status: 401 });
    }
  });

  it('are public where they must be, and nowhere else', () => {
    const { routes } = network.test.app.get(ClientApi, { strict: false });
    const open = routes.filter(({ access }) => access === 'public').map(({ path }) => path);
    expect(open.toSorted()).toEqual([
      '/.well-known/nodeinfo',
      '/.well-known/oauth-authorization-server',
      '/api/v1/apps',
      '/api/v1/custom_emojis',
      '/api/v1/instance',
      '/api/v1/instance/extended_description',
      '/api/v1/instance/peers',
      '/api/v1/instance/rules',
      '/api/v1/streaming/health',
      '/api/v2/instance',
      '/avatars/:name',
      '/headers/:name',
      '/media/:name',
      '/nodeinfo/2.0',
      '/oauth/authorize',
      '/oauth/authorize',
      '/oauth/revoke',
      '/oauth/token',
    ]);
  });
});

describe('texts', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'https://example.org/"onmouseover="alert(1)',
    'javascript:alert(1) http://a.b/<svg/onload=alert(1)>',
    '#<b>x</b> @<i>y</i> &lt;script&gt;',
  ])('run nothing: %s', async (status) => {
    const { body } = await ana.call<{ content: string }>('POST', '/api/v1/statuses', { status });
    const bare = body.content.replace(
      /<\/?p>|<br \/>|<\/?span>|<\/a>|<a href="https?:[^"<>]*"(?: [a-z]+="[a-z_ ]*")*>/g,
      '',
    );
    expect(bare).not.toMatch(/[<>"]/);
    expect(body.content).not.toContain('javascript:alert(1)"');
  });

  it('of names have no tags', async () => {
    const { status, body } = await ana.call('PATCH', '/api/v1/accounts/update_credentials', {
      display_name: '<b>Ana</b>',
    });
    expect([status, body]).toMatchObject([422, { error: expect.stringContaining('display_name') as string }]);
    const note = await ana.call<{ note: string }>('PATCH', '/api/v1/accounts/update_credentials', {
      note: '<script>1</script>',
    });
    expect(note.body.note).toContain('&lt;script&gt;');
  });

  it('do not get around the guard, not even in a warning, a description or a name', async () => {
    const count = async (): Promise<number> => {
      const [row] = await network.test.app
        .get(DataSource)
        .query<{ n: number }[]>('SELECT count(*)::int AS n FROM network_statuses');
      return row?.n ?? 0;
    };
    const before = await count();
    for (const fields of [{ status: BLOCKED }, { status: 'hola', spoiler_text: BLOCKED }]) {
      const { status, body } = await ana.call<{ error: string }>('POST', '/api/v1/statuses', fields);
      expect(status).toBe(422);
      expect(body.error).toContain('asks for block');
    }
    const media = await upload(ana, pictureBytes());
    await ana.call('PUT', `/api/v1/media/${media.body.id}`, { description: BLOCKED });
    const described = await ana.call('POST', '/api/v1/statuses', {
      status: 'mira',
      media_ids: [media.body.id],
    });
    expect(described.status).toBe(422);
    const renamed = await ana.call('PATCH', '/api/v1/accounts/update_credentials', { note: BLOCKED });
    expect(renamed.status).toBe(422);
    expect(await count()).toBe(before);
    const [decision] = await network.test.app
      .get(DataSource)
      .query<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM decisions WHERE subject_type = 'status' AND action = 'block'`,
      );
    expect(decision?.n).toBe(3);
  });

  it('are refused by the table itself without a decision', async () => {
    const insert = network.test.app.get(DataSource).query(
      `INSERT INTO network_statuses (network_id, id, account_id, text, visibility, state)
       VALUES (1, 1, $1, 'smuggled', 'public', 'published')`,
      [ana.account.id],
    );
    await expect(insert).rejects.toThrow('network_statuses_decision_check');
  });

  it('that a person has to decide on are held, and appear when they are let go', async () => {
    const { app } = network.test;
    const held = await ana.call<{ error: string }>(
      'POST',
      '/api/v1/statuses',
      { status: HELD },
      { 'idempotency-key': 'held' },
    );
    expect(held.status).toBe(422);
    expect(held.body.error).toContain('held, not lost');
    const [waiting] = await app
      .get(DataSource)
      .query<{ id: string; decision_id: string }[]>(
        `SELECT id, decision_id FROM network_statuses WHERE state = 'held'`,
      );
    expect((await ana.call('GET', `/api/v1/statuses/${waiting?.id}`)).status).toBe(404);
    await app
      .get(DataSource)
      .query(`UPDATE reviews SET status = 'closed', outcome = 'allow' WHERE id = $1`, [waiting?.decision_id]);
    await app.get(HeldPosts, { strict: false }).settle();
    expect((await ana.call('GET', `/api/v1/statuses/${waiting?.id}`)).status).toBe(200);
  });
});

describe('tokens', () => {
  it('are good for their scopes and no more', async () => {
    const reader = await network.member(1, ['read:statuses']);
    expect((await reader.call('GET', '/api/v1/timelines/home')).status).toBe(200);
    expect((await reader.call('POST', '/api/v1/statuses', { status: 'no' })).status).toBe(403);
    expect((await reader.call('GET', '/api/v1/notifications')).status).toBe(403);
    expect((await reader.call('POST', `/api/v1/accounts/${ana.account.id}/follow`)).status).toBe(403);
    const writer = await network.member(1, ['write:statuses']);
    expect((await writer.call('GET', '/api/v1/timelines/home')).status).toBe(403);
    expect((await writer.call('PATCH', '/api/v1/accounts/update_credentials', { note: 'x' })).status).toBe(
      403,
    );
  });

  it('of another network are none, and see nothing of this one', async () => {
    const other = await network.test.app
      .get(NetworksService, { strict: false })
      .create({ name: 'other', title: 'Other', open: false }, 'test');
    const stranger = await network.member(2, ['read', 'write'], other);
    const { body } = await ana.call<{ id: string }>('POST', '/api/v1/statuses', {
      status: 'de la principal',
    });
    expect((await stranger.call('GET', `/api/v1/statuses/${body.id}`)).status).toBe(404);
    expect((await stranger.call('POST', `/api/v1/statuses/${body.id}/reblog`)).status).toBe(404);
    expect((await stranger.call('GET', `/api/v1/accounts/${ana.account.id}`)).status).toBe(404);
    expect((await stranger.call<object[]>('GET', '/api/v1/timelines/public')).body).toEqual([]);
    // As the host of one and the token of the other would have it.
    expect(
      await rawStatus(
        `GET /api/v1/timelines/home HTTP/1.1\r\nHost: other.localhost\r\nAuthorization: Bearer ${ana.token}`,
      ),
    ).toBe(401);
    expect(
      await rawStatus(
        `GET /api/v1/timelines/home HTTP/1.1\r\nHost: other.localhost\r\nAuthorization: Bearer ${stranger.token}`,
      ),
    ).toBe(200);
    expect(await rawStatus('GET /api/v1/instance HTTP/1.1\r\nHost: nothing.localhost')).toBe(404);
  });

  it('of a program alone read nothing that is not open', async () => {
    const app = await register();
    const body = new URLSearchParams({ ...app, grant_type: 'client_credentials', scope: 'read' });
    const { body: token } = await network.call<{ access_token: string }>('POST', '/oauth/token', body);
    const authorization = `Bearer ${token.access_token}`;
    expect(
      (await network.call('GET', '/api/v1/apps/verify_credentials', undefined, { authorization })).status,
    ).toBe(200);
    expect((await network.call('GET', '/api/v1/timelines/public', undefined, { authorization })).status).toBe(
      401,
    );
    const more = new URLSearchParams({ ...app, grant_type: 'client_credentials', scope: 'read write' });
    expect((await network.call('POST', '/oauth/token', more)).body).toMatchObject({ error: 'invalid_scope' });
  });

  it('end with what their user may do', async () => {
    const { username, userId } = await makeCaller(network.test.app, 'operator');
    const token = await signIn('admin');
    expect((await use(token, 'POST', '/api/v1/statuses', { status: 'soy yo' })).status).toBe(200);
    const source = network.test.app.get(DataSource);
    await source.query(
      'UPDATE network_tokens SET user_id = $1 WHERE account_id = (SELECT id FROM network_accounts WHERE username = $2)',
      [userId, 'admin'],
    );
    await source.query(`UPDATE users SET role = 'viewer' WHERE username = $1`, [username]);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await use(token, 'GET', '/api/v1/timelines/home')).status).toBe(200);
    expect((await use(token, 'POST', '/api/v1/statuses', { status: 'ya no' })).status).toBe(403);
    await source.query('UPDATE users SET active = false WHERE username = $1', [username]);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await use(token, 'GET', '/api/v1/timelines/home')).status).toBe(401);
  });

  it('are given for a code once, with its proof, to the program that asked', async () => {
    const app = await register();
    const other = await register();
    const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const code = (): Promise<string> =>
      codeFor(app.client_id, 'admin', { code_challenge: challenge, code_challenge_method: 'S256' });
    const redeem = (fields: Record<string, string>, who = app) =>
      network.call(
        'POST',
        '/oauth/token',
        new URLSearchParams({
          ...who,
          grant_type: 'authorization_code',
          redirect_uri: OUT_OF_BAND,
          ...fields,
        }),
      );
    expect((await redeem({ code: await code(), code_verifier: 'wrong' })).body).toMatchObject({
      error: 'invalid_grant',
    });
    expect((await redeem({ code: await code(), code_verifier: verifier }, other)).body).toMatchObject({
      error: 'invalid_grant',
    });
    const good = await code();
    expect((await redeem({ code: good, code_verifier: verifier })).status).toBe(200);
    expect((await redeem({ code: good, code_verifier: verifier })).body).toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('are given for a code where it was sent to, with a proof that belongs to it', async () => {
    const { body: app } = await network.call<App>('POST', '/api/v1/apps', {
      client_name: 'a test',
      redirect_uris: [OUT_OF_BAND, 'https://client.example/back'],
    });
    const codeAt = async (more: Record<string, string>): Promise<string> => {
      const { headers, body } = await consent(app.client_id, {
        username: 'admin',
        password: PASSWORD,
        ...more,
      });
      const location = headers.get('location');
      if (location !== null) return new URL(location).searchParams.get('code') ?? '';
      return /<code>([\w-]+)<\/code>/.exec(body)?.[1] ?? '';
    };
    const there = { redirect_uri: 'https://client.example/back' };
    const proven = {
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    };
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    for (const [asked, shown] of [
      [there, {}],
      [there, { redirect_uri: 'https://client.example/back/' }],
      [there, { redirect_uri: OUT_OF_BAND }],
      [{}, there],
      [proven, {}],
      [proven, { code_verifier: proven.code_challenge }],
      [proven, { code_verifier: 'short' }],
      [{}, { code_verifier: verifier }],
    ]) {
      const answer = await redeem(app, await codeAt(asked ?? {}), shown);
      expect([asked, shown, answer.status, answer.body]).toMatchObject([
        asked,
        shown,
        400,
        { error: 'invalid_grant' },
      ]);
    }
    expect((await redeem(app, await codeAt(there), there)).status).toBe(200);
    expect((await redeem(app, await codeAt(proven), { code_verifier: verifier })).status).toBe(200);
    for (const challenge of [
      { code_challenge: proven.code_challenge },
      { code_challenge: proven.code_challenge, code_challenge_method: 'plain' },
      { code_challenge: 'short', code_challenge_method: 'S256' },
      { code_challenge_method: 'S256' },
    ])
      expect((await consent(app.client_id, challenge)).status).toBe(422);
  });

  it.each([-30, 30])(
    'are given for a code within ten minutes by the clock of the database, where that of the server is %i minutes off',
    async (minutes) => {
      const app = await register();
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 });
      try {
        const code = await codeFor(app.client_id, 'admin');
        const [row] = await network.test.app
          .get(DataSource)
          .query<{ left: number }[]>(
            'SELECT extract(epoch FROM max(expires_at) - now())::float8 AS left FROM network_codes c JOIN network_apps a ON a.id = c.app_id WHERE a.client_id = $1',
            [app.client_id],
          );
        expect(row?.left).toBeGreaterThan(300);
        expect(row?.left).toBeLessThanOrEqual(600);
        expect((await redeem(app, code)).status).toBe(200);
        const late = await codeFor(app.client_id, 'admin');
        await network.test.app
          .get(DataSource)
          .query(`UPDATE network_codes SET expires_at = now() - interval '1 second' WHERE used_at IS NULL`);
        expect((await redeem(app, late)).body).toMatchObject({ error: 'invalid_grant' });
      } finally {
        vi.useRealTimers();
      }
    },
  );

  it('end when their code comes again, and at once there is one', async () => {
    const app = await register();
    const code = await codeFor(app.client_id, 'admin');
    const all = await Promise.all(Array.from({ length: 6 }, () => redeem(app, code)));
    const given = all.flatMap(({ status, body }) => (status === 200 ? body.access_token : []));
    expect(given).toHaveLength(1);
    expect((await use(given[0] ?? '', 'GET', '/api/v1/timelines/home')).status).toBe(401);
    const next = await codeFor(app.client_id, 'admin');
    const first = await redeem(app, next);
    expect((await use(first.body.access_token, 'GET', '/api/v1/timelines/home')).status).toBe(200);
    // Another program learns nothing by it and ends nothing.
    expect((await redeem(await register(), next)).status).toBe(400);
    expect((await use(first.body.access_token, 'GET', '/api/v1/timelines/home')).status).toBe(200);
    expect((await redeem(app, next)).body).toMatchObject({ error: 'invalid_grant' });
    expect((await use(first.body.access_token, 'GET', '/api/v1/timelines/home')).status).toBe(401);
  });

  it('are asked for on a page that leads nowhere else', async () => {
    const app = await register();
    const wrong = new URLSearchParams({
      client_id: app.client_id,
      redirect_uri: 'https://evil.example/',
      response_type: 'code',
    });
    const refused = await network.call('GET', `/oauth/authorize?${wrong.toString()}`);
    expect([refused.status, refused.headers.get('location')]).toEqual([422, null]);
    for (const uri of ['javascript:alert(1)', 'data:text/html,x', 'https://a.b/#c', 'nothing'])
      expect(
        (await network.call('POST', '/api/v1/apps', { client_name: 'x', redirect_uris: uri })).status,
      ).toBe(422);
    const hateful = { client_name: 'kill all jews', redirect_uris: 'https://a.example/' };
    expect(await network.call('POST', '/api/v1/apps', hateful)).toMatchObject({ status: 422 });
    const named = await network.call<{ client_id: string }>('POST', '/api/v1/apps', {
      client_name: '<script>1</script>',
      redirect_uris: OUT_OF_BAND,
    });
    const page = await network.call<string>(
      'GET',
      `/oauth/authorize?client_id=${named.body.client_id}&response_type=code`,
    );
    expect(page.body).not.toContain('<script');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const failed = await consent(app.client_id, { username: 'admin', password: 'wrong' });
    expect([failed.status, failed.headers.get('location')]).toEqual([401, null]);
  });
});

describe('uploads', () => {
  it('are pictures, of a size that can be borne', async () => {
    for (const bytes of [
      Buffer.from('<svg onload="alert(1)"/>'),
      Buffer.from('GIF89a'),
      Buffer.alloc(100),
      bomb(),
    ])
      expect((await upload(ana, bytes)).status).toBe(422);
    expect((await upload(ana, Buffer.concat([pictureBytes(), Buffer.alloc(9 * 1_024 * 1_024)]))).status).toBe(
      413,
    );
  });

  it('of others are not to be had', async () => {
    const bea = await network.member(1);
    const { body } = await upload(ana, pictureBytes());
    expect((await bea.call('GET', `/api/v1/media/${body.id}`)).status).toBe(404);
    expect((await bea.call('POST', '/api/v1/statuses', { status: 'mía', media_ids: [body.id] })).status).toBe(
      422,
    );
  });

  it('are found by their names and by no path', async () => {
    const { body } = await upload(ana, pictureBytes());
    const path = new URL(body.url).pathname;
    const found = await network.call('GET', path);
    expect([
      found.status,
      found.headers.get('content-type'),
      found.headers.get('x-content-type-options'),
    ]).toEqual([200, 'image/gif', 'nosniff']);
    for (const name of ['..%2f..%2fsecrets', '%2e%2e', 'm', '../exports/x', 'a'.repeat(22)])
      expect((await network.call('GET', `/media/${name}`)).status).toBe(404);
  });
});

describe('a listener', () => {
  it('must have a token, and hears no more than its account may', async () => {
    const closed = await new Promise<number>((resolve) => {
      const socket = new WebSocket(`${network.url.replace('http', 'ws')}/api/v1/streaming?stream=public`);
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    });
    expect(closed).toBe(401);
    const bea = await network.member(1);
    const heard: { event: string; payload: string }[] = [];
    const socket = new WebSocket(`${network.url.replace('http', 'ws')}/api/v1/streaming?stream=public`, [
      bea.token,
    ]);
    socket.on('message', (data) =>
      heard.push(JSON.parse((data as Buffer).toString()) as { event: string; payload: string }),
    );
    await new Promise((resolve) => socket.on('open', resolve));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await ana.call('POST', '/api/v1/statuses', { status: 'un secreto', visibility: 'direct' });
    const { body } = await ana.call<{ id: string }>('POST', '/api/v1/statuses', { status: 'para todas' });
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1);
    expect(JSON.parse(heard[0]?.payload ?? '{}')).toMatchObject({ id: body.id });
    await ana.call('DELETE', `/api/v1/statuses/${body.id}`);
    await expect
      .poll(() => heard[1], { timeout: 10_000 })
      .toMatchObject({ event: 'delete', payload: body.id });
    socket.terminate();
  });
});

/** Which a person has to decide on. */
const HELD = 'soy una persona real';

interface App {
  client_id: string;
  client_secret: string;
}

async function register(): Promise<App> {
  const { body } = await network.call<App>('POST', '/api/v1/apps', {
    client_name: 'a test',
    redirect_uris: OUT_OF_BAND,
    scopes: 'read',
  });
  return { client_id: body.client_id, client_secret: body.client_secret };
}

const consent = (clientId: string, fields: Record<string, string>) =>
  network.call<string>(
    'POST',
    '/oauth/authorize',
    new URLSearchParams({ client_id: clientId, redirect_uri: OUT_OF_BAND, decision: 'allow', ...fields }),
  );

const redeem = (app: App, code: string, more: Record<string, string> = {}) =>
  network.call<{ access_token: string }>(
    'POST',
    '/oauth/token',
    new URLSearchParams({
      client_id: app.client_id,
      client_secret: app.client_secret,
      grant_type: 'authorization_code',
      code,
      redirect_uri: OUT_OF_BAND,
      ...more,
    }),
  );

async function codeFor(
  clientId: string,
  username: string,
  more: Record<string, string> = {},
): Promise<string> {
  const { body } = await consent(clientId, { username, password: PASSWORD, ...more });
  return /<code>([\w-]+)<\/code>/.exec(body)?.[1] ?? '';
}

async function signIn(username: string): Promise<string> {
  const { body: app } = await network.call<App>('POST', '/api/v1/apps', {
    client_name: 'a test',
    redirect_uris: OUT_OF_BAND,
    scopes: 'read write',
  });
  const fields = {
    client_id: app.client_id,
    client_secret: app.client_secret,
    grant_type: 'authorization_code',
    redirect_uri: OUT_OF_BAND,
  };
  const code = await codeFor(app.client_id, username);
  const { body } = await network.call<{ access_token: string }>(
    'POST',
    '/oauth/token',
    new URLSearchParams({ ...fields, code }),
  );
  return body.access_token;
}

const use = (token: string, method: string, path: string, body?: object) =>
  network.call(method, path, body, { authorization: `Bearer ${token}` });

function upload(who: Member, bytes: Buffer) {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)]), '../../evil.html');
  return who.call<{ id: string; url: string }>('POST', '/api/v2/media', form);
}

function pictureBytes(): Buffer {
  return Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
}

/** A PNG that says it is 65,535 pixels wide and high. */
function bomb(): Buffer {
  const png = Buffer.alloc(64);
  png.write('\x89PNG\r\n\x1a\n', 'latin1');
  png.write('IHDR', 12, 'latin1');
  png.writeUInt32BE(65_535, 16);
  png.writeUInt32BE(65_535, 20);
  return png;
}

/** The status of a request whose head is written by hand, for hosts that fetch would not send. */
function rawStatus(head: string): Promise<number> {
  const { hostname, port } = new URL(network.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`${head}\r\nConnection: close\r\n\r\n`),
    );
    let text = '';
    socket.on('data', (data) => (text += data.toString()));
    socket.on('end', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1])));
    socket.on('error', reject);
  });
}
