import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import * as fc from 'fast-check';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { openApiDocument } from '../../src/core/http/index.js';
import { createHttpApplication } from '../../src/http-application.js';
import type { Runtime } from '../../src/runtime.js';
import { Answers } from '../support/contract/answers.js';
import { isAddressed, routesOf, type OpenApi, type Route } from '../support/contract/document.js';
import {
  CURRENT_ETAG,
  requestsTo,
  type GeneratedRequest,
  type Sender,
} from '../support/contract/requests.js';
import { homeValues, makeSample, type Sample } from '../support/contract/sample.js';
import { Values } from '../support/contract/values.js';
import { testRuntime } from '../support/runtime.js';

const SEED = 20_241_005;
/** `npm run fuzz:api` sends ten thousand. */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 2_000);
const PASSWORD = 'a password for the tests of the contract';
/** What is refused before anybody asks who it is: it cannot be read. */
const UNREADABLE = new Set([400, 413, 414, 415]);
/** A POST that changes nothing and that whoever may read may send. */
const ASKING = /\/(templates|scenarios)\/.*(check|preview)$/;
/** Hashing a password takes its time, on purpose. */
const isSlow = ({ path }: Route): boolean => path.endsWith('/login');

interface Tokens {
  access_token: string;
  refresh_token: string;
}

let runtime: Runtime;
let app: NestFastifyApplication;
let openapi: OpenApi;
let sample: Sample;
let answers: Answers;
let routes: Route[];
let tokens: { admin: Tokens; viewer: Tokens };
const seen = new Map<string, Map<number, number>>();

async function login(username: string): Promise<Tokens> {
  const payload = { username, password: PASSWORD };
  return (await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload })).json<Tokens>();
}

beforeAll(async () => {
  runtime = await testRuntime({ AZT3KNET_ADMIN_PASSWORD: PASSWORD });
  sample = await makeSample(runtime);
  // Jobs are accepted, and nobody does them: that is another test.
  app = await createHttpApplication(compose('api', runtime));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  openapi = JSON.parse(JSON.stringify(openApiDocument(app))) as OpenApi;
  answers = new Answers(openapi);
  routes = routesOf(openapi);
  await app.get(DataSource).query(`INSERT INTO users (id, username, password_hash, role)
    SELECT gen_random_uuid(), 'viewer', password_hash, 'viewer' FROM users WHERE username = 'admin'`);
  tokens = { admin: await login('admin'), viewer: await login('viewer') };
});

afterAll(async () => {
  await app.close();
  await runtime.close();
  for (const [name, statuses] of [...seen].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const counts = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}×${count}`);
    process.stdout.write(`${name.padEnd(62)} ${counts.join('  ')}\n`);
  }
});

function authorization(route: Route, sender: Sender): string | undefined {
  if (sender === 'nobody') return undefined;
  if (sender === 'forger') return 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.';
  return `Bearer ${route.path.endsWith('/refresh') ? tokens[sender].refresh_token : tokens[sender].access_token}`;
}

async function currentEtag(url: string): Promise<string> {
  const headers = { authorization: `Bearer ${tokens.admin.access_token}` };
  const { headers: answered } = await app.inject({ url: url.split('?')[0] ?? url, headers });
  return answered['etag'] ?? '"nothing"';
}

type InjectedRequest = Exclude<Parameters<NestFastifyApplication['inject']>[0], string>;

/** The whole answer; of a stream that does not end by itself, its beginning. */
async function inFull(request: InjectedRequest) {
  const hangUp = new AbortController();
  const options = { ...request, payloadAsStream: true, signal: hangUp.signal } as const;
  const { statusCode, headers, stream } = await app.inject(options);
  let body = '';
  if (String(headers['content-type']).startsWith('text/event-stream')) hangUp.abort();
  else for await (const chunk of stream()) body += String(chunk);
  return { statusCode, headers, body };
}

async function send(route: Route, { sender, url, headers, body }: GeneratedRequest) {
  const ifMatch = headers['if-match'];
  const resolved = ifMatch?.includes(CURRENT_ETAG)
    ? { ...headers, 'if-match': ifMatch.replace(CURRENT_ETAG, await currentEtag(url)) }
    : headers;
  const bearer = authorization(route, sender);
  const answer = await inFull({
    method: route.method,
    url,
    headers: { ...resolved, ...(bearer !== undefined && { authorization: bearer }) },
    ...(body !== undefined && { payload: body }),
  });
  const counts = seen.get(route.name) ?? new Map<number, number>();
  counts.set(answer.statusCode, (counts.get(answer.statusCode) ?? 0) + 1);
  seen.set(route.name, counts);
  return answer;
}

/** Who may not call learns nothing about the input. */
function expectedOf(route: Route, { sender }: GeneratedRequest): number | undefined {
  if (route.open || sender === 'admin') return undefined;
  if (sender !== 'viewer') return 401;
  return route.method === 'GET' || ASKING.test(route.path) ? undefined : 403;
}

/** What is wrong with the answer to a request, in words. */
async function flawOf(route: Route, request: GeneratedRequest): Promise<string | undefined> {
  const { statusCode: status, body, headers } = await send(route, request);
  if (status >= 500) return `${status}: ${body}`;
  if ('x-injected' in headers) return 'a header was injected';
  if (/\\n +at |node_modules|\.js:\d+/.test(body)) return `it shows its inside: ${body}`;
  const addressed = isAddressed(route, request.url);
  const expected = expectedOf(route, request);
  if (expected !== undefined && addressed && !UNREADABLE.has(status) && status !== expected) {
    return `${status} instead of ${expected}: ${body}`;
  }
  // A hostile step of a path can lead elsewhere; what is said there is a problem all the same.
  if (!addressed && status < 400) return undefined;
  const flaw = answers.flaw(route, { status, contentType: headers['content-type'], body });
  return flaw && `${status}, ${flaw}: ${body}`;
}

/** Sends the requests of a route and throws at the first answer that is not as promised. */
async function tryRoute(route: Route, seed: number, numRuns: number): Promise<void> {
  const cursor = await cursorsOf(route);
  const link = await linkOf(route);
  const home = homeValues(route, sample, {
    username: ['admin'],
    password: [PASSWORD, 'wrong'],
    ...(cursor.length > 0 && { cursor }),
    ...link,
  });
  const property = fc.asyncProperty(requestsTo(route, new Values(openapi, home)), async (request) => {
    const flaw = await flawOf(route, request);
    if (flaw !== undefined) throw new Error(`${route.name}: ${flaw}`);
  });
  await fc.assert(property, { seed, numRuns });
}

const statusesOf = (name: string): number[] => [...(seen.get(name)?.keys() ?? [])];

/** Whether a route has both succeeded and refused. */
function isTold({ name }: Route): boolean {
  return statusesOf(name).some((status) => status < 300) && statusesOf(name).some((status) => status >= 400);
}

/** The routes that never gave such an answer. */
const without = (fits: (status: number) => boolean): string[] =>
  routes.map(({ name }) => name).filter((name) => !statusesOf(name).some(fits));

describe('every route of the document keeps its word', () => {
  it('for requests made from it', { timeout: 600_000 }, async () => {
    const weights = routes.map((route) => (isSlow(route) ? 0.2 : 1));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [index, route] of routes.entries()) {
      const share = (weights[index] as number) / whole;
      const count = Math.ceil(share * REQUESTS);
      await tryRoute(route, SEED + index, count);
      // A short run may have met only one kind of answer so far.
      for (let more = 1; more <= 10 && !isTold(route); more += 1) {
        await tryRoute(route, SEED + index + more * routes.length, count);
      }
    }
    const counts = [...seen.values()].flatMap((statuses) => [...statuses.values()]);
    const sent = counts.reduce((sum, count) => sum + count, 0);
    expect(sent).toBeGreaterThanOrEqual(REQUESTS);
    process.stdout.write(`${sent} requests to ${routes.length} routes\n`);
  });

  it('and answered each of them with success and with refusal', () => {
    expect(without((status) => status < 300)).toEqual([]);
    expect(without((status) => status >= 400)).toEqual([]);
  });

  it('asks who sends before it looks at what is sent', async () => {
    const wrong = { headers: { 'content-type': 'application/json' }, body: '{"x":1}' };
    const answered: Record<string, number[]> = {};
    const expected: Record<string, number[]> = {};
    for (const route of routes.filter(({ open }) => !open)) {
      const url = `${route.path.replaceAll(/\{\w+\}/g, '!')}?x=1`;
      const body = route.method === 'GET' ? undefined : wrong.body;
      const senders = ['nobody', 'forger', 'viewer'] as const;
      const requests = senders.map((sender) => ({ ...wrong, sender, url, body }));
      const answersOf = await Promise.all(requests.map((request) => send(route, request)));
      answered[route.name] = answersOf.map(({ statusCode }) => statusCode);
      expected[route.name] = requests.map((request) => expectedOf(route, request) ?? 422);
    }
    expect(answered).toEqual(expected);
  });
});

const NOTHING = { status: 200, contentType: 'application/json', body: '{}' };

describe('the check of an answer', () => {
  it.each([
    ['a body of another shape', { body: '{"synthetic":true}' }, /required/],
    ['a field too many', { body: '{"synthetic":true,"jobs":[],"next_cursor":null,"x":1}' }, /additional/],
    ['another media type', { contentType: 'text/html' }, /media type text\/html/],
    ['an undocumented status', { status: 302 }, /status 302/],
    ['a mistake that is no problem', { status: 404 }, /media type application\/json/],
  ])('finds %s', (_, change, flaw) => {
    const list = routes.find(({ name }) => name === 'GET /api/v1/jobs') as Route;
    expect(answers.flaw(list, { ...NOTHING, ...change })).toMatch(flaw);
  });
});

/** A cursor of the list that a route answers, when it is one of two entries or more. */
async function cursorsOf(route: Route): Promise<string[]> {
  if (route.parameters?.some(({ name }) => name === 'cursor') !== true) return [];
  const home = homeValues(route, sample, {});
  const url = route.path.replaceAll(/\{(\w+)\}/g, (_, field: string) => String(home(field)?.[0]));
  const headers = { authorization: `Bearer ${tokens.admin.access_token}` };
  const answer = await app.inject({ url: `${url}?limit=1`, headers });
  const { next_cursor: next } = answer.json<{ next_cursor?: string | null }>();
  return typeof next === 'string' ? [next] : [];
}

/** What makes a shared link a good one, where a route takes it. */
async function linkOf({ path }: Route): Promise<Record<string, unknown[]>> {
  if (!path.includes('/shared/')) return {};
  const headers = { authorization: `Bearer ${tokens.admin.access_token}` };
  const url = `/api/v1/exports/${sample.exports[0]}/links`;
  const { href } = (await app.inject({ method: 'POST', url, headers, payload: {} })).json<{ href: string }>();
  const { searchParams } = new URL(href, 'http://host');
  return { expires: [searchParams.get('expires')], signature: [searchParams.get('signature')] };
}
