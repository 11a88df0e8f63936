import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { createHttpApplication } from '../../src/http-application.js';
import { AgentsService } from '../../src/modules/agents/index.js';
import { AdminAccount } from '../../src/modules/auth/index.js';
import { JobsService } from '../../src/modules/jobs/index.js';
import type { Runtime } from '../../src/runtime.js';
import { testRuntime } from '../support/runtime.js';

const SEED = 20_241_005;
const REQUESTS_A_ROUTE = 200;

interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  example?: unknown;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
}
interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  schema: Schema;
}
interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const openapi = JSON.parse(readFileSync(join(PROJECT_ROOT, 'docs', 'openapi.json'), 'utf8')) as OpenApi;
const routes = Object.entries(openapi.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase() as 'GET' | 'POST',
    path,
    operation,
  })),
);

const UUID = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
/** Ids of what is there, so that not everything ends as not found. */
const known: string[] = [];
const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;

const NUMBERS = [true, 0, -1, 1.5, 1e308, -0, Number.MAX_SAFE_INTEGER + 2];
const TEXTS = (
  '|\u0020|0|-1|NaN|null|\u0000|\uD800|\u202Egpj|\uFEFF|👩‍👩‍👧|İ|a\r\nX-Injected: 1|../../etc/passwd|%00|%ZZ|' +
  `{{ 7 times: 7 }}|' OR 1=1 --|=1+1|<script>|__proto__|constructor|toString|${UUID}|${UUID.toUpperCase()}|` +
  [64, 101, 10_000].map((length) => 'f'.repeat(length)).join('|')
).split('|');
const OBJECTS = [
  null,
  [],
  {},
  [null],
  [[1, 2]],
  ['a', 'b'],
  [18, 25],
  [25, 18],
  { a: { b: 1 } },
  { constructor: { prototype: 1 } },
  nested(30),
];

/** What nobody should send, whatever the field. */
const hostile: unknown[] = [...NUMBERS, ...TEXTS, ...OBJECTS];

function resolved(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (openapi.components.schemas[name] ?? {});
}

/** Values at home in a field, at its bounds, and just outside; big populations and runs are not what is tested. */
function usual(name: string, { enum: choices, example, minimum, maximum, type }: Schema): unknown[] {
  if (name === 'count' || name === 'ticks') return [1, 3, 0, (maximum ?? 0) + 1];
  if (choices !== undefined) return choices;
  if (type === 'boolean') return [true, false];
  const numbers = [minimum, maximum, (minimum ?? 1) - 1, (maximum ?? 0) + 1];
  const isId = /^(?:id|agent|population|population_id)$/.test(name);
  const given = [example, ...(type === 'number' ? numbers : isId ? known : [UUID])];
  return given.filter((value) => value !== undefined);
}

function valueOf(name: string, schema: Schema): fc.Arbitrary<unknown> {
  const home = usual(name, schema);
  const texts = fc.string({ unit: 'binary', maxLength: 30 });
  // A population of a random size or a run of random length would be work, not a test.
  const random = name === 'count' || name === 'ticks' ? texts : fc.oneof(texts, fc.jsonValue(), fc.double());
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...(home.length > 0 ? home : [UUID])) },
    { weight: 3, arbitrary: fc.constantFrom(...hostile) },
    { weight: 2, arbitrary: random },
  );
}

function bodyOf(operation: Operation): fc.Arbitrary<string | undefined> {
  const media = operation.requestBody?.content['application/json'];
  if (media === undefined) return fc.constantFrom(undefined, '{}', '[]');
  const { properties = {}, required = [] } = resolved(media.schema);
  const fields = Object.entries(properties).map(([name, schema]) => [name, valueOf(name, schema)] as const);
  const keys = required as never[];
  const decent = fc.record(Object.fromEntries(fields), { requiredKeys: keys });
  const any = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
  const extra = fc.constantFrom('__proto__', 'constructor', 'toString', 'x', 'x'.repeat(500), '\u0000');
  return fc.oneof(
    { weight: 6, arbitrary: decent.map((body) => JSON.stringify(body)) },
    { weight: 2, arbitrary: any.map((body) => JSON.stringify(body)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(decent, extra, fc.constantFrom(...hostile))
        .map(([body, key, value]) =>
          JSON.stringify(Object.fromEntries([...Object.entries(body), [key, value]])),
        ),
    },
    {
      weight: 1,
      arbitrary: fc.oneof(
        fc.jsonValue().map((value) => JSON.stringify(value)),
        fc.constantFrom('', '{', '{"a":1,}', 'null', '\u0000', '{"__proto__":{"x":1}}', '['.repeat(100_000)),
        fc.constantFrom(`{"seed":${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
      ),
    },
  );
}

/** As text in a URL: mostly encoded, sometimes raw. */
function urlText(name: string, schema: Schema): fc.Arbitrary<string> {
  const raw = ['%ZZ', '%', '%00', '%c0%ae', '..', '%2e%2e%2f', 'a'.repeat(300), '%0d%0aX-Injected:1'];
  const encoded = valueOf(name, schema).map((value) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return encodeURIComponent(text.toWellFormed().slice(0, 2_000));
  });
  return fc.oneof({ weight: 6, arbitrary: encoded }, { weight: 1, arbitrary: fc.constantFrom(...raw) });
}

function urlOf(path: string, parameters: readonly Parameter[]): fc.Arbitrary<string> {
  const inPath = parameters.filter((each) => each.in === 'path');
  const inQuery = parameters.filter((each) => each.in === 'query');
  const steps = fc.tuple(...inPath.map(({ name, schema }) => urlText(name, schema)));
  const names = fc.constantFrom(...inQuery.map(({ name }) => name), 'x', '__proto__', 'limit[]', 'toString');
  const pair = names.chain((name) => {
    const schema = inQuery.find((each) => each.name === name)?.schema ?? {};
    return urlText(name, schema).map((value) => `${name}=${value}`);
  });
  const query = fc.array(pair, { maxLength: inQuery.length > 0 ? 4 : 1 });
  return fc.tuple(steps, query).map(([values, pairs]) => {
    const filled = inPath.reduce((url, { name }, i) => url.replace(`{${name}}`, () => values[i] ?? ''), path);
    return pairs.length > 0 ? `${filled}?${pairs.join('&')}` : filled;
  });
}

/** @returns the ids of a small population, of an agent of it, and of the job that made it */
async function persistPopulation(runtime: Runtime): Promise<string[]> {
  const worker = await NestFactory.createApplicationContext(compose('worker', runtime), { logger: false });
  const agents = worker.get(AgentsService, { strict: false });
  const answer = await agents.populate(
    { gender: 'unspecified', count: 3, country: 'MX', seed: 'fuzz', persist: true, export: 'csv' },
    { name: 'test' },
  );
  const { id } = answer.generator;
  const job = answer.job?.id ?? '';
  const states: string[] = [];
  for await (const { status } of worker.get(JobsService, { strict: false }).watch(job)) states.push(status);
  expect(states.at(-1)).toBe('completed');
  const page = await agents.agents(id, -1, 1);
  await worker.close();
  return [id, page.agents[0]?.id ?? '', job];
}

describe('every route with every kind of input', () => {
  let runtime: Runtime;
  let app: NestFastifyApplication;
  let token: string;

  beforeAll(async () => {
    runtime = await testRuntime();
    known.push(...(await persistPopulation(runtime)));
    app = await createHttpApplication(compose('api', runtime));
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    const { generatedPassword: password } = app.get(AdminAccount, { strict: false });
    const payload = { username: 'admin', password };
    const login = await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload });
    token = login.json<{ access_token: string }>().access_token;
  });

  afterAll(async () => {
    await app.close();
    await runtime.close();
  });

  it.each(routes)('$route', async ({ method, path, operation }) => {
    const input = fc.record({
      url: urlOf(path, operation.parameters ?? []),
      body: method === 'POST' ? bodyOf(operation) : fc.constant(undefined),
    });
    const property = fc.asyncProperty(input, async ({ url, body }) => {
      const answer = await app.inject({
        method,
        url,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { payload: body }),
      });
      expect(answer.statusCode).toBeLessThan(500);
      expect(answer.headers).not.toHaveProperty('x-injected');
      if (answer.statusCode < 300) return;
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.json()).toMatchObject({
        status: answer.statusCode,
        code: expect.stringMatching(/^[a-z_]+$/) as string,
        detail: expect.any(String) as string,
      });
      expect(answer.body).not.toMatch(/\\n +at |node_modules|\.js:\d+/);
    });
    // Hashing a password takes its time, on purpose.
    const numRuns = path.endsWith('/login') ? REQUESTS_A_ROUTE / 4 : REQUESTS_A_ROUTE;
    await fc.assert(property, { seed: SEED, numRuns });
  });

  const post = (url: string, payload: string) =>
    app.inject({
      method: 'POST',
      url,
      payload,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });

  it('takes a field that is null for one that is not given', async () => {
    const [population, agent] = known;
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
      expect(answer.json()).toMatchObject({ status: 422, errors: [{ field, message: 'unknown field' }] });
    },
  );

  it('refuses nesting without end', async () => {
    const deep = `{"username":${'['.repeat(200_000)}${']'.repeat(200_000)},"password":"x"}`;
    const answer = await post('/api/v1/auth/login', deep);
    expect(answer.json()).toMatchObject({ status: 422, code: 'input_invalid' });
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
  });

  it.each([
    ['an unknown method', 'FOO / HTTP/1.1\r\n\r\n', 400],
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
  });
});
