import createFetchClient, { type Client as FetchClient, type MaybeOptionalInit } from 'openapi-fetch';
import { ApiError, StrangeAnswerError } from './api-error.js';
import { jsonOf, textOf, watched, type Reading } from './bodies.js';
import { streamEvents, type ApiEvent, type EventsOptions } from './events.js';
import { followJob, type FollowOptions, type Job } from './jobs.js';
import type { paths } from './schema.js';
import { Session, type Identity, type Tokens } from './session.js';
import { sendSafely, type RetryPolicy, type Send, type SendingPolicy } from './transport.js';
import type { Call, Data, InitOf, Item, ListPath, Method, Page } from './types.js';

export interface ClientOptions extends Identity {
  /** Where the server is, e.g. `https://lab.example`, without `/api`. */
  baseUrl: string;
  /** Sends a request; the platform's `fetch` unless given. */
  fetch?: Send;
  /** Called with the tokens of every log-in and renewal, for who keeps them. */
  onTokens?: (tokens: Tokens) => void | Promise<void>;
  retry?: Partial<RetryPolicy>;
  /**
   * Milliseconds for an answer to begin, for one that is no stream to be complete, and between two pieces of a file;
   * 60 s unless given, `Infinity` for no end.
   */
  timeoutMs?: number;
  /** Headers of every request. */
  headers?: Record<string, string>;
}

const POLICY: SendingPolicy = { retries: 4, delay: 250, longest: 60_000, timeoutMs: 60_000 };

const EVENT_STREAM = 'text/event-stream';

interface ListInit {
  params?: { query?: object | undefined };
}

/** Whether the server and what it depends on answer. */
export interface Health {
  status: string;
  /** What was checked, by name; `up` is well. */
  details: Record<string, { status: string; message?: string }>;
}

/** A file as it comes. */
export interface Download {
  body: ReadableStream<Uint8Array>;
  mediaType: string;
  /** Bytes; absent when the server does not say. */
  size: number | undefined;
  /** The name that the server suggests. */
  fileName: string | undefined;
  etag: string | undefined;
}

/** The Azt3kNet API. Every call throws {@link ApiError} or NetworkError where it does not succeed. */
export class Client {
  readonly get: Call<'get'> = (path, ...init) => this.call('get', path, init);
  readonly post: Call<'post'> = (path, ...init) => this.call('post', path, init);
  readonly put: Call<'put'> = (path, ...init) => this.call('put', path, init);
  readonly patch: Call<'patch'> = (path, ...init) => this.call('patch', path, init);
  readonly delete: Call<'delete'> = (path, ...init) => this.call('delete', path, init);

  /** The client below, for who needs the response too, such as its `ETag`. */
  readonly http: FetchClient<paths>;

  private readonly baseUrl: string;
  private readonly fetch: Send;
  private readonly session: Session;
  private readonly policy: SendingPolicy;
  private readonly headers: Record<string, string>;

  constructor({ baseUrl, fetch, onTokens, retry, timeoutMs, headers, ...identity }: ClientOptions) {
    this.baseUrl = baseUrl.replace(/\/+$/, '');
    this.fetch = fetch ?? ((request) => globalThis.fetch(request));
    this.policy = { ...POLICY, ...retry, ...(timeoutMs !== undefined && { timeoutMs }) };
    this.headers = headers ?? {};
    const send: Send = (request) => sendSafely(this.withHeaders(request), this.fetch, this.policy);
    const keep = onTokens ?? (() => undefined);
    this.session = new Session(this.baseUrl, identity, send, this.policy.timeoutMs, keep);
    this.http = createFetchClient<paths>({
      baseUrl: this.baseUrl,
      fetch: async (request) => this.watch(request, await this.send(request)),
      // Lists in a query are separated by commas.
      querySerializer: { array: { style: 'form', explode: false } },
    });
  }

  /**
   * Logs in; later calls are this user's.
   * @param totpCode what the authenticator shows, where one is enrolled
   * @throws ApiError `login_failed`, `totp_required`, `totp_wrong`
   */
  login(username: string, password: string, totpCode?: string): Promise<Tokens> {
    return this.session.login(username, password, totpCode);
  }

  /** The pages of a list, from `query.cursor` or the first, to the last. */
  pages<Path extends ListPath, Init extends MaybeOptionalInit<paths[Path], 'get'>>(
    path: Path,
    ...init: InitOf<Init>
  ): AsyncGenerator<Data<Path, 'get'>> {
    return this.turnPages(path, init[0]);
  }

  /** Everything that a list has, page by page. */
  async *items<Path extends ListPath, Init extends MaybeOptionalInit<paths[Path], 'get'>>(
    path: Path,
    ...init: InitOf<Init>
  ): AsyncGenerator<Item<Path>> {
    for await (const page of this.turnPages(path, init[0])) {
      const items: unknown = Object.values(page as object).find((value) => Array.isArray(value));
      if (items === undefined) throw new StrangeAnswerError(this.baseUrl);
      yield* items as Item<Path>[];
    }
  }

  /** Waits until a job is finished, whichever way, and answers with it. An abort stops the waiting and not the job. */
  followJob(id: string, options: FollowOptions = {}): Promise<Job> {
    const source = {
      job: async (job: string, signal: AbortSignal | undefined) => {
        const init = { params: { path: { id: job } }, ...(signal && { signal }) };
        const found = await this.get('/api/v1/jobs/{id}', init);
        // What has no status would be asked for without end.
        if (typeof found?.status !== 'string') throw new StrangeAnswerError(this.baseUrl);
        return found;
      },
      events: (topic: string, signal: AbortSignal) => this.events([topic], { signal }),
    };
    return followJob(source, id, options);
  }

  /** What happens in these topics, e.g. `jobs.*`, until the signal is given. */
  events(topics: readonly string[], options: EventsOptions = {}): AsyncGenerator<ApiEvent> {
    const { signal } = options;
    const open = async (after: string | undefined): Promise<Response> => {
      const query = new URLSearchParams({ topics: topics.join(','), ...(after !== undefined && { after }) });
      const url = `${this.baseUrl}/api/v1/events?${query.toString()}`;
      const request = new Request(url, { headers: { accept: EVENT_STREAM }, ...(signal && { signal }) });
      const response = await this.send(request);
      if (response.headers.get('Content-Type')?.startsWith(EVENT_STREAM) === true)
        return this.watch(request, response, Infinity);
      response.body?.cancel().catch(() => undefined);
      throw new StrangeAnswerError(url);
    };
    return streamEvents(open, options);
  }

  /** Whether the server and what it depends on answer; a server that does not feel well says so and is no error. */
  async health(): Promise<Health> {
    const request = new Request(`${this.baseUrl}/healthz`);
    const response = await sendSafely(request, this.fetch, { ...this.policy, retries: 0 });
    const text = await textOf(response, this.reading(request));
    const health = healthIn(text);
    if (health !== undefined) return health;
    if (response.ok) throw new StrangeAnswerError(request.url);
    throw ApiError.of(response, text);
  }

  /**
   * A file by what an answer gave in `links` or `href`, as a stream. A path is the API's; a URL, such as one that is signed
   * for a while, is taken as it is, and told nothing about who asks.
   * @param options `accept`: the media type that is wanted, where there is a choice
   */
  async download(
    path: string,
    { signal, accept }: { signal?: AbortSignal; accept?: string } = {},
  ): Promise<Download> {
    const init = { ...(signal && { signal }), ...(accept !== undefined && { headers: { accept } }) };
    // What is signed is told nothing about who asks.
    const own = !URL.canParse(path);
    const request = new Request(own ? `${this.baseUrl}${path}` : path, init);
    const response = await (own ? this.send(request) : this.sendAsIs(request));
    const { headers } = response;
    const size = headers.get('Content-Length');
    return {
      body: this.watch(request, response).body ?? new Blob().stream(),
      mediaType: headers.get('Content-Type') ?? 'application/octet-stream',
      size: size === null ? undefined : Number(size),
      fileName: /filename="([^"]+)"/.exec(headers.get('Content-Disposition') ?? '')?.[1],
      etag: headers.get('ETag') ?? undefined,
    };
  }

  private async sendAsIs(request: Request): Promise<Response> {
    return this.success(request, await sendSafely(request, this.fetch, this.policy));
  }

  /** @throws ApiError when the answer is no success */
  private async success(request: Request, response: Response): Promise<Response> {
    if (response.ok) return response;
    throw ApiError.of(response, await textOf(response, this.reading(request)).catch(() => ''));
  }

  private reading(request: Request): Reading {
    return { request, timeoutMs: this.policy.timeoutMs };
  }

  /** An answer that breaks with a NetworkError, also where nothing comes for so long. */
  private watch(request: Request, response: Response, timeoutMs = this.policy.timeoutMs): Response {
    const { body, status, statusText, headers } = response;
    if (body === null) return response;
    return new Response(watched(body, { request, timeoutMs }), { status, statusText, headers });
  }

  private async *turnPages<Path extends ListPath>(
    path: Path,
    init: ListInit | undefined,
  ): AsyncGenerator<Data<Path, 'get'>> {
    let query = init?.params?.query;
    for (;;) {
      const page = await this.call<Path, 'get', object>('get', path, [
        { ...init, params: { ...init?.params, query } },
      ]);
      yield page;
      const { next_cursor: cursor } = page as unknown as Page;
      if (cursor === null) return;
      // Without a cursor the first page would be asked for without end.
      if (typeof cursor !== 'string') throw new StrangeAnswerError(this.baseUrl);
      query = { ...query, cursor };
    }
  }

  private async call<Path extends keyof paths, M extends Method, Init>(
    method: M,
    path: Path,
    init: readonly unknown[],
  ): Promise<Data<Path, M, Init>> {
    // The types of a call were checked where it was made.
    const request = this.http.request as unknown as (
      method: M,
      path: Path,
      init: object,
    ) => Promise<{ data?: unknown }>;
    let data: unknown;
    const { parseAs } = (init[0] ?? {}) as { parseAs?: string };
    const fetch: Send = async (sent) => {
      if (parseAs === 'text') {
        data = await textOf(await this.send(sent), this.reading(sent));
        return new Response(null, { status: 204 });
      }
      data = await jsonOf(await this.send(sent), this.reading(sent));
      // Every answer of the API is an object.
      if (data !== undefined && (typeof data !== 'object' || data === null || Array.isArray(data))) {
        throw new StrangeAnswerError(sent.url);
      }
      return new Response(null, { status: 204 });
    };
    await request(method, path, { ...(init[0] as object | undefined), fetch });
    return data as Data<Path, M, Init>;
  }

  private withHeaders(request: Request): Request {
    for (const [name, value] of Object.entries(this.headers)) request.headers.set(name, value);
    return request;
  }

  /** Adds who calls and what makes a repetition safe; renews tokens when they are refused. @throws ApiError */
  private async send(request: Request): Promise<Response> {
    const { headers } = this.withHeaders(request);
    if (request.method === 'POST' && !headers.has('Idempotency-Key')) {
      headers.set('Idempotency-Key', crypto.randomUUID());
    }
    for (let { renewals } = this.session; ; renewals -= 1) {
      const authorization = await this.session.authorization();
      if (authorization !== undefined) headers.set('Authorization', authorization);
      const response = await sendSafely(request.clone(), this.fetch, this.policy);
      const refused = response.status === 401 && renewals > 0;
      if (!refused || !(await this.session.renew(authorization))) return this.success(request, response);
      await response.body?.cancel();
    }
  }
}

function healthIn(text: string): Health | undefined {
  try {
    const { status, details } = JSON.parse(text) as Partial<Health>;
    const checks: unknown[] = Object.values(details ?? [undefined]);
    const whole = checks.every((check) => typeof (check as { status?: unknown } | null)?.status === 'string');
    return status !== undefined && details !== undefined && whole ? { status, details } : undefined;
  } catch {
    return undefined;
  }
}

/** A client of the server at `baseUrl`. */
export function createClient(options: ClientOptions): Client {
  return new Client(options);
}
