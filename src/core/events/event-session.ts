import type { PinoLogger } from 'nestjs-pino';
import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import { AppError } from '../errors/index.js';
import { problemOf, readInput, type Authenticator, type Caller, type Permission } from '../http/index.js';
import { RateLimitedError, type RateLimits } from '../rate-limit/index.js';
import type { EventStream } from './event-stream.js';
import { TooManyStreamsError } from './events.errors.js';
import type { OpenStreams, StreamEnd } from './open-streams.js';

/** What a client may say. */
export const clientMessage = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('authenticate'), token: z.string().max(8_192) }),
  z.strictObject({
    action: z.literal('subscribe'),
    topics: z.array(z.string().max(150)).min(1).max(100),
    after: z
      .string()
      .regex(/^\d{1,18}$/, 'must be the position of an event: a whole number')
      .optional(),
  }),
  z.strictObject({ action: z.literal('unsubscribe') }),
  z.strictObject({ action: z.literal('ping') }),
]);
type ClientMessage = z.infer<typeof clientMessage>;

/** Why the server closes, as codes of the protocol. */
export const CLOSE_CODES = {
  shutdown: [1001, 'the server stops; connect again'],
  malformed: [4400, 'messages are JSON texts'],
  unauthenticated: [4401, 'no valid access token'],
  expired: [4401, 'the access token has expired'],
  revoked: [4401, 'the access token, or the right to listen, was revoked'],
  stranger: [4403, 'pages of this origin may not ask'],
  tooMany: [4429, 'too many connections or messages'],
  slow: [4408, 'events were not taken in time; connect again with the last position'],
} as const;

/** How long a client has to say who it is, in milliseconds. */
const GREETING_MS = 5_000;
const PING_MS = 20_000;
/** Bytes that may wait to be sent; above, the log is left to wait. */
const BUFFER_MAX = 1_048_576;
/** How long a client may leave a full buffer, in milliseconds. */
const DRAIN_MS = 30_000;
const DRAIN_STEP_MS = 20;
/** How long a client has to agree to the end, in milliseconds. */
const CLOSE_MS = 1_000;
/** Messages and pings that a client may send in a second, whatever its budget. */
const MESSAGES_MAX = 20;

export interface SessionServices {
  stream: EventStream;
  streams: OpenStreams;
  authenticator: Authenticator;
  limits: RateLimits;
  logger: PinoLogger;
}

/** A client of whom it is not known yet who it is. */
export interface Stranger {
  address: string;
  /** To be called when it is known. */
  known(): void;
}

/** Closes a connection; who does not agree to that is not waited for. */
export function closeSocket(socket: WebSocket, why: keyof typeof CLOSE_CODES): void {
  const [code, reason] = CLOSE_CODES[why];
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), CLOSE_MS).unref();
}

/** One client of the WebSocket. */
export class EventSession {
  private credential: string | undefined;
  private listened: Iterable<Permission> = [];
  private connection: { signal: AbortSignal; close: () => void } | undefined;
  private subscription: AbortController | undefined;
  private messages = 0;
  private answered = true;
  private giveBack: () => void = () => {};
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly socket: WebSocket,
    private readonly services: SessionServices,
    private readonly stranger: Stranger,
  ) {}

  /** @param token from the request, if it had one */
  start(token: string | undefined): void {
    const greeting = setTimeout(() => this.close('unauthenticated'), GREETING_MS);
    const heartbeat = setInterval(() => this.beat(), PING_MS);
    const second = setInterval(() => {
      this.messages = 0;
    }, 1_000);
    this.socket.on('pong', () => {
      this.answered = true;
    });
    this.socket.on('close', () => {
      for (const timer of [greeting, heartbeat, second]) clearTimeout(timer);
      this.subscription?.abort();
      this.connection?.close();
    });
    this.socket.on('message', (data, isBinary) => {
      if (this.mayGoOn()) this.next(() => this.hear(data, isBinary, greeting));
    });
    // Answered here and not by the library, which would do so without end and for whoever takes no answer.
    this.socket.on('ping', (data: Buffer) => {
      if (this.mayGoOn()) this.socket.pong(data);
    });
    this.next(() => this.enter());
    if (token !== undefined) this.next(() => this.authenticate(token, greeting));
  }

  /** Counts the connection for its address, which it is given back when it is known who calls. */
  private async enter(): Promise<void> {
    try {
      this.giveBack = await this.services.limits.admitConnection(this.stranger.address);
    } catch (error) {
      if (!(error instanceof RateLimitedError)) throw error;
      this.close('tooMany');
    }
  }

  /** Counts what the client sends; who sends too much, or takes nothing, is cut off. */
  private mayGoOn(): boolean {
    if (this.socket.readyState !== this.socket.OPEN) return false;
    this.messages += 1;
    if (this.messages <= MESSAGES_MAX) return true;
    this.close('tooMany');
    return false;
  }

  /** One message after the other: a subscription needs the login before it. */
  private next(work: () => Promise<void>): void {
    this.queue = this.queue.then(work).catch((error: unknown) => {
      if (error instanceof AppError) this.send({ type: 'error', problem: problemOf(error) });
      else {
        this.services.logger.error({ err: error }, 'a message could not be answered');
        this.socket.close(1011, 'something went wrong on our side');
      }
    });
  }

  private async hear(data: RawData, isBinary: boolean, greeting: NodeJS.Timeout): Promise<void> {
    const value = isBinary ? undefined : jsonOf(data);
    if (value === undefined) return this.close('malformed');
    const message = readInput(clientMessage, value, 'message');
    if (message.action === 'authenticate') return this.authenticate(message.token, greeting);
    if (this.credential === undefined || this.connection === undefined) return this.close('unauthenticated');
    // Asked for every message: what was taken away meanwhile is gone.
    const caller = await this.known('authenticateAgain', this.credential);
    if (caller === undefined) return;
    await this.services.limits.admitCaller(caller);
    await this.obey(message, caller, this.connection.signal);
  }

  private async obey(
    message: Exclude<ClientMessage, { action: 'authenticate' }>,
    caller: Caller,
    ended: AbortSignal,
  ): Promise<void> {
    if (message.action === 'ping') return this.send({ type: 'pong' });
    if (message.action === 'unsubscribe') {
      this.subscription?.abort();
      this.listened = [];
      return this.send({ type: 'unsubscribed' });
    }
    const filter = this.services.streams.filter(caller, message.topics);
    this.listened = filter.permissions;
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, ended]);
    const after = message.after === undefined ? undefined : BigInt(message.after);
    const events = await this.services.stream.open(filter, after, signal);
    // A new subscription takes the place of the one before.
    this.subscription?.abort();
    this.subscription = abort;
    this.send({ type: 'subscribed', topics: message.topics });
    void this.tell(events, signal);
  }

  private async authenticate(token: string, greeting: NodeJS.Timeout): Promise<void> {
    const { limits, streams } = this.services;
    // Refused meanwhile.
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.connection?.close();
    try {
      const caller = await this.known('authenticate', token);
      if (caller === undefined) return;
      this.giveBack();
      this.giveBack = () => {};
      await limits.admitCaller(caller);
      const needs = (): Iterable<Permission> => this.listened;
      this.connection = streams.start({ caller, credential: token, address: this.stranger.address, needs });
      this.begin(caller, token, greeting);
    } catch (error) {
      if (error instanceof RateLimitedError || error instanceof TooManyStreamsError)
        return this.close('tooMany');
      throw error;
    }
  }

  /** Listens to the end of a connection that was admitted. */
  private begin(caller: Caller, token: string, greeting: NodeJS.Timeout): void {
    if (this.connection === undefined) return;
    clearTimeout(greeting);
    this.stranger.known();
    // A client that has gone meanwhile keeps no place.
    if (this.socket.readyState !== this.socket.OPEN) return this.connection.close();
    this.credential = token;
    const { signal } = this.connection;
    signal.addEventListener('abort', () => {
      if (typeof signal.reason === 'string') this.close(signal.reason as StreamEnd);
    });
    this.send({ type: 'authenticated', username: caller.username, expires_at: caller.expiresAt });
  }

  /** Who this is; undefined when the connection was closed because it is nobody. */
  private async known(
    ask: 'authenticate' | 'authenticateAgain',
    credential: string,
  ): Promise<Caller | undefined> {
    try {
      return await this.services.authenticator[ask](credential, this.stranger.address);
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== 'unauthenticated') throw error;
      this.close('unauthenticated');
      return undefined;
    }
  }

  private async tell(events: AsyncIterable<object>, signal: AbortSignal): Promise<void> {
    try {
      for await (const event of events) {
        if (signal.aborted) return;
        this.send({ type: 'event', event });
        if (!(await this.drained(signal))) return this.close('slow');
      }
    } catch (error) {
      this.services.logger.warn({ error: (error as Error).message }, 'a stream of events broke');
      this.socket.close(1011, 'something went wrong on our side');
    }
  }

  /** Waits for the client to take what was sent. */
  private async drained(signal: AbortSignal): Promise<boolean> {
    const until = Date.now() + DRAIN_MS;
    while (this.socket.bufferedAmount > BUFFER_MAX && !signal.aborted) {
      if (Date.now() > until) return false;
      await new Promise((resolve) => setTimeout(resolve, DRAIN_STEP_MS));
    }
    return true;
  }

  private beat(): void {
    if (!this.answered) this.socket.terminate();
    this.answered = false;
    this.socket.ping();
  }

  private send(message: object): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private close(why: keyof typeof CLOSE_CODES): void {
    closeSocket(this.socket, why);
  }
}

function jsonOf(data: RawData): unknown {
  try {
    return JSON.parse((data as Buffer).toString('utf8'));
  } catch {
    return undefined;
  }
}
