import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import { readInput, type Caller, type Permission } from '../http/index.js';
import type { EventStream } from './event-stream.js';
import { jsonOf, SocketSession, type SocketServices, type Stranger } from './socket-session.js';

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

export interface SessionServices extends SocketServices {
  stream: EventStream;
}

/** One client of the WebSocket of events. */
export class EventSession extends SocketSession {
  private listened: Iterable<Permission> = [];
  private subscription: AbortController | undefined;

  constructor(
    socket: WebSocket,
    protected override readonly services: SessionServices,
    stranger: Stranger,
  ) {
    super(socket, services, stranger);
  }

  protected override needs(): Iterable<Permission> {
    return this.listened;
  }

  protected override welcome(caller: Caller): void {
    this.send({ type: 'authenticated', username: caller.username, expires_at: caller.expiresAt });
  }

  protected override end(): void {
    this.subscription?.abort();
  }

  protected override async hear(data: RawData, isBinary: boolean): Promise<void> {
    const value = isBinary ? undefined : jsonOf(data);
    if (value === undefined) return this.close('malformed');
    const message = readInput(clientMessage, value, 'message');
    if (message.action === 'authenticate') return this.authenticate(message.token);
    const speaker = await this.speaker();
    if (speaker !== undefined) await this.obey(message, speaker.caller, speaker.ended);
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

  private async tell(events: AsyncIterable<object>, signal: AbortSignal): Promise<void> {
    try {
      for await (const event of events) {
        if (signal.aborted) return;
        this.send({ type: 'event', event });
        if (!(await this.drained(signal))) return this.close('slow');
      }
    } catch (error) {
      this.breakOff(error, 'a stream of events broke');
    }
  }
}
