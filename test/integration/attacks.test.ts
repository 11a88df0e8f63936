import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../src/core/http/index.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { routesOf, type OpenApi, type Route, type Schema } from '../support/contract/document.js';
import { homeValues, makeSample, type Sample } from '../support/contract/sample.js';
import { Values } from '../support/contract/values.js';

/** What a caller might set to become somebody else, or to say that something is what it is not. */
const MASS_ASSIGNED = [
  'id',
  'role',
  'roles',
  'permissions',
  'is_admin',
  'owner_id',
  'user_id',
  'created_by',
  'created_at',
  'updated_at',
  'origin',
  'synthetic',
  'status',
  'digest',
  'sha256',
  'decision_id',
  'password_hash',
];
const INJECTIONS = [
  `' OR '1'='1`,
  `'; DROP TABLE users; --`,
  `id; SELECT pg_sleep(5)`,
  `(SELECT pg_sleep(5))`,
  `created_at DESC, (SELECT password_hash FROM users)`,
  `"; COPY users TO PROGRAM 'true'; --`,
  String.raw`\'; --`,
  '%27%20OR%201=1',
  `$1`,
];
/** Far less than what the injections above would sleep. */
const PATIENCE_MS = 2_500;

let lab: TestApplication;
let sample: Sample;
let openapi: OpenApi;
let routes: Route[];

beforeAll(async () => {
  lab = await testApplication({}, 'api');
  sample = await makeSample(lab.runtime);
  openapi = JSON.parse(JSON.stringify(openApiDocument(lab.app))) as OpenApi;
  routes = routesOf(openapi);
});
afterAll(() => lab.close());

const resolved = (schema: Schema): Schema =>
  schema.$ref === undefined
    ? schema
    : (openapi.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
const bodyOf = ({ requestBody }: Route): Schema | undefined =>
  requestBody?.content['application/json']?.schema;
const parametersOf = ({ parameters = [] }: Route, place: string) =>
  parameters.filter((each) => each.in === place);

/** A URL of a route that leads somewhere. */
const NOBODY = '00000000-0000-4000-8000-000000000000';
/** What stands in a path where no sample is at home. */
const PLACES: Readonly<Record<string, string>> = { id: NOBODY, queue: 'content' };

function urlOf(route: Route): string {
  const home = homeValues(route, sample, {});
  return route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent((home(name)?.[0] ?? PLACES[name] ?? 'xx') as string | number),
  );
}

/** Bodies that a route takes. */
function bodiesOf(route: Route, schema: Schema): object[] {
  const values = new Values(openapi, homeValues(route, sample, { username: ['nobody'] }));
  return fc.sample(
    values.object(schema, (each, name) => values.valid(each, name)),
    { seed: 7, numRuns: 3 },
  );
}

/** Sends a text as it is. */
async function send(
  route: Pick<Route, 'method'>,
  url: string,
  payload?: string,
  headers: Record<string, string> = {},
) {
  const started = performance.now();
  const answer = await lab.app.inject({
    method: route.method,
    url,
    headers: {
      authorization: lab.authorization,
      'if-match': '*',
      ...(payload !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(payload !== undefined && { payload }),
  });
  return { ...answer, status: answer.statusCode, body: answer.body, took: performance.now() - started };
}

/** Whether a route says that it does not know a field. */
const refuses = ({ status, body }: { status: number; body: string }, field: string): boolean =>
  status === 422 && body.includes(`"field":"${field}"`);

describe('mass assignment', () => {
  it('sets no field that a body does not have, in any route', async () => {
    // Of a webhook nothing is read before its signature holds.
    const bodies = routes.filter(
      (route) => bodyOf(route) !== undefined && route.path !== '/api/v1/publications/webhook',
    );
    expect(bodies.length).toBeGreaterThan(15);
    const taken: string[] = [];
    for (const route of bodies) {
      const schema = bodyOf(route) as Schema;
      const known = Object.keys(resolved(schema).properties ?? {});
      const foreign = MASS_ASSIGNED.filter((name) => !known.includes(name));
      for (const body of bodiesOf(route, schema)) {
        const more = Object.fromEntries(foreign.map((name) => [name, 'admin']));
        const answer = await send(route, urlOf(route), JSON.stringify({ ...body, ...more }));
        // OAuth's is to ignore what it does not know (RFC 6749, 3.2): the answer is that without it.
        const isIgnored = async () =>
          route.path === '/oauth/token' &&
          answer.body === (await send(route, urlOf(route), JSON.stringify(body))).body;
        if (!foreign.every((name) => refuses(answer, name)) && !(await isIgnored()))
          taken.push(`${route.name}: ${answer.status} ${answer.body}`);
      }
    }
    expect(taken).toEqual([]);
  });

  it('takes no parameter that a query does not have', async () => {
    const taken: string[] = [];
    for (const route of routes.filter(({ method, open }) => method === 'GET' && !open)) {
      const answer = await send(route, `${urlOf(route)}?role=admin&created_by=x`);
      if (answer.status !== 422) taken.push(`${route.name}: ${answer.status}`);
    }
    expect(taken).toEqual([]);
  });
});

describe('prototype pollution', () => {
  const POLLUTING = [
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    String.raw`{"\u005f_proto__":{"polluted":true}}`,
    '{"a":{"b":{"__proto__":{"polluted":true}}}}',
    '[{"__proto__":{"polluted":true}}]',
  ];

  it('does not come from a body, whatever the route', async () => {
    for (const route of routes.filter((each) => bodyOf(each) !== undefined))
      for (const payload of POLLUTING) {
        const { status } = await send(route, urlOf(route), payload);
        expect([400, 422], `${route.name} ${payload}`).toContain(status);
      }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('does not come from a free document', async () => {
    const url = `/api/v1/agents/${sample.agents[0]}/state`;
    for (const state of POLLUTING.slice(0, 4)) {
      const { status } = await send({ method: 'PUT' }, url, `{"state":${state}}`);
      expect([400, 422], `state ${state}`).toContain(status);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each([
    '__proto__[polluted]=1',
    '__proto__.polluted=1',
    'constructor[prototype][polluted]=1',
    '__proto__=1',
  ])('does not come from the query %s', async (query) => {
    const { status } = await send({ method: 'GET' }, `/api/v1/jobs?${query}`);
    expect(status).toBe(422);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each([
    '__proto__:\n  polluted: true\n',
    'constructor:\n  prototype:\n    polluted: true\n',
    'x: &a\n  polluted: true\n__proto__: *a\n',
    '<<: { __proto__: { polluted: true } }\n',
    '"\\x5f_proto__": { polluted: true }\n',
  ])('does not come from YAML: %j', async (content) => {
    for (const kind of ['templates', 'scenarios']) {
      const answer = await send({ method: 'POST' }, `/api/v1/${kind}`, JSON.stringify({ content }));
      expect(answer.status).toBe(422);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('bombs and foreign code in documents', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level += 1) {
    const [one, before] = ['abcdefghi'[level], 'abcdefghi'[level - 1]];
    bomb.push(`${one}: &${one} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`);
  }

  it.each([
    ['code of JavaScript', 'id: !!js/function "function () { return process }"\n'],
    ['code of Python', 'id: !!python/object/apply:os.system ["true"]\n'],
    ['a regular expression', 'id: !!js/regexp /(a+)+$/\n'],
    ['a tag of its own', 'id: !include /etc/passwd\n'],
    ['laughs', `${bomb.join('\n')}\n`],
    ['brackets without end', `id: ${'['.repeat(60_000)}\n`],
    ['keys without end', `${Array.from({ length: 9_000 }, (_, n) => `k${n}: 1`).join('\n')}\n`],
    ['several documents', 'id: a\n---\nid: b\n'],
  ])('refuses %s at once', async (_, content) => {
    for (const kind of ['templates', 'scenarios']) {
      const answer = await send({ method: 'POST' }, `/api/v1/${kind}`, JSON.stringify({ content }));
      expect(answer.status).toBe(422);
      expect(answer.took).toBeLessThan(PATIENCE_MS);
      expect(answer.body.length).toBeLessThan(100_000);
    }
  });

  it.each([
    ['a body that is too large', `{"content":"${'a'.repeat(3_000_000)}"}`, {}],
    ['many fields', `{${Array.from({ length: 40_000 }, (_, n) => `"k${n}":1`).join(',')}}`, {}],
    ['a number without end', `{"content":${'9'.repeat(500_000)}}`, {}],
    ['a body that is packed', gzipSync('{}').toString('latin1'), { 'content-encoding': 'gzip' }],
    ['another charset', '{"content":"x"}', { 'content-type': 'application/json; charset=utf-7' }],
  ])('refuses %s', async (_, payload, headers) => {
    const answer = await send({ method: 'POST' }, '/api/v1/templates', payload, headers);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.took).toBeLessThan(PATIENCE_MS);
  });
});

describe('templates', () => {
  const CAPTION = "'{{ finding }} {{ thought }} {{ invitation | sentence: agent.tone }} {{ emoji }}'";

  /** Asks whether a template would be taken that has this caption. */
  async function check(caption: string) {
    const { body } = await lab.call<{ content: string }>('GET', '/api/v1/templates/street_art_campaign');
    expect(body.content).toContain(CAPTION);
    const content = body.content.replace(CAPTION, () => JSON.stringify(caption));
    return send({ method: 'POST' }, '/api/v1/templates/check', JSON.stringify({ content }));
  }

  it('may say what they may', async () => {
    expect((await check('{{ agent.city | upcase }}')).status).toBe(200);
  });

  it.each([
    '{{ agent.constructor.constructor("return process")() }}',
    '{{ agent["__proto__"] }}',
    '{{ agent.city.constructor }}',
    '{% include "../../../etc/passwd" %}',
    '{% render "/etc/passwd" %}',
    '{% assign a = (1..999999999) %}{{ a | join: "x" }}',
    '{{ "a" | where_exp: "x", "x.constructor" }}',
    '<%= process.env %>{{ process.env }}',
    '{{ this.constructor }}',
  ])('do not leave their sandbox: %s', async (caption) => {
    const answer = await check(caption);
    expect(answer.status).toBe(422);
    expect(answer.took).toBeLessThan(PATIENCE_MS);
    expect(answer.body).not.toMatch(/root:x|node_modules|native code/);
  });
});

describe('paths', () => {
  const OUT = [
    '../package.json',
    '..%2fpackage.json',
    '%2e%2e%2fpackage.json',
    '..%5cpackage.json',
    '%2fetc%2fpasswd',
    '....//package.json',
    '%252e%252e%252fpackage.json',
    'report.json%00.txt',
    '.%2e/package.json',
  ];

  it('lead to no file that is not of the run, the export or the documentation', async () => {
    const places = [
      `/api/v1/runs/${sample.runs[0]}/files/`,
      `/api/v1/runs/${sample.runs[0]}/files/report.json/../`,
      `/api/v1/exports/${sample.exports[0]}/`,
      '/docs/',
      '/docs/static/',
      '/redoc/',
      '/api/v1/templates/',
      '/api/v1/scenarios/',
    ];
    const flaws: string[] = [];
    for (const place of places)
      for (const out of OUT) {
        const answer = await send({ method: 'GET' }, `${place}${out}`);
        // The documentation's own package has a file of that name, which is no secret.
        const isOurs = /"name": "azt3knet"|root:x/.test(answer.body);
        const found = answer.status < 400 && !place.startsWith('/docs');
        if (answer.status >= 500 || isOurs || found) flaws.push(`${place}${out}: ${answer.status}`);
      }
    expect(flaws).toEqual([]);
  });

  it('put nothing into a header', async () => {
    const line = '%0d%0aX-Injected:%201%0d%0a';
    for (const url of [
      `/api/v1/runs/${sample.runs[0]}/files/${line}`,
      `/api/v1/templates/${line}`,
      `/api/${line}`,
      `/docs${line}`,
    ]) {
      const { headers, status } = await send({ method: 'GET' }, url);
      expect(headers, `at ${url}`).not.toHaveProperty('x-injected');
      expect(status).toBeLessThan(500);
    }
  });
});

describe('queries', () => {
  it('have no value that a parameter does not know, and say which it does', async () => {
    const taken: string[] = [];
    let asked = 0;
    for (const route of routes.filter(({ method, open }) => method === 'GET' && !open)) {
      for (const { name, schema } of parametersOf(route, 'query')) {
        const { items, ...one } = resolved(schema);
        const { enum: choices, type, format } = items ? resolved(items) : one;
        // Other texts are names and parts of them.
        if (choices === undefined && format === undefined && type === 'string') continue;
        asked += 1;
        const { status, body } = await send(route, `${urlOf(route)}?${name}=bogus`);
        const { errors = [] } = JSON.parse(body) as { errors?: { field: string; message: string }[] };
        const said = errors.find(({ field }) => field.split('[')[0] === name)?.message ?? '';
        const isSaid = said !== '' && (choices ?? []).every((each) => said.includes(String(each)));
        if (status !== 422 || !isSaid) taken.push(`${route.name} ${name}: ${status} ${body}`);
      }
    }
    expect(asked).toBeGreaterThan(100);
    expect(taken).toEqual([]);
  });

  it('are never SQL: every parameter of every list', { timeout: 120_000 }, async () => {
    const lists = routes.filter(
      ({ method, path, open }) => method === 'GET' && !open && !path.endsWith('/events'),
    );
    const flaws: string[] = [];
    let sent = 0;
    for (const route of lists)
      for (const { name } of parametersOf(route, 'query'))
        for (const injection of INJECTIONS) {
          const answer = await send(route, `${urlOf(route)}?${name}=${encodeURIComponent(injection)}`);
          sent += 1;
          const tells = /argon2|syntax error|pg_catalog/.test(answer.body);
          if (answer.status >= 500 || answer.took > PATIENCE_MS || tells)
            flaws.push(`${route.name} ${name}=${injection}: ${answer.status} ${answer.body}`);
        }
    expect(flaws).toEqual([]);
    expect(sent).toBeGreaterThan(300);
    const [{ count } = { count: '0' }] = await lab.app
      .get(DataSource)
      .query<{ count: string }[]>('SELECT count(*) FROM users');
    expect(Number(count)).toBeGreaterThan(0);
  });
});

describe('names', () => {
  it.each([
    ['\u202Egnp.exe', 'a text that turns around'],
    ['lab\u200Bname', 'a space that nobody sees'],
    ['lab\u2028name', 'a line that is none'],
    ['\u001B[31mred', 'a colour of terminals'],
    ['a\r\nX-Injected: 1', 'a header'],
    ['\uFEFFlab', 'a mark of bytes'],
    ['../lab', 'a path'],
    ['\uD800', 'half a character'],
  ])('refuse %j: %s', async (name) => {
    const answer = await send(
      { method: 'PATCH' },
      `/api/v1/populations/${sample.populations[0]}`,
      JSON.stringify({ name }),
    );
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('"field":"name"');
  });

  it('of users are exactly those', async () => {
    for (const username of [
      'ADMIN',
      ' admin',
      'admin ',
      'ａｄｍｉｎ',
      'аdmin',
      'admin\u200b',
      'admin\u0000',
    ]) {
      const payload = JSON.stringify({ username, password: 'a password that is long' });
      const { status } = await send({ method: 'POST' }, '/api/v1/auth/login', payload);
      expect([401, 422], `as ${username}`).toContain(status);
    }
  });
});
