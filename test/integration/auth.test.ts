import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Module } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { createHttpApplication } from '../../src/http-application.js';
import { AdminAccount } from '../../src/modules/auth/index.js';
import type { TokensDto } from '../../src/modules/auth/dto/auth.dto.js';
import type { Runtime } from '../../src/runtime.js';
import { testRuntime } from '../support/runtime.js';

@Controller('forgotten')
class ForgottenController {
  @Get()
  get(): string {
    return 'secret';
  }
}

@Module({ controllers: [ForgottenController] })
class ForgottenModule {}

const JOB = '/api/v1/jobs/0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const SECRET = 'a-secret-of-more-than-32-characters-for-tests';
const FOR_US = { issuer: 'azt3knet', audience: 'azt3knet-api' };

// With the algorithm of reference document 003; a set of keys is in sessions.test.ts.
describe('authentication and permissions', () => {
  let runtime: Runtime;
  let app: NestFastifyApplication;
  let password: string;

  const login = (
    body: object,
  ): Promise<{ statusCode: number; json: () => unknown; headers: Record<string, unknown> }> =>
    app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: body });
  const tokens = async (): Promise<TokensDto> =>
    (await login({ username: 'admin', password })).json() as TokensDto;
  const getJob = (authorization?: string) =>
    app.inject({ url: JOB, ...(authorization !== undefined && { headers: { authorization } }) });

  const refresh = (authorization?: string) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/auth/refresh',
      ...(authorization !== undefined && { headers: { authorization } }),
    });

  beforeAll(async () => {
    runtime = await testRuntime({ API_SECRET_KEY: SECRET, API_ALGORITHM: 'HS256' });
    app = await createHttpApplication({
      module: ForgottenModule,
      controllers: [ForgottenController],
      imports: [compose('api', runtime)],
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    password = app.get(AdminAccount, { strict: false }).generatedPassword ?? '';
  });

  afterAll(async () => {
    await app.close();
    await runtime.close();
  });

  it('generates the admin password at first start, and keeps it for its owner only', () => {
    const file = join(runtime.config.dataDir, 'admin-password');
    expect(password).toHaveLength(24);
    expect(readFileSync(file, 'utf8').trim()).toBe(password);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('logs in, and the access token opens a route', async () => {
    const { access_token, token_type, expires_in } = await tokens();
    expect({ token_type, expires_in }).toEqual({ token_type: 'Bearer', expires_in: 1800 });
    expect((await getJob(`Bearer ${access_token}`)).json()).toMatchObject({
      status: 404,
      code: 'job_not_found',
    });
  });

  it('gives new tokens for a refresh token, and for nothing else', async () => {
    const { access_token, refresh_token } = await tokens();
    const answer = await refresh(`Bearer ${refresh_token}`);
    expect(answer.statusCode).toBe(200);
    expect((await getJob(`Bearer ${answer.json<TokensDto>().access_token}`)).statusCode).toBe(404);
    expect((await refresh(`Bearer ${access_token}`)).statusCode).toBe(401);
    expect((await refresh()).statusCode).toBe(401);
    expect((await getJob(`Bearer ${refresh_token}`)).statusCode).toBe(401);
  });

  it.each([
    { username: 'admin', password: 'wrong password' },
    { username: 'nobody', password: 'wrong password' },
  ])('refuses $username with the same answer', async (body) => {
    const answer = await login(body);
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({
      code: 'login_failed',
      detail: 'the username or the password is wrong',
    });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it.each([
    [{}, ['username', 'password']],
    [{ username: 1, password: 'x' }, ['username']],
    [{ username: 'admin', password: 'x', admin: true }, ['admin']],
    [{ username: 'a\u0000', password: 'x' }, ['username']],
    [{ username: 'a'.repeat(101), password: 'x' }, ['username']],
  ])('refuses the body %j and names the fields', async (body, fields) => {
    const answer = await login(body);
    expect(answer.statusCode).toBe(422);
    expect((answer.json() as { errors: { field: string }[] }).errors.map((error) => error.field)).toEqual(
      fields,
    );
  });

  it.each(['[]', '"x"', 'null', '{bad'])('refuses the body %s', async (payload) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      headers: { 'content-type': 'application/json' },
      payload,
    });
    expect([400, 422]).toContain(answer.statusCode);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('refuses forged, expired and unsigned tokens', async () => {
    const jwt = new JwtService();
    const { sub, sid } = jwt.decode<{ sub: string; sid: string }>((await tokens()).access_token);
    const claims = { sub, sid, use: 'access' };
    const good = await jwt.signAsync(claims, { secret: SECRET, ...FOR_US, expiresIn: 60 });
    expect((await getJob(`Bearer ${good}`)).statusCode).toBe(404);
    const bad = await Promise.all([
      jwt.signAsync(claims, { secret: `${SECRET}x`, ...FOR_US, expiresIn: 60 }),
      jwt.signAsync(claims, { secret: SECRET, ...FOR_US, expiresIn: -1 }),
      jwt.signAsync(claims, { secret: SECRET, ...FOR_US, issuer: 'another', expiresIn: 60 }),
      jwt.signAsync(claims, { secret: SECRET, ...FOR_US, audience: 'another', expiresIn: 60 }),
      jwt.signAsync(claims, { secret: SECRET, ...FOR_US, expiresIn: 60, notBefore: 30 }),
      jwt.signAsync(claims, { secret: SECRET, ...FOR_US, expiresIn: 60, algorithm: 'HS512' }),
      jwt.signAsync({ ...claims, sub: 'not-a-uuid' }, { secret: SECRET, ...FOR_US, expiresIn: 60 }),
      jwt.signAsync(
        { ...claims, sub: '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11' },
        { secret: SECRET, ...FOR_US, expiresIn: 60 },
      ),
    ]);
    const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${good.split('.')[1]}.`;
    for (const token of [...bad, none, '', 'x.y.z'])
      expect((await getJob(`Bearer ${token}`)).statusCode).toBe(401);
    expect((await getJob()).statusCode).toBe(401);
  });

  it('refuses what a role may not do, and an inactive user', async () => {
    const { access_token } = await tokens();
    const source = app.get(DataSource);
    await source.query(`UPDATE users SET role = 'viewer'`);
    const cancel = async () =>
      (
        await app.inject({
          method: 'POST',
          url: `${JOB}/cancel`,
          headers: { authorization: `Bearer ${access_token}` },
        })
      ).json<object>();
    await expect.poll(cancel).toMatchObject({ status: 403, code: 'permission_denied' });
    await source.query(`UPDATE users SET role = 'admin', active = false`);
    await expect.poll(async () => (await getJob(`Bearer ${access_token}`)).statusCode).toBe(401);
    expect((await login({ username: 'admin', password })).statusCode).toBe(401);
    await source.query('UPDATE users SET active = true');
  });

  it('says who calls and what they may do', async () => {
    const { access_token } = await tokens();
    const me = (bearer: string) => app.inject({ url: '/api/users/me', headers: { authorization: bearer } });
    const admin = (await me(`Bearer ${access_token}`)).json<{ permissions: string[] }>();
    expect(admin).toMatchObject({ synthetic: true, username: 'admin', role: 'admin' });
    expect(admin.permissions).toContain('populations:delete');
    const source = app.get(DataSource);
    await source.query(`UPDATE users SET role = 'user'`);
    const whoami = async () => (await me(`Bearer ${access_token}`)).json<{ permissions: string[] }>();
    await expect.poll(whoami).toMatchObject({ role: 'user' });
    const user = await whoami();
    await source.query(`UPDATE users SET role = 'admin'`);
    expect(user.permissions).toContain('populations:read');
    expect(user.permissions.filter((each) => !each.endsWith(':read'))).toEqual([]);
    expect((await me('Bearer x')).statusCode).toBe(401);
  });

  it('refuses a route that says nothing about access', async () => {
    const { access_token } = await tokens();
    const answer = await app.inject({
      url: '/api/v1/forgotten',
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(answer.json()).toMatchObject({ status: 403, code: 'route_unguarded' });
  });

  it('answers the unversioned path, health, and problem details for an unknown one', async () => {
    expect((await app.inject({ url: '/api/jobs/x' })).statusCode).toBe(401);
    expect((await app.inject({ url: '/health' })).json()).toMatchObject({ status: 'ok' });
    expect((await app.inject({ url: '/healthz' })).json()).toMatchObject({ status: 'ok' });
    expect((await app.inject({ url: '/api/v1/nothing' })).json()).toMatchObject({
      status: 404,
      code: 'route_not_found',
    });
    const wrong = await app.inject({ method: 'DELETE', url: '/api/v1/populations' });
    expect(wrong.json()).toMatchObject({ status: 405, code: 'method_not_allowed' });
    expect(wrong.headers['allow']).toBe('GET, HEAD, POST');
    const one = await app.inject({
      method: 'PUT',
      url: `/api/v1/jobs/${'0'.repeat(8)}-0000-4000-8000-000000000000`,
    });
    expect({ status: one.statusCode, allow: one.headers['allow'] }).toEqual({
      status: 405,
      allow: 'GET, HEAD',
    });
    expect((await app.inject({ url: '/docs/openapi.json' })).json()).toMatchObject({
      info: { title: 'Azt3kNet' },
    });
  });

  /** Another process of the same server, with this password configured. */
  async function restarted(adminPassword: string): Promise<NestFastifyApplication> {
    const { config } = runtime;
    const second = await createHttpApplication(
      compose('api', { ...runtime, config: { ...config, auth: { ...config.auth, adminPassword } } }),
    );
    await second.init();
    return second;
  }

  it('gives the admin the configured password in the place of the generated one', async () => {
    const second = await restarted('another-password');
    // What was generated holds no more, and is not left for anybody to find.
    expect(existsSync(join(runtime.config.dataDir, 'admin-password'))).toBe(false);
    expect((await login({ username: 'admin', password: 'another-password' })).statusCode).toBe(200);
    expect((await login({ username: 'admin', password })).statusCode).toBe(401);
    await second.close();
  });

  it('leaves the admin the password that somebody has chosen, whatever is configured later', async () => {
    const second = await restarted('a-third-password');
    expect((await login({ username: 'admin', password: 'another-password' })).statusCode).toBe(200);
    expect((await login({ username: 'admin', password: 'a-third-password' })).statusCode).toBe(401);
    await second.close();
  });
});
