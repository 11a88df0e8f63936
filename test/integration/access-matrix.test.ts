import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../src/core/http/index.js';
import { BUILT_IN_ROLES, permissionsOf } from '../../src/modules/auth/roles/permissions.js';
import { TokenService } from '../../src/modules/auth/tokens/token.service.js';
import { KeySet } from '../../src/modules/auth/tokens/key-set.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { makeCaller, openSession, type TestCaller } from '../support/caller.js';

// Every route of the document with every role and with every kind of token that does not hold. What each route asks for is
// what the document says of it; that each route asks for something is in test/architecture/routes.test.ts.

interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  permission: string;
}

const ROLES = [...Object.keys(BUILT_IN_ROLES), 'nothing'];
const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
/** These end the session that asks. */
const LAST_CALLS = new Set(['/api/v1/auth/logout', '/api/v1/auth/logout-everywhere']);

let test: TestApplication;
let routes: Route[];
const callers = new Map<string, TestCaller>();
const bad = new Map<string, string>();

beforeAll(async () => {
  test = await testApplication({}, 'api');
  const { app } = test;
  const document = openApiDocument(app);
  routes = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { 'x-permission'?: string }>).map(([method, operation]) => ({
      method: method.toUpperCase() as Route['method'],
      path,
      permission: operation['x-permission'] ?? 'unsaid',
    })),
  );
  await app
    .get(DataSource)
    .query(`INSERT INTO roles (name, description, permissions) VALUES ('nothing', '', '{}')`);
  for (const role of ROLES) callers.set(role, await makeCaller(app, role));
  await makeBadTokens(await makeCaller(app, 'admin'));
});
afterAll(() => test.close());

/** Tokens of an administrator that do not hold, each for its reason. */
async function makeBadTokens({ userId, sessionId, token }: TestCaller): Promise<void> {
  const { app } = test;
  const tokens = app.get(TokenService, { strict: false });
  const keys = app.get(KeySet, { strict: false });
  const jwt = new JwtService();
  const { kid } = await keys.signer();
  const claims = { sub: userId, sid: sessionId, use: 'access' };
  const options = { issuer: 'azt3knet', audience: 'azt3knet-api', expiresIn: 3_600 };
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = (await keys.verifier(kid))?.export({ type: 'spki', format: 'pem' }) as string;
  const [header = '', payload = '', signature = ''] = token.split('.');
  const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  const confused = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT', kid })).toString('base64url');
  const { createHmac } = await import('node:crypto');
  const hmac = createHmac('sha256', pem).update(`${confused}.${payload}`).digest('base64url');
  const revoked = await openSession(app, userId);
  await app
    .get(DataSource)
    .query('UPDATE sessions SET revoked_at = now() WHERE id = $1', [revoked.sessionId]);
  const gone = await makeCaller(app, 'admin');
  await app.get(DataSource).query('UPDATE users SET active = false WHERE id = $1', [gone.userId]);
  const sign = (extra: object): Promise<string> =>
    jwt.signAsync(claims, {
      ...options,
      algorithm: 'RS256',
      privateKey: other.privateKey as unknown as Buffer,
      ...extra,
    });
  /** As the server signs, but for whom the token is. */
  const signHere = async (extra: object): Promise<string> =>
    jwt.signAsync(claims, {
      issuer: 'azt3knet',
      expiresIn: 3_600,
      algorithm: 'RS256',
      keyid: kid as string,
      privateKey: (await keys.signer()).key as unknown as Buffer,
      ...extra,
    });
  const all: Record<string, string> = {
    'an empty token': '',
    'no token at all': 'x.y.z',
    'an expired token': await tokens.sign({ sub: userId, sid: sessionId }, 'access', -1),
    'a forged signature': `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    'another spelling of the signature': `${header}.${payload}.${signature}A`,
    'changed claims': `${header}.${Buffer.from(JSON.stringify({ ...claims, sub: NOBODY })).toString('base64url')}.${signature}`,
    'a key of another': await sign({ keyid: kid }),
    'a key that nobody knows': await sign({ keyid: 'unknown' }),
    'a key without name': await sign({}),
    'a key that it brings along': await sign({
      header: {
        alg: 'RS256',
        kid,
        jwk: other.publicKey.export({ format: 'jwk' }),
        jku: 'https://keys.example/set',
      },
    }),
    'alg none': `${unsigned}.${payload}.`,
    'the public key as a secret': `${confused}.${payload}.${hmac}`,
    'another issuer': await sign({ keyid: kid, issuer: 'another' }),
    'another audience': await signHere({ audience: 'another' }),
    'no audience': await signHere({}),
    'a refresh token': await tokens.sign({ sub: userId, sid: sessionId }, 'refresh', 3_600),
    'a token of no session': await tokens.sign({ sub: userId }, 'access', 3_600),
    'a session of another': await tokens.sign({ sub: gone.userId, sid: sessionId }, 'access', 3_600),
    'a session that is not there': await tokens.sign({ sub: userId, sid: randomUUID() }, 'access', 3_600),
    'a revoked session': revoked.token,
    'a user who is not active': gone.token,
  };
  for (const [name, value] of Object.entries(all)) bad.set(name, `Bearer ${value}`);
}

async function ask({ method, path }: Route, authorization: string | undefined, extra: object = {}) {
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'id' || name.endsWith('_id') ? NOBODY : 'nothing',
  );
  // The stream of events goes on for ever; what is asked for is refused before it begins.
  const answer = await test.app.inject({
    method,
    url,
    headers: { ...(authorization !== undefined && { authorization }), ...extra },
  });
  return answer.statusCode;
}

/** What a role is to be answered: refused, or anything but that. */
function expected(role: string, permission: string): 'refused' | 'let in' {
  if (['public', 'any', 'session', 'identified'].includes(permission)) return 'let in';
  const held = permissionsOf(role, role === 'nothing' ? [] : null);
  return (held as ReadonlySet<string>).has(permission) ? 'let in' : 'refused';
}

describe('every route', () => {
  it('says what it asks for', () => {
    expect(routes.length).toBeGreaterThan(70);
    expect(routes.filter(({ permission }) => permission === 'unsaid')).toEqual([]);
  });

  it.each(ROLES)('lets in or refuses a caller of the role %s as the document says', async (role) => {
    const answers: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const route of routes.filter(({ permission }) => permission !== 'public')) {
      const name = `${route.method} ${route.path}`;
      const caller = callers.get(role) as TestCaller;
      const { authorization } = LAST_CALLS.has(route.path) ? await makeCaller(test.app, role) : caller;
      const status = await ask(route, authorization);
      answers[name] = status === 401 ? 'unknown' : status === 403 ? 'refused' : 'let in';
      wanted[name] = expected(role, route.permission);
    }
    expect(answers).toEqual(wanted);
  });

  it('takes no token that does not hold', async () => {
    expect(bad.size).toBe(21);
    const wrong: string[] = [];
    for (const route of routes.filter(({ permission }) => permission !== 'public')) {
      for (const [name, authorization] of [...bad, ['no header', undefined] as const]) {
        const status = await ask(route, authorization);
        if (status !== 401) wrong.push(`${route.method} ${route.path} with ${name}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('that is public takes everybody, whatever they show', async () => {
    const open = routes.filter(
      ({ permission, path }) => permission === 'public' && !path.endsWith('/refresh'),
    );
    expect(open.map(({ path }) => path)).toContain('/api/v1/auth/login');
    for (const route of open) {
      for (const authorization of [undefined, ...bad.values()]) {
        expect([route.path, await ask(route, authorization)]).not.toEqual([route.path, 403]);
      }
    }
  });
});
