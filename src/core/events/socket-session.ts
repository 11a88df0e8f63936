import type { PinoLogger } from 'nestjs-pino';
import type { RawData, WebSocket } from 'ws';
import { AppError } from '../errors/index.js';
import { problemOf, type Authenticator, type Caller, type Permission } from '../http/index.js';
import { RateLimitedError, type RateLimits } from '../rate-limit/index.js';
import { TooManyStreamsError } from './events.errors.js';
import type { OpenStreams, StreamEnd } from './open-streams.js';

/** Why the server closes, as codes of the protocol. */
export const CLOSE_CODES = {
  shutdown: [1001, 'the server stops; connect again'],
  malformed: [4400, 'messages are JSON texts'],
  unauthenticated: [4401, 'no valid access token'],
  expired: [4401, 'the access token has expired'],
  revoked: [4401, 'the access token, or the right to listen, was revoked'],
  stranger: [4403, 'pages of this origin may not ask'],
  other: [4403, 'the token belongs to another user'],
  gone: [4404, 'there is no such conversation of yours'],
  off: [4403, 'the chat is switched off here (ENABLE_CONVERSATIONAL_AI)'],
  tooMany: [4429, 'too many connections or messages'],
  tooLong: [1009, 'messages have 16,384 bytes at most'],
  slow: [4408, 'events were not taken in time; connect again with the last position'],
} as const;
export type CloseReason = keyof typeof CLOSE_CODES;

/** How long a client has to say who it is, in milliseconds. */
const GREETING_MS = 5_000;
const PING_MS = 20_000;
/** Bytes that may wait to be sent; above, what is to be told is left to wait. */
const BUFFER_MAX = 1_048_576;
/** How long a client may leave a full buffer, in milliseconds. */
const DRAIN_MS = 30_000;
const DRAIN_STEP_MS = 20;
/** How long a client has to agree to the end, in milliseconds. */
const CLOSE_MS = 1_000;
/** Messages and pings that a client may send in a second, whatever its budget. */
const MESSAGES_MAX = 20;
/** Messages of a client that may wait for their turn; sound waits in the connection. */
const WAITING_MAX = 40;

/** What every session works with. */
export interface SocketServices {
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
export function closeSocket(socket: WebSocket, why: CloseReason): void {
  const [code, reason] = CLOSE_CODES[why];
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), CLOSE_MS).unref();
}

/** One client of a WebSocket: who it is, for how long, and how much it may say and leave unread. */
export abstract class SocketSession {
  private credential: string | undefined;
  private connection: { signal: AbortSignal; close: () => void } | undefined;
  private messages = 0;
  private sounds = 0;
  private waiting = 0;
  private soundsWaiting = 0;
  private answered = true;
  private giveBack: () => void = () => {};
  private queue: Promise<void> = Promise.resolve();
  private greeting: NodeJS.Timeout | undefined;

  constructor(
    protected readonly socket: WebSocket,
    protected readonly services: SocketServices,
    protected readonly stranger: Stranger,
  ) {}

  /** Does what a message asks for. */
  protected abstract hear(data: RawData, isBinary: boolean): Promise<void>;

  /** It is known who this is, for the first time or anew. @param credential the access token or key */
  protected abstract welcome(caller: Caller, credential: string): Promise<void> | void;

  /** The connection is gone. */
  protected abstract end(): void;

  /** What keeping the connection needs, now. */
  protected abstract needs(): Iterable<Permission>;

  /** Whether the connection may be this caller's; undefined: it may. */
  protected refusalOf(_caller: Caller): CloseReason | undefined {
    return undefined;
  }

  /** Binary messages that a client may send in a second besides the others; 0: they count like the others. */
  protected get soundsMax(): number {
    return 0;
  }

  /** Tells what was wrong with a message. */
  protected refuse(error: AppError): void {
    this.send({ type: 'error', problem: problemOf(error) });
  }

  /** @param token from the request, if it had one */
  start(token: string | undefined): void {
    this.greeting = setTimeout(() => this.close('unauthenticated'), GREETING_MS);
    const heartbeat = setInterval(() => this.beat(), PING_MS);
    const second = setInterval(() => {
      this.messages = 0;
      this.sounds = 0;
    }, 1_000);
    this.socket.on('pong', () => {
      this.answered = true;
    });
    this.socket.on('close', () => {
      for (const timer of [this.greeting, heartbeat, second]) clearTimeout(timer);
      this.end();
      this.connection?.close();
    });
    this.socket.on('message', (data, isBinary) => {
      if (isBinary && this.soundsMax > 0) this.takeSound(data);
      else if (this.mayGoOn()) this.next(() => this.hear(data, isBinary));
    });
    // Answered here and not by the library, which would do so without end and for whoever takes no answer.
    this.socket.on('ping', (data: Buffer) => {
      if (this.mayGoOn()) this.socket.pong(data);
    });
    this.next(() => this.enter());
    if (token !== undefined) this.next(() => this.authenticate(token));
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
    if (!this.isOpen) return false;
    this.messages += 1;
    if (this.messages <= MESSAGES_MAX && this.waiting <= WAITING_MAX) return true;
    this.close('tooMany');
    return false;
  }

  /** Nothing more is read from the client until its sound has been taken: what is too fast waits where it comes from. */
  private takeSound(data: RawData): void {
    if (!this.isOpen) return;
    this.sounds += 1;
    if (this.sounds > this.soundsMax) return this.close('tooMany');
    this.soundsWaiting += 1;
    this.socket.pause();
    this.queue = this.queue
      .then(() => this.hear(data, true))
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.soundsWaiting -= 1;
        if (this.soundsWaiting === 0) this.socket.resume();
      });
  }

  /** One message after the other: what is asked for needs the login before it. */
  private next(work: () => Promise<void>): void {
    this.waiting += 1;
    this.queue = this.queue
      .then(work)
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.waiting -= 1;
      });
  }

  private fail(error: unknown): void {
    if (error instanceof AppError) {
      this.refuse(error);
      return;
    }
    this.services.logger.error({ err: error }, 'a message could not be answered');
    this.socket.close(1011, 'something went wrong on our side');
  }

  /** Who says something, asked for every message: what was taken away meanwhile is gone. Undefined: the connection was closed. */
  protected async speaker(): Promise<Speaker | undefined> {
    const { credential, connection } = this;
    if (credential === undefined || connection === undefined) {
      this.close('unauthenticated');
      return undefined;
    }
    const caller = await this.known('authenticateAgain', credential);
    if (caller === undefined) return undefined;
    await this.services.limits.admitCaller(caller);
    return { caller, credential, ended: connection.signal };
  }

  /** Makes the connection that of who has this access token or key. */
  protected async authenticate(token: string): Promise<void> {
    const { limits, streams } = this.services;
    // Refused meanwhile.
    if (!this.isOpen) return;
    this.connection?.close();
    try {
      const caller = await this.known('authenticate', token);
      if (caller === undefined) return;
      const refusal = this.refusalOf(caller);
      if (refusal !== undefined) return this.close(refusal);
      this.giveBack();
      this.giveBack = () => {};
      await limits.admitCaller(caller);
      const needs = (): Iterable<Permission> => this.needs();
      this.connection = streams.start({ caller, credential: token, address: this.stranger.address, needs });
      await this.begin(caller, token, this.connection);
    } catch (error) {
      if (error instanceof RateLimitedError || error instanceof TooManyStreamsError)
        return this.close('tooMany');
      throw error;
    }
  }

  /** Listens to the end of a connection that was admitted. */
  private async begin(
    caller: Caller,
    token: string,
    connection: { signal: AbortSignal; close: () => void },
  ): Promise<void> {
    clearTimeout(this.greeting);
    this.stranger.known();
    // A client that has gone meanwhile keeps no place.
    if (!this.isOpen) return connection.close();
    this.credential = token;
    const { signal } = connection;
    signal.addEventListener('abort', () => {
      if (typeof signal.reason === 'string') this.close(signal.reason as StreamEnd);
    });
    await this.welcome(caller, token);
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

  /** Whether more waits to be sent than should. */
  protected get isFull(): boolean {
    return this.socket.bufferedAmount > BUFFER_MAX;
  }

  /** Waits for the client to take what was sent. @returns false when it does not */
  protected async drained(signal: AbortSignal): Promise<boolean> {
    const until = Date.now() + DRAIN_MS;
    while (this.isFull && this.isOpen && !signal.aborted) {
      if (Date.now() > until) return false;
      await new Promise((resolve) => setTimeout(resolve, DRAIN_STEP_MS));
    }
    return true;
  }

  private beat(): void {
    // Of whom nothing is read, no answer can be heard.
    if (!this.answered && !this.socket.isPaused) this.socket.terminate();
    this.answered = false;
    this.socket.ping();
  }

  protected get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  protected send(message: object | string): void {
    if (this.isOpen) this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  protected close(why: CloseReason): void {
    closeSocket(this.socket, why);
  }

  /** A stream broke for a reason of ours. */
  protected breakOff(error: unknown, what: string): void {
    this.services.logger.warn({ error: (error as Error).message }, what);
    this.socket.close(1011, 'something went wrong on our side');
  }
}

/** Who says something. */
export interface Speaker {
  caller: Caller;
  /** The access token or key. */
  credential: string;
  /** Fires when the connection ends. */
  ended: AbortSignal;
}

/** What a message says; undefined where it is no JSON text. */
export function jsonOf(data: RawData): unknown {
  try {
    return JSON.parse((data as Buffer).toString('utf8'));
  } catch {
    return undefined;
  }
}
