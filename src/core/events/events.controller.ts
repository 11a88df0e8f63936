import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { once } from 'node:events';
import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentCaller, file, leavePlace, Route, type Caller } from '../http/index.js';
import type { PublishedEvent } from './event-log.js';
import { EventStream } from './event-stream.js';
import { OpenStreams } from './open-streams.js';

const position = z.string().regex(/^\d{1,18}$/, 'must be the position of an event: a whole number');

const EventsQuery = z.strictObject({
  topics: z
    .array(z.string().max(150))
    .min(1)
    .max(100)
    .meta({
      description: 'What to listen to, with commas between: one topic, or all below a root.',
      examples: [['jobs.*', 'runs.0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11']],
    }),
  after: position.optional().meta({
    description: 'Tell first what happened after this position; without it, from now on.',
    examples: ['1042'],
  }),
});
type EventsQuery = z.infer<typeof EventsQuery>;

/** How long a client waits before it connects again, in milliseconds. */
const RETRY_MS = 1_000;
/** Silence longer than this is filled, so that nobody between takes the connection for dead. */
const HEARTBEAT_MS = 15_000;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
  'X-Synthetic': 'true',
};

/** One event as a client of server-sent events reads it. */
function frame(event: PublishedEvent): string {
  return `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

@Controller('events')
@Route.group('events')
export class EventsController {
  constructor(
    private readonly stream: EventStream,
    private readonly streams: OpenStreams,
  ) {}

  @Get()
  @Route({
    summary: 'What happens, as server-sent events.',
    description:
      'The credential is in the headers, as for every route; `?token=` is for the WebSocket alone. Each event has its position as `id`, its type as `event` and the whole as JSON in `data`. A client that connects ' +
      'again with `Last-Event-ID`, or with `after`, misses nothing. The stream ends when the access token expires, with ' +
      'an event `end` that says so. Events are kept for some days: what is older answers 410, and so does a position that ' +
      'no event has yet. The events and their payloads are described by `/docs/asyncapi.yaml`.',
    permission: 'events:read',
    query: EventsQuery,
    answers: { 200: file('text/event-stream') },
  })
  async events(
    @Query() { topics, after }: EventsQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filter = this.streams.filter(caller, topics);
    const last = position.safeParse(lastEventId).success ? lastEventId : after;
    const credential = credentialOf(request);
    const { signal, close } = this.streams.start({
      caller,
      credential,
      address: request.ip,
      needs: () => filter.permissions,
    });
    request.raw.socket.once('close', close);
    // Who has hung up meanwhile says so no more.
    if (request.raw.socket.destroyed) close();
    try {
      const events = await this.stream.open(filter, last === undefined ? undefined : BigInt(last), signal);
      void reply.hijack();
      leavePlace(request);
      await send(reply, events, signal);
    } finally {
      close();
    }
  }
}

/** Sends events until the stream ends; what is slower to take than they come is waited for, the log keeps them. */
async function send(
  reply: FastifyReply,
  events: AsyncGenerator<PublishedEvent>,
  signal: AbortSignal,
): Promise<void> {
  const response = reply.raw;
  // Those of hooks too, such as what lets pages of other origins read.
  response.writeHead(200, { ...reply.getHeaders(), ...HEADERS } as OutgoingHttpHeaders);
  response.write(`retry: ${RETRY_MS}\n\n`);
  // Who takes nothing for this long is cut off, and heartbeats keep the others.
  response.setTimeout(2 * HEARTBEAT_MS, () => response.destroy());
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  try {
    for await (const event of events) {
      if (!response.write(frame(event))) await once(response, 'drain', { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(heartbeat);
    if (typeof signal.reason === 'string') {
      response.write(`event: end\ndata: ${JSON.stringify({ reason: signal.reason })}\n\n`);
    }
    response.end();
  }
}

/** What the access guard has let in. */
function credentialOf({ headers }: FastifyRequest): string {
  const key = headers['x-api-key'];
  return typeof key === 'string' ? key : (headers.authorization ?? '').replace(/^Bearer /i, '');
}
