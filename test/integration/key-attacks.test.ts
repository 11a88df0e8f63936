import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApplication, type Answered, type TestApplication } from '../support/application.js';
import { makeCaller, type TestCaller } from '../support/caller.js';

const OPERATOR_KEY = 'a-key-of-the-operator-of-32-characters-and-more';

interface Key {
  id: string;
  name: string;
  parent_id: string | null;
  expires_at: string | null;
  scopes: string[] | null;
}
interface Issued {
  secret: string;
  key: Key;
}

let test: TestApplication;
beforeAll(async () => {
  test = await testApplication({ ADMIN_API_KEY: OPERATOR_KEY }, 'api');
});
afterAll(() => test.close());

type Method = 'GET' | 'POST' | 'DELETE';

/** Calls with a key, or with an access token. */
const by = async <Body = Record<string, unknown>>(
  credential: string,
  method: Method,
  url: string,
  payload?: object,
): Promise<Answered<Body>> => {
  const headers: Record<string, string> = credential.startsWith('Bearer ')
    ? { authorization: credential }
    : { 'x-api-key': credential };
  const answer = await test.app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
  const body = (answer.body === '' ? {} : answer.json()) as Body;
  return { status: answer.statusCode, headers: answer.headers, body };
};
const issue = async ({ authorization }: TestCaller, body: object = {}): Promise<Issued> =>
  (await by<Issued>(authorization, 'POST', '/api/keys', { name: randomUUID(), ...body })).body;
const rotate = async (credential: string, id: string, overlap_seconds = 0): Promise<Answered<Issued>> =>
  by<Issued>(credential, 'POST', `/api/keys/${id}/rotate`, { overlap_seconds });
const holds = async (secret: string): Promise<boolean> =>
  (await by(secret, 'GET', '/api/users/me')).status === 200;
const ended = async (secret: string): Promise<void> => {
  await expect.poll(() => holds(secret), { timeout: 2_000 }).toBe(false);
};
const namesSeen = async (credential: string): Promise<string[]> => {
  const { body } = await by<{ keys: Key[] }>(credential, 'GET', '/api/keys');
  return body.keys.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1));
};

/** An access token of a service account, narrowed when scopes are given. */
async function clientToken(scope?: string): Promise<{ token: string; client: Key; userId: string }> {
  const username = `client-${randomUUID().slice(0, 8)}`;
  const made = await by<{ id: string }>(test.authorization, 'POST', '/api/users', {
    username,
    kind: 'service',
    role: 'operator',
  });
  const userId = made.body.id;
  const asked = { name: 'client', kind: 'client_secret', user_id: userId };
  const { body } = await by<Issued>(test.authorization, 'POST', '/api/keys', asked);
  const granted = await test.app.inject({
    method: 'POST',
    url: '/oauth/token',
    payload: {
      grant_type: 'client_credentials',
      client_id: username,
      client_secret: body.secret,
      ...(scope !== undefined && { scope }),
    },
  });
  const token = `Bearer ${granted.json<{ access_token: string }>().access_token}`;
  return { token, client: body.key, userId };
}

describe('keys', () => {
  it('are made by no key, however much it may do, and by no token of a client', async () => {
    const { secret } = await issue(await makeCaller(test.app, 'admin'));
    const { token, userId } = await clientToken();
    for (const [credential, body] of [
      [secret, {}],
      [secret, { scopes: ['populations:read'], expires_in_days: 1 }],
      [secret, { user_id: userId }],
      [token, {}],
      [token, { kind: 'client_secret' }],
    ] as const)
      expect((await by(credential, 'POST', '/api/keys', { name: 'more', ...body })).body).toMatchObject({
        status: 403,
        code: 'session_needed',
      });
  });

  it('are made by the tools of the operator', async () => {
    const { userId } = await clientToken();
    const made = await by(OPERATOR_KEY, 'POST', '/api/keys', { name: 'provisioned', user_id: userId });
    expect(made.status).toBe(201);
  });

  it('see nothing of what their user was told in a conversation', async () => {
    const caller = await makeCaller(test.app, 'admin');
    const say = (credential: string, body: object) =>
      by<{ conversation_id: string }>(credential, 'POST', '/api/v1/commands', body);
    const listed = async (credential: string): Promise<string[]> =>
      (
        await by<{ conversations: { id: string }[] }>(credential, 'GET', '/api/v1/conversations')
      ).body.conversations.map(({ id }) => id);
    const { body: theirs } = await say(caller.authorization, { text: 'list bots' });
    const { secret } = await issue(caller, { scopes: ['jobs:read'] });
    const id = theirs.conversation_id;
    expect(await listed(secret)).toEqual([]);
    expect((await by(secret, 'GET', `/api/v1/conversations/${id}/messages`)).status).toBe(404);
    expect((await say(secret, { text: 'yes', conversation_id: id })).status).toBe(404);
    // It has its own, which its user may read.
    const { body: own } = await say(secret, { text: 'list jobs' });
    expect(await listed(secret)).toEqual([own.conversation_id]);
    expect((await say(secret, { text: 'yes', conversation_id: own.conversation_id })).status).toBe(200);
    expect(new Set(await listed(caller.authorization))).toEqual(new Set([id, own.conversation_id]));
  });

  it('are a hundred for a user at most', async () => {
    const caller = await makeCaller(test.app, 'viewer');
    await test.app.get(DataSource).query(
      `INSERT INTO api_keys (id, user_id, kind, name, prefix, hash, created_by)
       SELECT gen_random_uuid(), $1, 'key', 'many', 'many ' || n, 'x', 'test' FROM generate_series(1, 99) AS n`,
      [caller.userId],
    );
    const { key } = await issue(caller);
    const beyond = await by(caller.authorization, 'POST', '/api/keys', { name: 'beyond' });
    expect(beyond.body).toMatchObject({ status: 409, code: 'too_many_keys' });
    expect((await rotate(caller.authorization, key.id)).status).toBe(201);
  });
});

describe('a key that puts another in its place', () => {
  it('gives it no longer life and no more scopes, and is its parent', async () => {
    const caller = await makeCaller(test.app, 'operator');
    const { secret, key } = await issue(caller, { scopes: ['populations:read'], expires_in_days: 3 });
    const { status, body } = await rotate(secret, key.id, 600);
    expect(status).toBe(201);
    expect(body.key).toMatchObject({
      parent_id: key.id,
      expires_at: key.expires_at,
      scopes: ['populations:read'],
    });
    expect(await holds(secret)).toBe(true);
    const shown = await by<Key>(caller.authorization, 'GET', `/api/keys/${body.key.id}`);
    expect(shown.body.parent_id).toBe(key.id);
    // One before goes on, and none before that.
    const third = await rotate(body.secret, body.key.id, 600);
    expect(third.body.key.parent_id).toBe(body.key.id);
    await ended(secret);
    expect([await holds(body.secret), await holds(third.body.secret)]).toEqual([true, true]);
  });

  it.each([
    ['revokes', (owner: TestCaller, id: string) => by(owner.authorization, 'DELETE', `/api/keys/${id}`)],
    ['replaces', (owner: TestCaller, id: string) => rotate(owner.authorization, id)],
  ])('ends with it when its owner %s it', async (_, end) => {
    const caller = await makeCaller(test.app, 'operator');
    const { secret, key } = await issue(caller);
    const stolen = (await rotate(secret, key.id, 3_600)).body;
    expect(await holds(stolen.secret)).toBe(true);
    expect((await end(caller, key.id)).status).toBeLessThan(300);
    await ended(secret);
    await ended(stolen.secret);
  });

  it('is found by what it was before, which holds no more', async () => {
    const caller = await makeCaller(test.app, 'operator');
    const { secret, key } = await issue(caller);
    const stolen = (await rotate(secret, key.id)).body;
    const revoked = await by(caller.authorization, 'DELETE', `/api/keys/${key.id}`);
    expect(revoked.status).toBe(204);
    await ended(stolen.secret);
  });

  it('goes on where a person put another in its place', async () => {
    const caller = await makeCaller(test.app, 'operator');
    const { key } = await issue(caller, { expires_in_days: 3 });
    const { body } = await rotate(caller.authorization, key.id, 600);
    expect(body.key.parent_id).toBeNull();
    await by(caller.authorization, 'DELETE', `/api/keys/${key.id}`);
    expect(await holds(body.secret)).toBe(true);
  });

  it('cannot be the token of a client, or another key', async () => {
    const { token, client } = await clientToken();
    expect((await rotate(token, client.id)).body).toMatchObject({ status: 403, code: 'session_needed' });
    const caller = await makeCaller(test.app, 'operator');
    const [one, other] = [await issue(caller), await issue(caller)];
    expect((await rotate(one.secret, other.key.id)).body).toMatchObject({ code: 'session_needed' });
  });
});

describe('a narrow key', () => {
  it('sees and ends itself and those that may do no more, and no wider ones of its user', async () => {
    const caller = await makeCaller(test.app, 'operator');
    const read = { scopes: ['populations:read'] };
    const [narrow, same] = [
      await issue(caller, { name: 'narrow', ...read }),
      await issue(caller, { name: 'same', ...read }),
    ];
    const wide = await issue(caller, { name: 'wide', scopes: ['populations:read', 'drafts:read'] });
    const whole = await issue(caller, { name: 'whole' });
    expect(await namesSeen(narrow.secret)).toEqual(['narrow', 'same']);
    expect(await namesSeen(wide.secret)).toEqual(['narrow', 'same', 'wide']);
    expect(await namesSeen(whole.secret)).toEqual(['narrow', 'same', 'whole', 'wide']);
    for (const { key } of [wide, whole])
      for (const [method, path] of [
        ['GET', ''],
        ['POST', '/rotate'],
        ['DELETE', ''],
      ] as const)
        expect(
          (await by(narrow.secret, method, `/api/keys/${key.id}${path}`, method === 'POST' ? {} : undefined))
            .status,
        ).toBe(404);
    expect([await holds(wide.secret), await holds(whole.secret)]).toEqual([true, true]);
    for (const { key } of [same, narrow])
      expect((await by(narrow.secret, 'DELETE', `/api/keys/${key.id}`)).status).toBe(204);
    await ended(same.secret);
    await ended(narrow.secret);
  });

  it('that may see keys ends none that may do more', async () => {
    const caller = await makeCaller(test.app, 'admin');
    const wide = await issue(caller);
    const reader = await issue(caller, { scopes: ['keys:read', 'keys:write'] });
    expect((await by(reader.secret, 'GET', `/api/keys/${wide.key.id}`)).status).toBe(200);
    const refused = await by(reader.secret, 'DELETE', `/api/keys/${wide.key.id}`);
    expect(refused.body).toMatchObject({ status: 403, code: 'key_beyond' });
    expect(await holds(wide.secret)).toBe(true);
  });

  it('or the narrow token of a client sees the secret of its client, and does not end it', async () => {
    const { token, client } = await clientToken('populations:read');
    expect(await namesSeen(token)).toEqual(['client']);
    const refused = await by(token, 'DELETE', `/api/keys/${client.id}`);
    expect(refused.body).toMatchObject({ status: 403, code: 'key_beyond' });
  });
});
