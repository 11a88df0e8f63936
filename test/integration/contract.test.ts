import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import * as fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { openApiDocument } from '../../src/core/http/index.js';
import { createHttpApplication } from '../../src/http-application.js';
import type { Runtime } from '../../src/runtime.js';
import { Answers } from '../support/contract/answers.js';
import { isAddressed, routesOf, type OpenApi, type Route } from '../support/contract/document.js';
import { Fresh, freshValues, PASSWORD } from '../support/contract/fresh.js';
import { Latencies } from '../support/contract/latencies.js';
import { REPORT_SECRET, signatureOf } from '../support/contract/networks.js';
import { CURRENT_ETAG, requestsTo, type GeneratedRequest } from '../support/contract/requests.js';
import { homeValues, makeSample, type Sample } from '../support/contract/sample.js';
import { refusalOf, SENDERS, turnsAway } from '../support/contract/senders.js';
import { Values } from '../support/contract/values.js';
import { testDatabase, testRuntime } from '../support/runtime.js';

const SEED = 20_241_005;
/** `npm run fuzz:api` sends ten thousand, or as many as it is told. */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 2_000);
/** No request takes longer, whatever it asks for. */
const SLOWEST_MS = 5_000;
/** Senders, requests and checks of answers, on a machine that others use too. */
const TIMEOUT_MS = Math.max(600_000, REQUESTS * 100);
/** What is refused before anybody asks who it is: it cannot be read. */
const UNREADABLE = new Set([400, 413, 414, 415]);
/** Hashing a password and making a pair of keys take their time, on purpose. */
const SLOW = /^POST .*(\/login|\/password|\/reset-password|\/users|\/signing-keys\/rotate)$/;

let runtime: Runtime;
let app: NestFastifyApplication;
let openapi: OpenApi;
let sample: Sample;
let answers: Answers;
let routes: Route[];
const latencies = new Latencies();
const seen = new Map<string, Map<number, number>>();

/** A database that does not wait for its disk: what a crash would take away is not looked at here. */
async function hastyDatabase(): Promise<DatabaseTarget> {
  const database = await testDatabase();
  const owner = new pg.Client(database.owner.url);
  await owner.connect();
  const name = new URL(database.owner.url).pathname.slice(1);
  await owner.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
  await owner.end();
  return database;
}

beforeAll(async () => {
  const environment = { AZT3KNET_ADMIN_PASSWORD: PASSWORD, AZT3KNET_WEBHOOK_INCOMING_SECRETS: REPORT_SECRET };
  runtime = await testRuntime(environment, hastyDatabase());
  sample = await makeSample(runtime);
  // Jobs are accepted, and nobody does them: that is another test.
  app = await createHttpApplication(compose('api', runtime));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  openapi = JSON.parse(JSON.stringify(openApiDocument(app))) as OpenApi;
  answers = new Answers(openapi);
  routes = routesOf(openapi);
});

afterAll(async () => {
  await app.close();
  await runtime.close();
});

/** Tells what a route has answered: a long run shows how far it is. */
function tell({ name }: Route): void {
  const statuses = [...(seen.get(name) ?? [])].toSorted(([a], [b]) => a - b);
  const counts = statuses.map(([status, count]) => `${status}×${count}`);
  process.stdout.write(`${name.padEnd(62)} ${counts.join('  ')}\n`);
}

/** What an administrator reads. */
async function read(url: string) {
  const admin = await Fresh.of(app, 'admin');
  const answer = await app.inject({ url: await admin.fill(url), headers: await admin.credentials() });
  await admin.spend();
  return answer;
}

/** Of the resource that a request changes: of a policy where it is about a rule of it, of the draft that is to be activated. */
async function currentEtag(url: string): Promise<string> {
  const resource = url.replace(/\?.*$|\/rollback$|\/rules\/.*$/s, '').replace(/\/activate$/, '@1.0.0');
  const { headers } = await read(resource);
  return headers['etag'] ?? '"nothing"';
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

/** Sends a request from somebody who is there for it alone. */
async function send(route: Route, { sender, url: unfilled, headers, body }: GeneratedRequest) {
  const fresh = await Fresh.of(app, sender);
  const url = await fresh.fill(unfilled);
  const ifMatch = headers['if-match'];
  const resolved = ifMatch?.includes(CURRENT_ETAG)
    ? { ...headers, 'if-match': ifMatch.replace(CURRENT_ETAG, await currentEtag(url)) }
    : headers;
  const credentials = await fresh.credentials(route.path.endsWith('/refresh') ? 'refresh' : 'access');
  const payload = body === undefined ? undefined : await fresh.fill(body);
  const signature = signatureOf(route, payload, fresh.id);
  const started = performance.now();
  const answer = await inFull({
    method: route.method,
    url,
    headers: { ...resolved, ...credentials, ...signature },
    ...(payload !== undefined && { payload }),
  });
  const took = performance.now() - started;
  await fresh.spend();
  latencies.add(route.name, took);
  const counts = seen.get(route.name) ?? new Map<number, number>();
  counts.set(answer.statusCode, (counts.get(answer.statusCode) ?? 0) + 1);
  seen.set(route.name, counts);
  return { ...answer, url, took };
}

/** What is wrong with the answer to a request, in words. */
async function flawOf(route: Route, request: GeneratedRequest): Promise<string | undefined> {
  const { statusCode: status, body, headers, url, took } = await send(route, request);
  const { sender } = request;
  if (status >= 500) return `${status}: ${body}`;
  if (took > SLOWEST_MS) return `${status} after ${took.toFixed(0)} ms`;
  if ('x-injected' in headers) return 'a header was injected';
  if (/\\n +at |node_modules|\.js:\d+/.test(body)) return `it shows its inside: ${body}`;
  const addressed = isAddressed(route, url);
  const refusal = refusalOf(route, sender);
  // Who may not call learns nothing about the input.
  if (refusal !== undefined && addressed && !UNREADABLE.has(status) && status !== refusal)
    return `${status} instead of ${refusal} for ${sender}: ${body}`;
  if (addressed && turnsAway(route, sender, body)) return `${sender} is turned away: ${body}`;
  // A hostile step of a path can lead elsewhere; what is said there is a problem all the same.
  if (!addressed && status < 400) return undefined;
  const flaw = answers.flaw(route, { status, contentType: headers['content-type'], body });
  return flaw && `${status}, ${flaw}: ${body}`;
}

/** Sends the requests of a route. @returns the first answer that is not as promised, and what it answers */
async function tryRoute(route: Route, seed: number, numRuns: number): Promise<string | undefined> {
  const cursor = await cursorsOf(route);
  const link = await linkOf(route);
  const home = homeValues(route, sample, {
    ...freshValues(route),
    ...(cursor.length > 0 && { cursor }),
    ...link,
  });
  const property = fc.asyncProperty(requestsTo(route, new Values(openapi, home)), async (request) => {
    const flaw = await flawOf(route, request);
    if (flaw !== undefined) throw new Error(`${route.name}: ${flaw}`);
  });
  const { failed, counterexample, errorInstance } = await fc.check(property, { seed, numRuns });
  return failed ? `${String(errorInstance)} to ${JSON.stringify(counterexample)} (seed ${seed})` : undefined;
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
  it('for requests made from it', { timeout: TIMEOUT_MS }, async () => {
    const weights = routes.map(({ name }) => (SLOW.test(name) ? 0.2 : 1));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const flaws: string[] = [];
    for (const [index, route] of routes.entries()) {
      const share = (weights[index] as number) / whole;
      const count = Math.ceil(share * REQUESTS);
      const flaw = await tryRoute(route, SEED + index, count);
      if (flaw !== undefined) flaws.push(flaw);
      // A short run may have met only one kind of answer so far.
      for (let more = 1; more <= 10 && !isTold(route); more += 1) {
        const another = await tryRoute(route, SEED + index + more * routes.length, Math.min(count, 100));
        if (another !== undefined) flaws.push(another);
      }
      tell(route);
    }
    const counts = [...seen.values()].flatMap((statuses) => [...statuses.values()]);
    const sent = counts.reduce((sum, count) => sum + count, 0);
    process.stdout.write(`${sent} requests to ${routes.length} routes; ${latencies.toString()}\n`);
    expect(flaws).toEqual([]);
    expect(sent).toBeGreaterThanOrEqual(REQUESTS);
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
      const requests = SENDERS.map((sender) => ({ ...wrong, sender, url, body }));
      const answersOf = await Promise.all(requests.map((request) => send(route, request)));
      answered[route.name] = answersOf.map(({ statusCode }) => statusCode);
      expected[route.name] = requests.map((request) => refusalOf(route, request.sender) ?? 422);
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
  const home = homeValues(route, sample, freshValues(route));
  const url = route.path.replaceAll(/\{(\w+)\}/g, (_, field: string) => String(home(field)?.[0]));
  const answer = await read(`${url}?limit=1`);
  const { next_cursor: next } = answer.json<{ next_cursor?: string | null }>();
  return typeof next === 'string' ? [next] : [];
}

/** What makes a shared link a good one, where a route takes it. */
async function linkOf({ path }: Route): Promise<Record<string, unknown[]>> {
  if (!path.includes('/shared/')) return {};
  const headers = await (await Fresh.of(app, 'admin')).credentials();
  const url = `/api/v1/exports/${sample.exports[0]}/links`;
  const { href } = (await app.inject({ method: 'POST', url, headers, payload: {} })).json<{ href: string }>();
  const { searchParams } = new URL(href, 'http://host');
  return { expires: [searchParams.get('expires')], signature: [searchParams.get('signature')] };
}
