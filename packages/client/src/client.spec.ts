import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { ApiError, createClient, NetworkError, type ClientOptions, type Job, type Tokens } from './index.js';

const JOB = { job_id: 'j', name: 'population.generate', status: 'running' } as Job;
const TOKENS: Tokens = { access_token: 'a1', refresh_token: 'r1', token_type: 'Bearer', expires_in: 60 };

function json(body: object, status = 200, headers: Record<string, string> = {}): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type, ...headers } });
}

function problem(status: number, code: string): Response {
  return json({ status, code, detail: `no: ${code}`, errors: [{ field: 'id', message: 'no' }] }, status);
}

/** A server that gives these answers, one after the other, and keeps what it was asked. */
function server(...answers: (Response | Error | ((request: Request) => Response))[]) {
  const requests: Request[] = [];
  const fetch = (request: Request): Promise<Response> => {
    requests.push(request);
    const answer = answers.shift() ?? new Response('nothing more', { status: 500 });
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve(typeof answer === 'function' ? answer(request) : answer);
  };
  const client = (options: Partial<ClientOptions> = {}) =>
    createClient({ baseUrl: 'http://lab.test/', fetch, retry: { delay: 1 }, token: 't', ...options });
  return { requests, client };
}

const path = { params: { path: { id: 'j' } } };

describe('a call', () => {
  it('gives the data of a success, typed by its path', async () => {
    const { requests, client } = server(json(JOB));
    const job = await client().get('/api/v1/jobs/{id}', path);
    expectTypeOf(job.job_id).toEqualTypeOf<string>();
    expect(job).toEqual(JOB);
    expect(requests[0]?.url).toBe('http://lab.test/api/v1/jobs/j');
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer t');
  });

  it('throws problem details as an ApiError', async () => {
    const { client } = server(problem(404, 'job_not_found'));
    const error: unknown = await client()
      .get('/api/v1/jobs/{id}', path)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 404,
      code: 'job_not_found',
      detail: 'no: job_not_found',
      message: 'no: job_not_found',
      errors: [{ field: 'id', message: 'no' }],
    });
  });

  it('tells what is no problem details by its status', async () => {
    const { client } = server(new Response('<html>', { status: 418, statusText: "I'm a teapot" }));
    await expect(client().get('/api/v1/jobs/{id}', path)).rejects.toMatchObject({
      code: 'http_418',
      message: "the server answered 418 I'm a teapot",
    });
  });
});

describe('a server that is not what it seems', () => {
  it('is told no password for another', async () => {
    const { requests, client } = server(
      new Response(null, { status: 307, headers: { location: 'http://elsewhere.test/api/v1/auth/login' } }),
    );
    await expect(client().login('admin', 'secret')).rejects.toThrow(
      /sends elsewhere, to http:\/\/elsewhere\.test/,
    );
    expect(requests.map(({ url, redirect }) => [url, redirect])).toEqual([
      ['http://lab.test/api/v1/auth/login', 'manual'],
    ]);
  });

  it.each(['{}', '[]', 'null', '<html>', '{"access_token":1,"refresh_token":"r"}'])(
    'logs nobody in by answering %s',
    async (body) => {
      const { client } = server(new Response(body, { headers: { 'content-type': 'application/json' } }));
      await expect(client().login('admin', 'secret')).rejects.toThrow(NetworkError);
    },
  );
});

describe('a repetition', () => {
  const populate = { body: { gender: 'female', count: 1, country: 'MX' } } as const;

  it('of a POST carries the same key and body, and another call another key', async () => {
    const broken = new TypeError('fetch failed', { cause: new Error('ECONNRESET') });
    const answers = [broken, new Response('', { status: 502 }), json({ seed: '1' }), json({ seed: '2' })];
    const { requests, client } = server(...answers);
    const lab = client();
    expect(await lab.post('/api/v1/populate', populate)).toEqual({ seed: '1' });
    await lab.post('/api/v1/populate', populate);
    const keys = requests.map((request) => request.headers.get('idempotency-key'));
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys[3]).not.toBe(keys[2]);
    expect(await Promise.all(requests.map((request) => request.json()))).toEqual(
      Array(4).fill(populate.body),
    );
  });

  it('waits for the first of two that came through both', async () => {
    const { requests, client } = server(
      new TypeError('fetch failed', { cause: new Error('ECONNRESET') }),
      problem(409, 'idempotency_key_in_use'),
      json({ seed: '1' }),
    );
    expect(await client().post('/api/v1/populate', populate)).toEqual({ seed: '1' });
    expect(requests).toHaveLength(3);
  });

  it('waits as long as Retry-After says', async () => {
    const { requests, client } = server(json({}, 429, { 'retry-after': '1' }), json(JOB));
    const started = performance.now();
    await client().get('/api/v1/jobs/{id}', path);
    expect(performance.now() - started).toBeGreaterThan(950);
    expect(requests).toHaveLength(2);
  });

  it('does not wait longer than it should', async () => {
    const { requests, client } = server(json({}, 429, { 'retry-after': '3600' }));
    await expect(client().get('/api/v1/jobs/{id}', path)).rejects.toMatchObject({ status: 429 });
    expect(requests).toHaveLength(1);
  });

  it('ends, and says what was wrong', async () => {
    const broken = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:9') });
    const { requests, client } = server(...Array.from({ length: 9 }, () => broken));
    const call = client({ retry: { delay: 1, retries: 2 } }).get('/api/v1/jobs/{id}', path);
    await expect(call).rejects.toThrow(NetworkError);
    await expect(call).rejects.toThrow('http://lab.test cannot be reached: connect ECONNREFUSED 127.0.0.1:9');
    expect(requests).toHaveLength(3);
  });

  it('is not made of a considered refusal', async () => {
    const { requests, client } = server(
      problem(503, 'file_unusable'),
      problem(500, 'internal'),
      problem(409, 'job_finished'),
    );
    await expect(client().get('/api/v1/jobs/{id}', path)).rejects.toMatchObject({ code: 'file_unusable' });
    await expect(client().get('/api/v1/jobs/{id}', path)).rejects.toMatchObject({ code: 'internal' });
    await expect(client().get('/api/v1/jobs/{id}', path)).rejects.toMatchObject({ code: 'job_finished' });
    expect(requests).toHaveLength(3);
  });

  it('stops with the signal', async () => {
    const { client } = server(json({}, 429, { 'retry-after': '30' }));
    const signal = AbortSignal.timeout(20);
    const call = client().get('/api/v1/jobs/{id}', { ...path, signal });
    await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

/** Answers to one token only. */
const guarded =
  (token: string, body: object) =>
  (request: Request): Response =>
    request.headers.get('authorization') === `Bearer ${token}` ? json(body) : problem(401, 'token_invalid');

describe('a session', () => {
  it('logs in with the first call, once', async () => {
    const { requests, client } = server(json(TOKENS), guarded('a1', JOB), guarded('a1', JOB));
    const credentials = { username: 'u', password: 'p' };
    const lab = client({ token: undefined, credentials, headers: { 'x-program': 'mine' } });
    await Promise.all([lab.get('/api/v1/jobs/{id}', path), lab.get('/api/v1/jobs/{id}', path)]);
    expect(requests.map(({ headers }) => headers.get('x-program'))).toEqual(['mine', 'mine', 'mine']);
    expect(requests.map((request) => new URL(request.url).pathname)).toEqual([
      '/api/v1/auth/login',
      '/api/v1/jobs/j',
      '/api/v1/jobs/j',
    ]);
  });

  it('renews an expired token and tells who keeps it', async () => {
    const renewed = { ...TOKENS, access_token: 'a2', refresh_token: 'r2' };
    const { requests, client } = server(guarded('a2', JOB), json(renewed), guarded('a2', JOB));
    const kept: object[] = [];
    const lab = client({ token: undefined, tokens: TOKENS, onTokens: (tokens) => void kept.push(tokens) });
    expect(await lab.get('/api/v1/jobs/{id}', path)).toEqual(JOB);
    expect(requests[1]?.headers.get('authorization')).toBe('Bearer r1');
    expect(kept).toEqual([renewed]);
  });

  it('gives up when the server refuses the refresh token too', async () => {
    const { requests, client } = server(problem(401, 'token_invalid'), problem(401, 'token_invalid'));
    const call = client({ token: undefined, tokens: TOKENS }).get('/api/v1/jobs/{id}', path);
    await expect(call).rejects.toMatchObject({ status: 401 });
    expect(requests).toHaveLength(2);
  });

  it('with a token of somebody else’s has nothing to renew', async () => {
    const { requests, client } = server(problem(401, 'token_invalid'));
    await expect(client().get('/api/v1/jobs/{id}', path)).rejects.toMatchObject({ status: 401 });
    expect(requests).toHaveLength(1);
  });
});

/** What keeps their tokens, and lets one of them renew at a time. */
function keeper(kept: Tokens | undefined) {
  let turn: Promise<unknown> = Promise.resolve();
  const lock = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work);
    turn = mine;
    return mine;
  };
  return {
    shared: { lock, read: () => Promise.resolve(kept) },
    onTokens: (tokens: Tokens) => void (kept = tokens),
  };
}

describe('a session that several clients share', () => {
  const NEXT = { ...TOKENS, access_token: 'a2', refresh_token: 'r2' };
  it('is renewed by one of them', async () => {
    let refreshes = 0;
    const any = (request: Request): Response => {
      const { pathname } = new URL(request.url);
      if (pathname !== '/api/v1/auth/refresh') return guarded('a2', JOB)(request);
      refreshes += 1;
      return request.headers.get('authorization') === 'Bearer r1' && refreshes === 1
        ? json(NEXT)
        : problem(401, 'token_invalid');
    };
    const { client } = server(...Array.from({ length: 30 }, () => any));
    const shared = keeper(TOKENS);
    const labs = Array.from({ length: 5 }, () => client({ token: undefined, tokens: TOKENS, ...shared }));
    const jobs = await Promise.all(labs.map((lab) => lab.get('/api/v1/jobs/{id}', path)));
    expect(jobs).toEqual(jobs.map(() => JOB));
    expect(refreshes).toBe(1);
  });

  it('is renewed too when what another got has expired in the meantime', async () => {
    const last = { ...TOKENS, access_token: 'a3', refresh_token: 'r3' };
    const { requests, client } = server(
      guarded('a3', JOB),
      guarded('a3', JOB),
      (request) =>
        request.headers.get('authorization') === 'Bearer r2' ? json(last) : problem(401, 'token_invalid'),
      guarded('a3', JOB),
    );
    const lab = client({ token: undefined, tokens: TOKENS, ...keeper(NEXT) });
    expect(await lab.get('/api/v1/jobs/{id}', path)).toEqual(JOB);
    expect(requests).toHaveLength(4);
  });

  it('is not renewed after somebody has left it', async () => {
    const { requests, client } = server(problem(401, 'token_invalid'));
    const call = client({ token: undefined, tokens: TOKENS, ...keeper(undefined) });
    await expect(call.get('/api/v1/jobs/{id}', path)).rejects.toMatchObject({ status: 401 });
    expect(requests).toHaveLength(1);
  });
});

describe('a list', () => {
  it('is walked to its end', async () => {
    const { requests, client } = server(
      json({ synthetic: true, drafts: [{ id: '1' }, { id: '2' }], next_cursor: 'c 1' }),
      json({ synthetic: true, drafts: [{ id: '3' }], next_cursor: null }),
    );
    const ids: string[] = [];
    const list = client().items('/api/v1/content/drafts', { params: { query: { template: 'x', limit: 2 } } });
    for await (const draft of list) ids.push(draft.id);
    expect(ids).toEqual(['1', '2', '3']);
    expect(requests.map((request) => new URL(request.url).search)).toEqual([
      '?template=x&limit=2',
      '?template=x&limit=2&cursor=c%201',
    ]);
  });
});

/** A stream of events, as the server writes them. */
function events(...lines: string[]): Response {
  return new Response(lines.join(''), { headers: { 'content-type': 'text/event-stream' } });
}

describe('events', () => {
  it('come with position, type and data, and go on after a broken connection', async () => {
    const { requests, client } = server(
      events(': hello\n\n', 'id: 7\nevent: job.progress\ndata: {"done":1}\n\n'),
      events('id: 8\nevent: job.completed\ndata: {"done":2}\n\n'),
    );
    const stop = new AbortController();
    const seen: unknown[] = [];
    for await (const event of client().events(['jobs.j', 'runs.*'], { after: '6', signal: stop.signal })) {
      seen.push(event);
      if (event.id === '8') stop.abort();
    }
    expect(seen).toEqual([
      { id: '7', type: 'job.progress', data: { done: 1 } },
      { id: '8', type: 'job.completed', data: { done: 2 } },
    ]);
    const queries = requests.map((request) => new URL(request.url).searchParams);
    expect(queries.map((query) => [query.get('topics'), query.get('after')])).toEqual([
      ['jobs.j,runs.*', '6'],
      ['jobs.j,runs.*', '7'],
    ]);
  });

  it('are not what the server says of the stream itself', async () => {
    const { client } = server(
      events('id: 7\nevent: a\ndata: {}\n\nevent: end\ndata: {"reason":"shutdown"}\n\n'),
      events('id: 8\nevent: b\ndata: {}\n\n'),
    );
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const { id } of client().events(['jobs.*'], { signal: stop.signal })) {
      seen.push(id);
      if (id === '8') stop.abort();
    }
    expect(seen).toEqual(['7', '8']);
  });

  it('go on however often the connection breaks before one comes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const clock = setInterval(() => vi.advanceTimersByTime(500), 1);
    const broken = Array.from(
      { length: 8 },
      () =>
        new Response(new ReadableStream({ pull: (body) => body.error(new TypeError('terminated')) }), {
          headers: { 'content-type': 'text/event-stream' },
        }),
    );
    const { client } = server(...broken, events('id: 8\nevent: b\ndata: {}\n\n'));
    try {
      expect((await client().events(['jobs.*']).next()).value).toMatchObject({ id: '8' });
    } finally {
      clearInterval(clock);
      vi.useRealTimers();
    }
  });

  it('that the server refuses are refused', async () => {
    const { client } = server(problem(403, 'permission_denied'));
    await expect(client().events(['jobs.*']).next()).rejects.toMatchObject({ code: 'permission_denied' });
  });
});

/** A server whose job goes on with every look; its events are one that comes at once, or none. */
function worker(stream: () => Response) {
  const statuses = ['queued', 'running', 'failed'];
  return createClient({
    baseUrl: 'http://lab.test',
    token: 't',
    retry: { delay: 1 },
    fetch: (request) =>
      Promise.resolve(
        request.url.includes('/events') ? stream() : json({ ...JOB, status: statuses.shift() ?? 'failed' }),
      ),
  });
}

describe('following a job', () => {
  it.each([
    ['with events', () => events('id: 1\nevent: job.progress\ndata: {}\n\n')],
    ['without events', () => problem(404, 'route_not_found')],
  ])('shows every look and ends with the job, %s', async (_, stream) => {
    const seen: string[] = [];
    const job = await worker(stream).followJob('j', { onProgress: ({ status }) => void seen.push(status) });
    expect(job.status).toBe('failed');
    expect(seen).toEqual(['queued', 'running', 'failed']);
  });

  it('stops with the signal', async () => {
    const { client } = server(
      ...Array.from(
        { length: 50 },
        () => (request: Request) =>
          request.url.includes('/events') ? problem(404, 'route_not_found') : json(JOB),
      ),
    );
    const call = client().followJob('j', { signal: AbortSignal.timeout(80) });
    await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('a download', () => {
  it('is a stream with a name, a type and a size', async () => {
    const headers = {
      'content-type': 'text/csv',
      'content-length': '5',
      'content-disposition': 'attachment; filename="run-1-a.csv"',
      etag: '"x"',
    };
    const { requests, client } = server(new Response('a,b\r\n', { headers }));
    const { body, ...rest } = await client().download('/api/v1/runs/1/files/a.csv');
    expect(rest).toEqual({ mediaType: 'text/csv', size: 5, fileName: 'run-1-a.csv', etag: '"x"' });
    expect(await new Response(body).text()).toBe('a,b\r\n');
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer t');
  });

  it('by a signed URL takes no token along', async () => {
    const { requests, client } = server(new Response('x'));
    const { body } = await client().download('https://blobs.test/a.csv?signature=s');
    expect(await new Response(body).text()).toBe('x');
    expect(requests[0]?.url).toBe('https://blobs.test/a.csv?signature=s');
    expect(requests[0]?.headers.get('authorization')).toBeNull();
  });
});
