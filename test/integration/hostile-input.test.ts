import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STRICT_HEADERS } from '../../src/core/http/security-headers.js';
import { JobsService } from '../../src/modules/jobs/index.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { isFinished, watchJob } from '../support/watch-job.js';

const POST = 'POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';

// Requests made from the document are sent by contract.test.ts; here is what no document leads to.
describe('hostile input', () => {
  let lab: TestApplication;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    lab = await testApplication();
    app = lab.app;
  });

  afterAll(() => lab.close());

  const post = (url: string, payload: string) =>
    app.inject({
      method: 'POST',
      url,
      payload,
      headers: { authorization: lab.authorization, 'content-type': 'application/json' },
    });

  /** The id of a small population. */
  async function persisted(): Promise<string> {
    const specification = { gender: 'unspecified', count: 3, country: 'MX', seed: 'hostile' };
    const { body } = await lab.call('POST', '/api/v1/agents/provision', specification);
    const jobs = lab.app.get(JobsService, { strict: false });
    for await (const job of watchJob(jobs, String(body['job_id']))) if (isFinished(job)) break;
    return String(body['population_id']);
  }

  it.each(['a\\u0000b', '\\ud800'])('refuses the field name "%s", which nothing can keep', async (name) => {
    const said = await post('/api/v1/commands', `{"command":"bots.list","arguments":{"${name}":1}}`);
    expect([said.statusCode, said.json()]).toMatchObject([422, { code: 'input_invalid' }]);
    const bot = `{"id":"odd-bot","name":"x","role":"x","blueprint":"bots/echo_bot.mjs","configuration":{"${name}":1}}`;
    expect((await post('/api/v1/bots', bot)).statusCode).toBe(422);
  });

  it('takes a field that is null for one that is not given', async () => {
    const population = await persisted();
    const page = await lab.call<{ agents: { id: string }[] }>(
      'GET',
      `/api/v1/populations/${population}/agents`,
    );
    const agent = page.body.agents[0]?.id;
    const body = { agent, population: null, template: 'street_art_campaign', seed: null, variations: null };
    const draft = await post('/api/v1/content/draft', JSON.stringify(body));
    expect(draft.statusCode).toBe(201);
    const batch = { population, template: 'street_art_campaign', seed: null, drafts_per_agent: null };
    expect((await post('/api/v1/content/draft', JSON.stringify(batch))).statusCode).toBe(202);
    const run = await post('/api/v1/simulations/metro_cdmx/run', '{"seed":null,"ticks":1}');
    expect(run.statusCode).toBe(202);
    const spec = { gender: 'female', count: 1, country: 'MX', seed: null, preview: null };
    const populated = await post('/api/v1/populate', JSON.stringify(spec));
    expect(populated.json()).toMatchObject({ seed_source: 'generated' });
    const missing = await post('/api/v1/populate', '{"gender":null,"count":1,"country":"MX"}');
    expect(missing.json()).toMatchObject({ status: 422, errors: [{ field: 'gender' }] });
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', 'prototype'])(
    'refuses the field %s',
    async (field) => {
      const body = JSON.stringify({ gender: 'female', count: 1, country: 'MX', [field]: 1 });
      const answer = await post('/api/v1/populate', body);
      expect(answer.json()).toMatchObject({
        status: 422,
        errors: [{ field, message: expect.stringMatching(/^unknown field; known are gender, /) }],
      });
    },
  );

  it('refuses nesting without end', async () => {
    const deep = `{"username":${'['.repeat(200_000)}${']'.repeat(200_000)},"password":"x"}`;
    const answer = await post('/api/v1/auth/login', deep);
    expect(answer.json()).toMatchObject({
      status: 400,
      detail: 'the body must be nested at most 32 levels deep',
    });
    const shallow = `{"username":${'['.repeat(25)}${']'.repeat(25)},"password":"x"}`;
    const named = await post('/api/v1/auth/login', shallow);
    expect(named.json()).toMatchObject({ status: 422, code: 'input_invalid' });
  });

  it('refuses text that is not UTF-8, and bodies that are packed', async () => {
    const headers = { authorization: lab.authorization, 'content-type': 'application/json' };
    const bytes = Buffer.from('{"username":"a\xff","password":"x"}', 'latin1');
    const broken = await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: bytes, headers });
    expect(broken.json()).toMatchObject({ status: 400, detail: 'the body is not UTF-8' });
    const packed = await app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: gzipSync('{}'),
      headers: { ...headers, 'content-encoding': 'gzip' },
    });
    expect(packed.json()).toMatchObject({
      status: 415,
      code: 'media_type_not_supported',
      detail: 'bodies are taken as they are, and not encoded as gzip',
    });
  });

  it('answers who still sends when the body is too large', async () => {
    if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/auth/login`, {
      method: 'POST',
      body: JSON.stringify({ username: 'a'.repeat(10_000_000) }),
      headers: { 'content-type': 'application/json' },
    });
    expect(await answer.json()).toMatchObject({ status: 413, code: 'body_too_large' });
  });

  it.each(['Host: a', 'Authorization: Bearer a', 'X-API-Key: a'])('refuses %s twice', async (header) => {
    if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const host = header.startsWith('Host') ? '' : 'Host: a\r\n';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET /health HTTP/1.1\r\nConnection: close\r\n${host}${header}\r\n${header}b\r\n\r\n`),
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 400 [^]*is there twice/);
  });

  it('repeats no request to whoever asks by TRACE', async () => {
    const headers = { authorization: lab.authorization, 'x-told': 'a secret of the way' };
    const answer = await app.inject({ method: 'TRACE' as 'GET', url: '/api/v1/jobs', headers });
    expect(answer.statusCode).toBe(405);
    expect(answer.body).not.toContain('a secret of the way');
  });

  it('answers nonsense with less than was sent', async () => {
    const fields = Array.from({ length: 5_000 }, (_, i) => [`${i}`.padEnd(150, 'x'), 1] as const);
    const body = JSON.stringify(Object.fromEntries(fields));
    const answer = await post('/api/v1/auth/login', body);
    expect(answer.statusCode).toBe(422);
    expect(answer.body.length).toBeLessThan(body.length / 20);
  });

  it.each([
    ['a path that is no URL', '/api/v1/jobs/%ZZ', 400],
    ['too long an id', `/api/v1/jobs/${'a'.repeat(200)}`, 414],
  ])('answers %s with a problem', async (_, url, status) => {
    const answer = await app.inject({ url });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ status, code: 'bad_url' });
    expect(answer.headers).toMatchObject(STRICT_HEADERS);
  });

  it.each([
    ['an unknown method', 'FOO / HTTP/1.1\r\n\r\n', 400],
    // Where a proxy and this server could disagree on where a request ends.
    [
      'a length beside chunks',
      `${POST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['two lengths', `${POST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    ['chunks of no size', `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`, 400],
    ['a header without a name', `GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n`, 400],
    ['too long a header', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
  ])('answers %s with a problem', async (_, request, status) => {
    if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('error', () => undefined);
    await once(socket, 'close');
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*application/problem\\+json[^]*bad_http`));
    for (const [name, value] of Object.entries(STRICT_HEADERS))
      expect(text).toContain(`\r\n${name}: ${value}\r\n`);
  });
});
