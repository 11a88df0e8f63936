import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../src/core/version.js';
import { compose } from '../../src/composition.js';
import { BlobJanitor } from '../../src/core/blobs/index.js';
import { createHttpApplication } from '../../src/http-application.js';
import { AgentsService } from '../../src/modules/agents/index.js';
import { ExportsService } from '../../src/modules/exports/index.js';
import { JobsService } from '../../src/modules/jobs/index.js';
import type { Runtime } from '../../src/runtime.js';
import { all } from '../support/blob-sample.js';
import { testRuntime } from '../support/runtime.js';
import { isFinished, watchJob } from '../support/watch-job.js';

const PASSWORD = 'a password for the tests of exports';
const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const DRAFT_ID = /[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}/g;
const SYSTEM = { name: 'system' };
type Body = Record<string, unknown>;

interface Page {
  exports: Body[];
  next_cursor: string | null;
}

let runtime: Runtime;
let app: NestFastifyApplication;
let token: string;
let csv: Body;

beforeAll(async () => {
  runtime = await testRuntime({ AZT3KNET_ADMIN_PASSWORD: PASSWORD, AZT3KNET_EXPORT_RETENTION_DAYS: '30' });
  app = await createHttpApplication(compose('all', runtime));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const payload = { username: 'admin', password: PASSWORD };
  token = (await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload })).json<Body>()[
    'access_token'
  ] as string;
  csv = await exported('csv');
});

afterAll(async () => {
  await app.close();
  await runtime.close();
});

type Method = 'GET' | 'HEAD' | 'POST' | 'DELETE';

function call(method: Method, url: string, headers: Record<string, string> = {}, payload?: object) {
  const authorization = `Bearer ${token}`;
  return app.inject({ method, url, headers: { authorization, ...headers }, ...(payload && { payload }) });
}

async function completed(job: unknown): Promise<void> {
  for await (const each of watchJob(app.get(JobsService, { strict: false }), String(job))) {
    if (isFinished(each) && each.status !== 'completed') throw new Error(JSON.stringify(each.error));
  }
}

/** The export of a small population, made anew where it is not there. */
async function exported(format: 'json' | 'jsonl' | 'csv', seed = 'exports'): Promise<Body> {
  const agents = app.get(AgentsService, { strict: false });
  const request = { gender: 'female', count: 30, country: 'MX', seed, export: format } as const;
  const { job, generator } = await agents.populate(request, SYSTEM);
  await completed(job?.id);
  const page = await call('GET', `/api/v1/exports?population_id=${generator.id}&format=${format}`);
  return (page.json<Body>()['exports'] as Body[])[0] as Body;
}

async function age(id: unknown, days: number): Promise<void> {
  const owner = new pg.Client(runtime.database.owner.url);
  await owner.connect();
  await owner.query('UPDATE exports SET created_at = now() - make_interval(days => $2) WHERE id = $1', [
    id,
    days,
  ]);
  await owner.end();
}

async function link(seconds: number): Promise<{ url: string; href: string; expires_at: string }> {
  const made = await call(
    'POST',
    `/api/v1/exports/${String(csv['id'])}/links`,
    {},
    { expires_in_seconds: seconds },
  );
  expect(made.statusCode).toBe(201);
  return made.json();
}

const tomorrow = (): Date => new Date(Date.now() + 86_400_000);
const keyOf = (each: Body): string => `exports/${String(each['id'])}/population.csv`;

const paths = (): [string, string][] => [
  ['export', `/api/v1/exports/${String(csv['id'])}/file`],
  ['population', `/api/v1/populations/${String(csv['population_id'])}/exports/csv`],
];

describe('exports', () => {
  it('are listed, the newest first, page by page, and by what they were made of', async () => {
    await exported('json');
    await exported('csv', 'another');
    const seen: Body[] = [];
    let next: Page['next_cursor'] = '';
    while (next !== null) {
      const after: string = next === '' ? '' : `&cursor=${next}`;
      const answer = (await call('GET', `/api/v1/exports?limit=1${after}`)).json<Page>();
      seen.push(...answer.exports);
      next = answer.next_cursor;
    }
    const times = seen.map((each) => String(each['created_at']));
    expect(times).toEqual(times.toSorted().toReversed());
    expect(new Set(seen.map(({ id }) => id)).size).toBe(3);
    const own = await call('GET', `/api/exports?population_id=${String(csv['population_id'])}`);
    const formats = (own.json<Body>()['exports'] as Body[]).map(({ format }) => format);
    expect(new Set(formats)).toEqual(new Set(['csv', 'json']));
    expect((await call('GET', `/api/exports?draft_batch_id=${NOBODY}`)).json()).toMatchObject({
      exports: [],
    });
    expect((await call('GET', '/api/exports?cursor=x')).json()).toMatchObject({
      status: 422,
      code: 'cursor_invalid',
    });
  });

  it('are not listed by a format that there is not', async () => {
    const refused = await call('GET', '/api/v1/exports?format=bogus');
    expect([refused.statusCode, refused.json()]).toMatchObject([
      422,
      {
        errors: [{ field: 'format', message: expect.stringMatching(/json.*jsonl.*csv.*parquet/u) as string }],
      },
    ]);
  });

  it('tell what they are, with a manifest', async () => {
    const found = await call('GET', `/api/v1/exports/${String(csv['id'])}`);
    expect(found.json()).toEqual({ ...csv, synthetic: true });
    expect(found.json()).toMatchObject({ kind: 'population', draft_batch_id: null, format: 'csv' });
    const expires = Date.parse(String(csv['expires_at'])) - Date.parse(String(csv['created_at']));
    expect(expires).toBe(30 * 86_400_000);
    const links = csv['links'] as Record<string, string>;
    const manifest = await call('GET', String(links['manifest']));
    expect(manifest.json()).toMatchObject({
      synthetic: true,
      notice: expect.stringContaining('Synthetic data') as string,
      seed: 'exports',
      specification: { count: 30 },
      generator_version: expect.any(Number) as number,
      product_version: VERSION,
      bytes: Number(csv['bytes']),
      sha256: csv['sha256'],
    });
    const old = await call('GET', `/api/populations/${String(csv['population_id'])}/exports/csv/manifest`);
    expect(old.body).toBe(manifest.body);
    expect((await call('GET', `/api/exports/${NOBODY}`)).json()).toMatchObject({
      status: 404,
      code: 'export_not_found',
    });
  });

  it('are not for everybody', async () => {
    const bare = { authorization: '' };
    const self = `/api/v1/exports/${String(csv['id'])}`;
    for (const [method, url] of [
      ['GET', '/api/v1/exports'],
      ['GET', self],
      ['GET', `${self}/file`],
      ['DELETE', self],
      ['POST', `${self}/links`],
    ] as const) {
      expect((await call(method, url, bare, method === 'POST' ? {} : undefined)).statusCode).toBe(401);
    }
  });

  it('of a population are made under its id, once', async () => {
    const first = await exported('csv', 'by-id');
    const url = `/api/v1/populations/${String(first['population_id'])}/exports`;
    const asked = await call('POST', url, {}, { format: 'jsonl' });
    expect(asked.statusCode).toBe(202);
    await completed(asked.json<Body>()['job_id']);
    const again = await call('POST', url, {}, { format: 'jsonl' });
    expect(again.json()).toMatchObject({ job_id: null, export_id: expect.any(String) as string });
    expect((await call('GET', String(again.headers['location']))).json()).toMatchObject({
      format: 'jsonl',
      population_id: first['population_id'],
    });
    const nobody = await call('POST', `/api/v1/populations/${NOBODY}/exports`, {}, { format: 'csv' });
    expect(nobody.json()).toMatchObject({ status: 404, code: 'population_not_found' });
  });

  it('are deleted with their file, and made again when they are asked for', async () => {
    const first = await exported('jsonl', 'deleted');
    const { id, sha256, links } = first as { id: string; sha256: string; links: Record<string, string> };
    const gone = await call('DELETE', `/api/v1/exports/${id}`);
    expect([gone.statusCode, gone.body]).toEqual([204, '']);
    for (const url of [String(links['self']), String(links['file'])]) {
      expect((await call('GET', url)).statusCode).toBe(404);
    }
    expect((await call('DELETE', `/api/v1/exports/${id}`)).statusCode).toBe(404);
    const { store } = app.get(BlobJanitor, { strict: false });
    expect(await all(store.list(`exports/${id}`))).toEqual([]);
    const again = await exported('jsonl', 'deleted');
    expect(again['id']).not.toBe(id);
    expect(again['sha256']).toBe(sha256);
  });
});

describe('downloads', () => {
  it('give the whole file with its digest for a tag', async () => {
    for (const [, url] of paths()) {
      const whole = await call('GET', url);
      expect(whole.statusCode).toBe(200);
      expect(createHash('sha256').update(whole.rawPayload).digest('hex')).toBe(csv['sha256']);
      expect(whole.headers).toMatchObject({
        etag: `"${String(csv['sha256'])}"`,
        'accept-ranges': 'bytes',
        'content-length': csv['bytes'],
        'content-type': 'text/csv; charset=utf-8; header=present',
        'x-synthetic': 'true',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringMatching(
          /^default-src 'none';.*base-uri 'none';.*frame-ancestors 'none'; sandbox$/,
        ) as string,
        'content-disposition': expect.stringMatching(/^attachment; filename="population-.*\.csv"$/) as string,
      });
      const head = await call('HEAD', url);
      expect([head.statusCode, head.body, head.headers['content-length']]).toEqual([200, '', csv['bytes']]);
    }
  });

  it('give parts', async () => {
    for (const [, url] of paths()) {
      const whole = (await call('GET', url)).rawPayload;
      for (const [range, start, end] of [
        ['bytes=0-9', 0, 9],
        ['bytes=10-', 10, whole.length - 1],
        ['bytes=-7', whole.length - 7, whole.length - 1],
      ] as const) {
        const part = await call('GET', url, { range });
        expect(part.statusCode).toBe(206);
        expect(part.headers['content-range']).toBe(`bytes ${start}-${end}/${whole.length}`);
        expect(part.headers['content-length']).toBe(String(end + 1 - start));
        expect(part.rawPayload.equals(whole.subarray(start, end + 1))).toBe(true);
      }
      const beyond = await call('GET', url, { range: `bytes=${whole.length}-` });
      expect(beyond.json()).toMatchObject({ status: 416, code: 'range_not_satisfiable' });
      expect(beyond.headers['content-range']).toBe(`bytes */${whole.length}`);
      expect((await call('GET', url, { range: 'bytes=0-1,4-5' })).statusCode).toBe(200);
      const changed = await call('GET', url, { range: 'bytes=0-9', 'if-range': '"other"' });
      expect([changed.statusCode, changed.rawPayload.length]).toEqual([200, whole.length]);
      const same = await call('GET', url, { range: 'bytes=0-9', 'if-range': `"${String(csv['sha256'])}"` });
      expect(same.statusCode).toBe(206);
    }
  });

  it('give nothing to who has it', async () => {
    for (const [, url] of paths()) {
      for (const known of [`"${String(csv['sha256'])}"`, `"x", W/"${String(csv['sha256'])}"`, '*']) {
        const answer = await call('GET', url, { 'if-none-match': known });
        expect([answer.statusCode, answer.body]).toEqual([304, '']);
        expect(answer.headers['etag']).toBe(`"${String(csv['sha256'])}"`);
      }
      expect((await call('GET', url, { 'if-none-match': '"other"' })).statusCode).toBe(200);
    }
  });
});

describe('links', () => {
  it('give the file to whoever holds them', async () => {
    const { url, href, expires_at } = await link(60);
    expect(url).toBe(`http://127.0.0.1:${runtime.config.api.port}${href}`);
    const remaining = Date.parse(expires_at) - Date.now();
    expect(remaining).toBeGreaterThan(55_000);
    expect(remaining).toBeLessThanOrEqual(60_000);
    const got = await app.inject({ url: href });
    expect(got.statusCode).toBe(200);
    expect(createHash('sha256').update(got.rawPayload).digest('hex')).toBe(csv['sha256']);
    expect((await app.inject({ url: href, headers: { range: 'bytes=0-4' } })).statusCode).toBe(206);
    const { rows } = await query("SELECT data FROM audit WHERE action = 'export.share'");
    expect(rows.at(-1)).toMatchObject({ data: { expires_at } });
    const uses = async () =>
      (
        await query(
          `SELECT actor, data FROM audit WHERE action = 'export.use_link' AND subject_id = '${String(csv['id'])}'`,
        )
      ).rows;
    await expect
      .poll(uses, { timeout: 12_000 })
      .toEqual([{ actor: 'anonymous', data: { address: '127.0.0.1', count: 2 } }]);
  });

  it('lead where the server says, whatever host a request names', async () => {
    const hostile = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
    };
    const self = `/api/v1/exports/${String(csv['id'])}`;
    const populate = { gender: 'female', count: 5, country: 'MX', seed: 'hostile', export: 'csv' };
    const answers = [
      await call('POST', `${self}/links`, hostile, { expires_in_seconds: 60 }),
      await call('GET', self, hostile),
      await call('GET', '/api/v1/exports', hostile),
      await call('POST', '/api/populate', hostile, populate),
      await call('GET', '/', hostile),
      await call('GET', '/docs/openapi.json', hostile),
      await call('GET', '/docs/asyncapi.yaml', hostile),
      await call('GET', '/api/v1/nothing', hostile),
    ];
    for (const { statusCode, headers, body } of answers) {
      expect(statusCode).not.toBe(500);
      expect(JSON.stringify(headers) + body).not.toContain('evil');
    }
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 200, 200, 202, 302, 200, 200, 404]);
  });

  it('end', async () => {
    const { href } = await link(1);
    await sleep(1_100);
    expect((await app.inject({ url: href })).json()).toMatchObject({ status: 403, code: 'link_expired' });
  });

  it('cannot be changed, lengthened or moved to another export', async () => {
    const other = await exported('csv', 'another');
    const { href } = await link(60);
    const expires = Number(/expires=(\d+)/.exec(href)?.[1]);
    for (const forged of [
      href.replace(`expires=${expires}`, `expires=${expires + 1}`),
      href.replace(String(csv['id']), String(other['id'])),
      href.replace(/signature=.*/, 'signature='),
      href.replace(/signature=.*/, 'signature=AAAA'),
      href.replace(/signature=(.)/, (_, first) => `signature=${first === 'A' ? 'B' : 'A'}`),
    ]) {
      const answer = await app.inject({ url: forged });
      expect([forged, answer.statusCode, answer.json<Body>()['code']]).toEqual([forged, 403, 'link_invalid']);
    }
    const signature = /signature=(.*)/.exec(href)?.[1] ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(signature.at(-1) ?? '');
    const spare = `${signature.slice(0, -1)}${alphabet[last + 1]}`;
    expect(Buffer.from(spare, 'base64url')).toEqual(Buffer.from(signature, 'base64url'));
    for (const same of [
      spare,
      `${signature}=`,
      `${signature}!`,
      signature.replaceAll('-', '+').replaceAll('_', '/'),
    ]) {
      if (same === signature) continue;
      const answer = await app.inject({ url: `${href.replace(signature, '')}${encodeURIComponent(same)}` });
      expect([same, answer.statusCode]).toEqual([same, 403]);
    }
    expect((await app.inject({ url: href.replace(/[?&]signature=.*/, '') })).statusCode).toBe(422);
  });

  it.each([
    [{ expires_in_seconds: 0 }],
    [{ expires_in_seconds: 2_592_001 }],
    [{ expires_in_seconds: 'x' }],
    [{ days: 1 }],
  ])('cannot be had for %j', async (body) => {
    const url = `/api/v1/exports/${String(csv['id'])}/links`;
    expect((await call('POST', url, {}, body)).statusCode).toBe(422);
  });

  it('end with their export', async () => {
    const mortal = await exported('json', 'mortal');
    const made = await call('POST', `/api/v1/exports/${String(mortal['id'])}/links`, {}, {});
    const { href } = made.json<{ href: string }>();
    expect((await app.inject({ url: href })).statusCode).toBe(200);
    await call('DELETE', `/api/v1/exports/${String(mortal['id'])}`);
    expect((await app.inject({ url: href })).statusCode).toBe(404);
  });
});

describe('exports of drafts', () => {
  let batch: string;

  beforeAll(async () => {
    const agents = app.get(AgentsService, { strict: false });
    const request = { gender: 'female', count: 12, country: 'MX', seed: 'drafts', persist: true } as const;
    const { job, generator } = await agents.populate(request, SYSTEM);
    await completed(job?.id);
    const template = 'street_art_campaign';
    const drafting = { population: generator.id, template, drafts_per_agent: 2, seed: 'drafts' };
    const asked = (await call('POST', '/api/content/draft', {}, drafting)).json<Body>();
    await completed(asked['job_id']);
    // Others of the same population, template and seed, which are not the batch's.
    const more = (
      await call('POST', '/api/content/draft', {}, { ...drafting, drafts_per_agent: 3 })
    ).json<Body>();
    await completed(more['job_id']);
    batch = String(asked['id']);
  });

  const ask = (format: string, id = batch) =>
    call('POST', `/api/v1/content/batches/${id}/exports`, {}, { format });

  it.each(['json', 'jsonl', 'csv'])('are made as %s by a job, once, and have every draft', async (format) => {
    const asked = await ask(format);
    expect(asked.statusCode).toBe(202);
    const { job_id, links } = asked.json<{ job_id: string; links: Record<string, string> }>();
    expect(asked.headers['location']).toBe(links['job']);
    await completed(job_id);
    const again = await ask(format);
    expect(again.json()).toMatchObject({ job_id: null, export_id: expect.any(String) as string });
    expect(again.statusCode).toBe(200);
    const self = again.headers['location'];
    expect((await call('GET', String(self))).json()).toMatchObject({
      kind: 'drafts',
      draft_batch_id: batch,
      population_id: null,
      format,
    });
    const file = await call('GET', `${String(self)}/file`);
    const ids = new Set(file.body.match(DRAFT_ID));
    const drafts = (await call('GET', '/api/v1/content/drafts?seed=drafts&limit=1000')).json<{
      drafts: { id: string; metadata: { index: number } }[];
    }>().drafts;
    const own = drafts.filter(({ metadata }) => metadata.index < 2).map(({ id }) => id);
    expect(own).toHaveLength(24);
    expect(own.filter((id) => !ids.has(id))).toEqual([]);
    const strangers = drafts.filter(({ id, metadata }) => metadata.index >= 2 && ids.has(id));
    expect(strangers).toEqual([]);
    expect((await call('GET', `${String(self)}/manifest`)).json()).toMatchObject({
      synthetic: true,
      draft_batch_id: batch,
      template: 'street_art_campaign',
      template_digest: expect.stringMatching(/^[\da-f]{16}$/) as string,
      seed: 'drafts',
      count: 24,
      sha256: createHash('sha256').update(file.rawPayload).digest('hex'),
    });
  });

  it('are the same bytes when they are made again', async () => {
    const list = (await call('GET', `/api/v1/exports?draft_batch_id=${batch}&format=jsonl`)).json<Page>();
    const [first] = list.exports as [Body];
    const lines = (await call('GET', `/api/v1/exports/${String(first['id'])}/file`)).body.trim().split('\n');
    expect(JSON.parse(String(lines[0]))).toMatchObject({ action: expect.any(String) as string, index: 0 });
    expect((await call('DELETE', `/api/v1/exports/${String(first['id'])}`)).statusCode).toBe(204);
    await completed((await ask('jsonl')).json<Body>()['job_id']);
    const again = (await call('GET', `/api/v1/exports?draft_batch_id=${batch}&format=jsonl`)).json<Page>();
    expect(again.exports[0]?.['sha256']).toBe(first['sha256']);
  });

  it('have no text that the guard holds, and not what it was asked to be about', async () => {
    const agents = app.get(AgentsService, { strict: false });
    const request = { gender: 'female', count: 3, country: 'MX', seed: 'held', persist: true } as const;
    const { job, generator } = await agents.populate(request, SYSTEM);
    await completed(job?.id);
    const about = { population: generator.id, template: 'recipe', seed: 'held', topic: 'kill all jews' };
    const asked = (await call('POST', '/api/content/draft', {}, about)).json<Body>();
    await completed(asked['job_id']);
    const done = (await call('GET', `/api/v1/jobs/${String(asked['job_id'])}`)).json<Body>();
    expect(done['result']).toMatchObject({ drafts: 3, held: 3 });
    await completed((await ask('jsonl', String(asked['id']))).json<Body>()['job_id']);
    const self = String((await ask('jsonl', String(asked['id']))).headers['location']);
    const file = (await call('GET', `${self}/file`)).body;
    for (const line of file.trim().split('\n'))
      expect(JSON.parse(line)).toMatchObject({
        action: 'block',
        caption: null,
        hashtags: [],
        variations: [],
      });
    const manifest = (await call('GET', `${self}/manifest`)).json<Body>();
    expect(manifest).toMatchObject({ count: 3, withheld: 3 });
    expect(`${file}${JSON.stringify(manifest)}`).not.toMatch(/jews/iu);
  });

  it('are refused for a batch that is not there and a format that is none', async () => {
    expect((await ask('csv', NOBODY)).json()).toMatchObject({ status: 404, code: 'batch_not_found' });
    expect((await ask('xml')).statusCode).toBe(422);
  });
});

describe('the sweep', () => {
  it('deletes exports that are older than the configured days, and no other', async () => {
    const exports = app.get(ExportsService, { strict: false });
    const [old, young] = [await exported('csv', 'old'), await exported('csv', 'young')];
    await age(old['id'], 31);
    await age(young['id'], 29);
    expect((await all(exports.expired(false))).map(({ id }) => id)).toEqual([old['id']]);
    expect((await call('GET', `/api/v1/exports/${String(old['id'])}`)).statusCode).toBe(200);
    expect((await all(exports.expired(true))).map(({ id }) => id)).toEqual([old['id']]);
    expect((await call('GET', `/api/v1/exports/${String(old['id'])}`)).statusCode).toBe(404);
    expect((await call('GET', `/api/v1/exports/${String(young['id'])}`)).statusCode).toBe(200);
    expect(await all(exports.expired(true))).toEqual([]);
  });

  it('finds what a killed process left, and leaves alone what is young or has a row', async () => {
    const janitor = app.get(BlobJanitor, { strict: false });
    // A process that died after it put an export and before its row was committed.
    const written = await app.get(ExportsService, { strict: false }).write({
      subject: { population_id: String(csv['population_id']) },
      format: 'csv',
      mediaType: 'text/csv',
      content: ['a,b\r\n'],
      manifest: (file) => ({ synthetic: true, notice: 'test', ...file }),
      createdBy: null,
    });
    const keys = [written.row.blob_key, `${written.row.blob_key}.manifest.json`];
    const before = await janitor.check(true);
    expect(before.lost).toEqual([]);
    expect(await all(janitor.orphans(new Date(Date.now() - 60_000), true))).toEqual([]);
    expect((await all(janitor.orphans(tomorrow(), false))).map(({ key }) => key).toSorted()).toEqual(keys);
    expect(await all(janitor.orphans(tomorrow(), true))).toHaveLength(2);
    expect(await all(janitor.orphans(tomorrow(), true))).toEqual([]);
    expect(await janitor.check(true)).toEqual(before);
    expect((await call('GET', `/api/v1/exports/${String(csv['id'])}/file`)).statusCode).toBe(200);
  });

  it('is told by a check which files are lost or changed', async () => {
    const janitor = app.get(BlobJanitor, { strict: false });
    const [lost, changed] = [await exported('csv', 'lost'), await exported('csv', 'changed')];
    await janitor.store.delete(keyOf(lost));
    const bytes = Buffer.alloc(Number(changed['bytes']), 'x');
    await janitor.store.put(keyOf(changed), [bytes], 'text/csv');
    expect((await janitor.check(false)).lost).toEqual([{ key: keyOf(lost), reason: 'is not there' }]);
    const { lost: found } = await janitor.check(true);
    expect(found.map(({ reason }) => reason).toSorted()).toEqual(['has another SHA-256', 'is not there']);
    for (const each of [lost, changed]) await call('DELETE', `/api/v1/exports/${String(each['id'])}`);
  });

  it('knows every table that names objects', async () => {
    const { rows } = await query(
      `SELECT table_name FROM information_schema.columns
       WHERE column_name = 'blob_key' AND table_schema = 'public' AND table_name IN
         (SELECT tablename FROM pg_tables WHERE schemaname = 'public')`,
    );
    const { rows: view } = await query("SELECT pg_get_viewdef('stored_blobs'::regclass) AS text");
    expect(rows.length).toBeGreaterThan(0);
    for (const { table_name } of rows)
      expect(String(view[0]?.['text'])).toContain(`FROM ${String(table_name)}`);
  });
});

async function query(statement: string): Promise<{ rows: Body[] }> {
  return { rows: await app.get(DataSource).query<Body[]>(statement) };
}
