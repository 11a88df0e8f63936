import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, fetch as send, type buildConnector } from 'undici';
import type { WebSocket } from 'ws';
import type { AllowList } from './allow-list.js';
import { EgressError } from './egress.errors.js';
import { asHttp, openSocket } from './egress-socket.js';
import { exchangeOf, locationOf, redirected, type EgressRequest, type Exchange } from './exchange.js';
import { guardedConnector, type Resolve, type TlsPapers } from './guarded-connector.js';
import { limitedResponse } from './limited-response.js';
import { backoff, isRepeatable, waitAfter } from './repetition.js';

const MAX_REDIRECTS = 3;
const MAX_HEADER_BYTES = 16_384;
const KEEP_ALIVE_MS = 4_000;

/** What a purpose grants a server. */
export interface ChannelLimits {
  /** Milliseconds for everything, repetitions and the body included. */
  timeoutMs: number;
  /** The largest body that is read, decompressed. */
  maxBytes: number;
  /** How often a request is sent again that may be. */
  retries: number;
  /** Connections to a server at once; further requests wait for one. */
  connections: number;
}

/** What came of a request: the status, or the code of an error. */
export type Tell = (
  exchange: { method: string; origin: string },
  outcome: { status: number } | Error,
  ms: number,
) => void;

/** Outgoing requests of one purpose. Connections are its own, since purposes may go to different places. */
export class EgressChannel {
  private readonly agent: Agent;
  private readonly connector: buildConnector.connector;
  private readonly sockets = new Set<WebSocket>();

  constructor(
    private readonly list: AllowList,
    private readonly limits: ChannelLimits,
    private readonly tell: Tell,
    { resolve, ...papers }: { resolve: Resolve } & TlsPapers,
  ) {
    this.connector = guardedConnector(list, resolve, papers);
    this.agent = new Agent({
      connect: this.connector,
      connections: limits.connections,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: limits.timeoutMs,
      bodyTimeout: limits.timeoutMs,
    });
  }

  /**
   * Asks a server that is listed, like `fetch`, which it can stand in for. Idempotent requests, and those with an
   * `Idempotency-Key`, are sent again after a broken connection, 429, 502, 503 and 504. At most three redirects are
   * followed, each only to where the first request could have gone.
   * @returns an answer of any status; reading its body ends with an `EgressError` beyond the limits
   * @throws EgressError `egress_unlisted`, `egress_address`, `egress_redirect`, `egress_invalid` (not asked),
   *   `egress_failed`, `egress_timeout`, `egress_too_large`; or the reason of the caller's signal
   */
  readonly fetch = async (address: string | URL, request: EgressRequest = {}): Promise<Response> => {
    const exchange = exchangeOf(address, request);
    const started = performance.now();
    const told = (outcome: Response | Error): void =>
      this.tell(
        { method: exchange.method, origin: exchange.url.origin },
        outcome,
        performance.now() - started,
      );
    try {
      const response = await this.repeat(exchange, new Deadline(this.limits.timeoutMs, request.signal), told);
      told(response);
      return response;
    } catch (error) {
      if (error instanceof EgressError) told(error);
      throw error;
    }
  };

  /**
   * Opens a WebSocket to a server that is listed, as http or https. Messages beyond the limit end it.
   * @throws EgressError `egress_unlisted`, `egress_address` (not asked), `egress_failed`, `egress_timeout`
   */
  async open(address: string | URL): Promise<WebSocket> {
    const url = asHttp(address);
    const started = performance.now();
    const told = (outcome: { status: number } | Error): void =>
      this.tell({ method: 'GET', origin: url.origin }, outcome, performance.now() - started);
    try {
      if (!this.list.lists(url)) throw EgressError.unlisted(url.origin);
      const { connector, limits } = this;
      const socket = await openSocket(url, { connector, ...limits });
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
      told({ status: 101 });
      return socket;
    } catch (error) {
      if (error instanceof EgressError) told(error);
      throw error;
    }
  }

  /** Ends its connections, those in use too. */
  close(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    return this.agent.destroy();
  }

  private async repeat(
    exchange: Exchange,
    deadline: Deadline,
    told: (error: Error) => void,
  ): Promise<Response> {
    const retries = isRepeatable(exchange) ? this.limits.retries : 0;
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt >= retries;
      let wait: number | undefined;
      try {
        const response = await this.follow(exchange, deadline, told);
        wait = last ? undefined : waitAfter(response, attempt);
        if (wait === undefined || wait > deadline.left) return response;
        await response.body?.cancel();
      } catch (error) {
        if (last || !(error instanceof EgressError) || error.code !== 'egress_failed') throw error;
        wait = backoff(attempt);
        if (wait > deadline.left) throw error;
      }
      await sleep(wait, undefined, { signal: deadline.signal }).catch((error: unknown) => {
        throw deadline.explain(error, exchange.url.origin);
      });
    }
  }

  private async follow(first: Exchange, deadline: Deadline, told: (error: Error) => void): Promise<Response> {
    let exchange = first;
    for (let redirects = 0; ; redirects += 1) {
      const { url } = exchange;
      const explain = (error: unknown): unknown => deadline.explain(error, url.origin);
      const response = await this.send(exchange, deadline.signal).catch((error: unknown) => {
        throw explain(error);
      });
      const location = locationOf(response);
      if (location === undefined) {
        const explainBody = (error: unknown): unknown => {
          const reason = explain(error);
          if (reason instanceof EgressError) told(reason);
          return reason;
        };
        const limits = { origin: url.origin, maxBytes: this.limits.maxBytes, explain: explainBody };
        return limitedResponse(response, url.href, limits);
      }
      await response.body?.cancel();
      if (redirects === MAX_REDIRECTS) {
        throw EgressError.redirect(url.origin, `there were ${MAX_REDIRECTS} already`);
      }
      exchange = redirected(exchange, response.status, location);
    }
  }

  private async send({ url, method, headers, body }: Exchange, signal: AbortSignal): Promise<Response> {
    if (!this.list.lists(url)) throw EgressError.unlisted(url.origin);
    return send(url, {
      method,
      headers: [...headers],
      body,
      signal,
      redirect: 'manual',
      dispatcher: this.agent,
    });
  }
}

/** The time that a request has, and the caller's wish to end it. */
class Deadline {
  readonly signal: AbortSignal;
  private readonly ends: number;
  private readonly timeout: AbortSignal;

  constructor(
    private readonly timeoutMs: number,
    private readonly wish: AbortSignal | null | undefined,
  ) {
    this.ends = performance.now() + timeoutMs;
    this.timeout = AbortSignal.timeout(timeoutMs);
    this.signal = wish ? AbortSignal.any([this.timeout, wish]) : this.timeout;
  }

  /** Milliseconds that are left. */
  get left(): number {
    return this.ends - performance.now();
  }

  /** What an error of undici comes from: a refusal of the connector, the end of the time, the caller, or the network. */
  explain(error: unknown, origin: string): unknown {
    const chain = causesOf(error);
    const refusal = chain.find((cause) => cause instanceof EgressError);
    if (refusal !== undefined) return refusal;
    if (this.wish?.aborted === true) return this.wish.reason;
    if (this.timeout.aborted) return EgressError.timeout(origin, this.timeoutMs);
    const code = chain.map((cause) => (cause as NodeJS.ErrnoException).code).findLast(isText);
    return EgressError.failed(origin, code ?? 'the connection broke off', error);
  }
}

function causesOf(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
