import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createOAuthAPIClient, createRestAPIClient, createStreamingAPIClient } from 'masto';
import megalodon, { detector, type Entity } from 'megalodon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { printed, Program } from '../support/program.js';

const PASSWORD = 'a password for two clients';
const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob';
const SCOPES = 'read write follow';

/** Two libraries that know nothing of us, as they come from npm. */
let program: Program;
let server: ChildProcess;
let url: string;
/** A token of an agent. */
let agentToken: string;

beforeAll(async () => {
  program = new Program({ AZT3KNET_SANDBOX_PORT: '0', AZT3KNET_ADMIN_PASSWORD: PASSWORD });
  server = program.start([], 'main');
  const banner = await printed(server, /Sandbox {5}http\S+\n[^]*Health/);
  url = /Sandbox {5}(http\S+)/.exec(banner)?.[1] ?? '';
  const api = /API\s+(http:\S+)\/api\/v1/.exec(banner)?.[1] ?? '';
  // Over HTTP: each command of the program would be a process of its own.
  const { access_token } = await answerOf<{ access_token: string }>(`${api}/api/v1/auth/login`, {
    username: 'admin',
    password: PASSWORD,
  });
  const people = { gender: 'female', count: 3, country: 'MX', seed: '7', persist: true };
  await answerOf(`${api}/api/v1/populate`, people, access_token);
  let agent: { id: string } | undefined;
  while (agent === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    [agent] = (
      await answerOf<{ agents: { id: string }[] }>(`${api}/api/v1/agents`, undefined, access_token)
    ).agents;
  }
  const token = { account: agent.id, scopes: ['read', 'write', 'follow'] };
  const issued = await answerOf<{ token: string }>(`${api}/api/v1/networks/main/tokens`, token, access_token);
  agentToken = issued.token;
}, 300_000);
afterAll(async () => {
  server?.kill('SIGTERM');
  if (server?.exitCode === null) await once(server, 'exit');
  program?.remove();
});

/** An answer of the API; with a body it is posted. */
async function answerOf<Body>(target: string, body?: object, token?: string): Promise<Body> {
  const response = await fetch(target, {
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
  });
  if (!response.ok) throw new Error(`${target} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Body;
}

/** What a person does in a browser: signs in and copies the code. */
async function signIn(clientId: string): Promise<string> {
  const asked = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: OUT_OF_BAND,
    scope: SCOPES,
  });
  const page = await fetch(`${url}/oauth/authorize?${asked.toString()}`);
  expect(await page.text()).toContain('Sign in and allow');
  const answer = await fetch(`${url}/oauth/authorize`, {
    method: 'POST',
    body: new URLSearchParams({
      ...Object.fromEntries(asked),
      username: 'admin',
      password: PASSWORD,
      decision: 'allow',
    }),
  });
  return /<code>([\w-]+)<\/code>/.exec(await answer.text())?.[1] ?? '';
}

describe('an unmodified client', () => {
  it('masto.js registers, signs in, posts, replies, boosts, favourites, pages and streams', async () => {
    const anonymous = createRestAPIClient({ url });
    const app = await anonymous.v1.apps.create({
      clientName: 'masto.js',
      redirectUris: OUT_OF_BAND,
      scopes: SCOPES,
    });
    const token = await createOAuthAPIClient({ url }).token.create({
      clientId: app.clientId ?? '',
      clientSecret: app.clientSecret ?? '',
      redirectUri: OUT_OF_BAND,
      code: await signIn(app.clientId ?? ''),
      grantType: 'authorization_code',
      scope: SCOPES,
    });
    const me = createRestAPIClient({ url, accessToken: token.accessToken });
    const agent = createRestAPIClient({ url, accessToken: agentToken });
    const account = await me.v1.accounts.verifyCredentials();
    expect(account).toMatchObject({ username: 'admin', bot: true });
    expect((await me.v2.instance.fetch()).configuration.urls.streaming).toMatch(/^ws:/);

    const streaming = createStreamingAPIClient({
      accessToken: token.accessToken,
      streamingApiUrl: (await me.v2.instance.fetch()).configuration.urls.streaming,
      implementation: WebSocket,
    });
    const heard: [string, unknown][] = [];
    const listening = (async () => {
      for await (const event of streaming.user.subscribe()) {
        heard.push([event.event, event.payload]);
        if (event.event === 'notification' && event.payload.type === 'reblog') return;
      }
    })();
    await new Promise((resolve) => setTimeout(resolve, 1_500));

    const first = await me.v1.statuses.create({
      status: 'hola desde masto.js #clientes',
      visibility: 'public',
    });
    const reply = await agent.v1.statuses.create({ status: 'te leo @admin', inReplyToId: first.id });
    await agent.v1.statuses.$select(first.id).favourite();
    const boost = await agent.v1.statuses.$select(first.id).reblog();
    expect(boost.reblog).toMatchObject({
      id: first.id,
      reblogsCount: 1,
      favouritesCount: 1,
      repliesCount: 1,
    });
    await listening;
    streaming.close();
    expect(heard.map(([event]) => event)).toContain('update');
    expect(
      heard
        .filter(([event]) => event === 'notification')
        .map(([, payload]) => (payload as { type: string }).type),
    ).toEqual(['mention', 'favourite', 'reblog']);

    const media = await me.v2.media.create({ file: new Blob([picture()]), description: 'un punto' });
    const withMedia = await me.v1.statuses.create({ status: 'con imagen', mediaIds: [media.id] });
    expect(withMedia.mediaAttachments).toMatchObject([{ type: 'image', description: 'un punto' }]);
    const seen: string[] = [];
    for await (const page of me.v1.timelines.public.list({ limit: 1 }))
      seen.push(...page.map(({ id }) => id));
    expect(seen).toEqual([withMedia.id, reply.id, first.id]);
    const context = await me.v1.statuses.$select(first.id).context.fetch();
    expect(context.descendants.map(({ id }) => id)).toEqual([reply.id]);
    const found = await me.v2.search.list({ q: 'clientes', type: 'hashtags' });
    expect(found.hashtags).toMatchObject([{ name: 'clientes' }]);
  }, 120_000);

  it('megalodon registers, signs in, posts, replies, boosts, favourites, pages and streams', async () => {
    const driver = await detector(url);
    expect(driver).toBe('mastodon');
    const anonymous = megalodon(driver, url);
    const app = await anonymous.registerApp('megalodon', {
      scopes: SCOPES.split(' '),
      redirect_uris: OUT_OF_BAND,
    });
    expect(app.url).toContain('/oauth/authorize');
    const code = await signIn(app.client_id);
    const token = await anonymous.fetchAccessToken(app.client_id, app.client_secret, code, OUT_OF_BAND);
    const me = megalodon(driver, url, token.access_token);
    const agent = megalodon(driver, url, agentToken);
    const { data: account } = await me.verifyAccountCredentials();
    expect(account).toMatchObject({ username: 'admin', bot: true });

    const stream = await me.userStreaming();
    const updates: string[] = [];
    const told: string[] = [];
    stream.on('update', (status: Entity.Status) => updates.push(status.id));
    stream.on('notification', (notification: Entity.Notification) => told.push(notification.type));
    await new Promise<void>((resolve) => stream.on('connect', resolve));

    const { data: first } = (await me.postStatus('hola desde megalodon')) as { data: Entity.Status };
    const { data: reply } = (await agent.postStatus('aquí también @admin', {
      in_reply_to_id: first.id,
    })) as { data: Entity.Status };
    await agent.favouriteStatus(first.id);
    const { data: boost } = await agent.reblogStatus(first.id);
    expect(boost.reblog).toMatchObject({ id: first.id, favourites_count: 1 });
    await expect.poll(() => told, { timeout: 15_000 }).toEqual(['mention', 'favourite', 'reblog']);
    expect(updates).toEqual([first.id]);
    stream.stop();

    const { data: page } = await me.getPublicTimeline({ limit: 1 });
    const { data: next } = await me.getPublicTimeline({ limit: 1, max_id: page[0]?.id ?? '' });
    expect([page[0]?.id, next[0]?.id]).toEqual([reply.id, first.id]);
    const { data: notifications } = await me.getNotifications({ limit: 3 });
    expect(notifications.map(({ type }) => type)).toEqual(['reblog', 'favourite', 'mention']);
  }, 120_000);
});

/** A GIF of one point. */
function picture(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'));
}
