import { describe, expect, it } from 'vitest';
import { textOf } from './bodies.js';
import { ApiError, createClient, NetworkError, type Client } from './index.js';

type Answer = (request: Request) => Response | Promise<Response>;

const JSON_TYPE = { 'content-type': 'application/json' };
const path = { params: { path: { id: 'j' } } };
const hanging = (): ReadableStream<Uint8Array> =>
  new ReadableStream({ start: (body) => body.enqueue(Buffer.from('{"a":')) });
const broken = (): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(body) {
      body.enqueue(Buffer.from('{"a":'));
    },
    pull(body) {
      body.error(new TypeError('terminated', { cause: new Error('other side closed') }));
    },
  });

function laboratory(answer: Answer): { client: Client; requests: Request[] } {
  const requests: Request[] = [];
  const client = createClient({
    baseUrl: 'http://lab.test',
    token: 't',
    retry: { delay: 1 },
    timeoutMs: 60,
    fetch: (request) => {
      requests.push(request);
      return Promise.resolve(answer(request));
    },
  });
  return { client, requests };
}

async function failure(work: Promise<unknown>): Promise<Error> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error as Error;
}

async function drain(client: Client): Promise<void> {
  for await (const _ of client.pages('/api/v1/content/drafts')) continue;
}

const moved: Answer = (request) => {
  const location = `https://u:s3cr3t@evil.test/lab${new URL(request.url).pathname.replace('/old', '')}?x=1`;
  return new Response('', { status: 307, headers: { location } });
};

describe('a server that sends elsewhere', () => {
  it('is not obeyed with a password, and its place is named', async () => {
    const { client, requests } = laboratory(moved);
    const error = await failure(client.login('admin', 'correct horse'));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toBe(
      'http://lab.test sends elsewhere, to https://evil.test/lab; give that as --api-url, if you trust it',
    );
    expect(requests.map(({ url, redirect }) => [url, redirect])).toEqual([
      ['http://lab.test/api/v1/auth/login', 'manual'],
    ]);
  });

  it('is named without the path that the request had below its own', async () => {
    const client = createClient({ baseUrl: 'http://lab.test/old', fetch: async (request) => moved(request) });
    expect((await failure(client.login('u', 'p'))).message).toContain('to https://evil.test/lab;');
  });

  it.each([
    ['a call', (client: Client) => client.get('/api/v1/jobs/{id}', path)],
    ['a download', (client: Client) => client.download('/api/v1/exports/1/file')],
    ['events', (client: Client) => client.events(['jobs.*']).next()],
    ['health', (client: Client) => client.health()],
  ])('is not obeyed by %s', async (_, call) => {
    const { client, requests } = laboratory(moved);
    expect((await failure(call(client))).message).toContain('to https://evil.test/lab;');
    expect(requests).toHaveLength(1);
  });
});

describe('a log-in', () => {
  it.each(['{}', '[]', 'null', '<html>', '{"access_token":"a"}', '{"access_token":"a","refresh_token":7}'])(
    'is no success with %s',
    async (text) => {
      const { client } = laboratory(() => new Response(text, { headers: JSON_TYPE }));
      expect(await failure(client.login('u', 'p'))).toBeInstanceOf(NetworkError);
    },
  );

  it('does not show a token that no header can carry', async () => {
    const client = createClient({ baseUrl: 'http://lab.test', token: 's3cr3t\nx' });
    const error = await failure(client.get('/api/v1/jobs/{id}', path));
    expect(error.message).toBe('the token has characters that no header can carry');
  });
});

describe('an answer that is asked for as text', () => {
  it('is one', async () => {
    const { client } = laboratory(() => new Response('<html>', { headers: { 'content-type': 'text/html' } }));
    const request = { params: { path: { id: path.params.path.id } }, body: {}, parseAs: 'text' } as const;
    expect(await client.post('/api/v1/runs/{id}/validation/page', request)).toBe('<html>');
  });
});

describe('a strange answer', () => {
  it.each(['<html>', '{"job_id":', '[]', '"x"', 'null', '7'])('is a NetworkError: %s', async (text) => {
    const { client } = laboratory(() => new Response(text, { headers: JSON_TYPE }));
    const error = await failure(client.get('/api/v1/jobs/{id}', path));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toMatch(/^http:\/\/lab\.test answers with something unexpected/);
  });

  it.each([
    ['a list', (client: Client) => client.items('/api/v1/content/drafts').next()],
    ['pages', (client: Client) => drain(client)],
    ['a job', (client: Client) => client.followJob('j')],
    ['health', (client: Client) => client.health()],
    ['events', (client: Client) => client.events(['jobs.*']).next()],
  ])('ends %s', async (_, call) => {
    const { client } = laboratory(() => new Response('{}', { headers: JSON_TYPE }));
    expect(await failure(call(client))).toBeInstanceOf(NetworkError);
  });

  it('of problem details of other types is told by its status', async () => {
    const text = '{"code":5,"detail":{},"errors":[7,{"field":"a","message":"b"}]}';
    const { client } = laboratory(() => new Response(text, { status: 422 }));
    const error = await failure(client.get('/api/v1/jobs/{id}', path));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'http_422', errors: [{ field: 'a', message: 'b' }] });
  });

  it('is not read to the end when it is too large', async () => {
    const request = new Request('http://lab.test/x');
    const reading = textOf(new Response('x'.repeat(11)), { request, timeoutMs: 1_000, largest: 10 });
    expect((await failure(reading)).message).toContain('answers with more than');
  });
});

describe('a server that hangs or breaks off', () => {
  it('before the answer begins is asked once more', async () => {
    const { client, requests } = laboratory(() => new Promise(() => {}));
    const error = await failure(client.get('/api/v1/jobs/{id}', path));
    expect(error.message).toBe('http://lab.test does not answer in time');
    expect(requests).toHaveLength(2);
    expect(requests.every(({ signal }) => signal.aborted)).toBe(true);
  });

  it('is not given a password twice', async () => {
    const { client, requests } = laboratory(() => new Promise(() => {}));
    expect((await failure(client.login('u', 'p'))).message).toContain('in time');
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['in time', hanging],
    ['broke off its answer: other side closed', broken],
  ])('within an answer: %s', async (message, body) => {
    const { client } = laboratory(() => new Response(body(), { headers: JSON_TYPE }));
    const calls = [
      client.get('/api/v1/jobs/{id}', path),
      client.http.GET('/api/v1/jobs/{id}', path),
      client.download('/api/v1/exports/1/file').then((file) => new Response(file.body).text()),
    ];
    for (const error of await Promise.all(calls.map((call) => failure(call)))) {
      expect(error).toBeInstanceOf(NetworkError);
      expect(error.message).toContain(message);
    }
  });
});
