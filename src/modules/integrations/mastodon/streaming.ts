import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { UpgradeGate } from '../../../core/events/index.js';
import { AppError } from '../../../core/errors/index.js';
import { leavePlace } from '../../../core/http/index.js';
import { NetworkError } from '../integrations.errors.js';
import { covers } from '../network/scopes.js';
import { Authentication, bearerOf } from './authentication.js';
import { Unauthorized } from './errors.js';
import { NOTHING, text } from './input.js';
import { NetworkPlaces } from '../network/places.js';
import { actorOf, route, viewerOf, type Call, type MastodonRoute, type Session } from './routing.js';
import { StreamHub } from './stream-hub.js';
import { keyOf, STREAMS, type Listener, type StreamName } from './streams.js';

/** Bytes that may wait for a client; one that takes less is hung up on. */
const BUFFER_MAX = 1_048_576;
const MESSAGE_MAX = 4_096;
const MESSAGES_MAX = 20;
const STREAMS_MAX = 50;
/** Connections that one token may have open in one process. */
const CONNECTIONS_MAX = 16;
/** How often a client is shown that the connection lives, and asked whether its token does, in milliseconds. */
const BEAT_MS = 5_000;

const ClientMessage = z.object({
  type: z.enum(['subscribe', 'unsubscribe']),
  stream: z.string().max(50),
  tag: z.string().max(100).optional(),
});

/** Streams by WebSocket and by server-sent events. */
@Injectable()
export class Streaming {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_MAX });
  private readonly connections = new Map<string, number>();
  private readonly ends = new Set<() => void>();

  constructor(
    private readonly hub: StreamHub,
    private readonly authentication: Authentication,
    private readonly places: NetworkPlaces,
    private readonly gate: UpgradeGate,
  ) {}

  get routes(): MastodonRoute[] {
    const sse = (path: string, stream: string): MastodonRoute =>
      route({
        method: 'GET',
        path: `/api/v1/streaming/${path}`,
        access: { user: stream.startsWith('user') ? 'read:notifications' : 'read:statuses' },
        input: z.object({ tag: text(100).optional() }),
        handle: (call) => this.serveEvents(call, streamOf(stream, call.input.tag)),
      });
    return [
      route({
        method: 'GET',
        path: '/api/v1/streaming/health',
        access: 'public',
        input: NOTHING,
        handle: ({ reply }) => reply.type('text/plain').send('OK'),
      }),
      sse('user', 'user'),
      sse('user/notification', 'user:notification'),
      sse('public', 'public'),
      sse('public/local', 'public:local'),
      sse('public/remote', 'public:remote'),
      sse('hashtag', 'hashtag'),
      sse('hashtag/local', 'hashtag:local'),
      sse('list', 'list'),
      sse('direct', 'direct'),
    ];
  }

  async close(): Promise<void> {
    for (const end of this.ends) end();
    await this.hub.close();
    this.sockets.close();
  }

  /** Makes a connection a WebSocket, for who shows a token. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', 'ws://host');
      if (!/^\/api\/v1\/streaming\/?$/.test(url.pathname))
        throw NetworkError.notFound('stream', url.pathname);
      if (!this.gate.mayAsk(request)) throw NetworkError.forbidden('pages of this origin may not ask');
      // Browsers cannot set a header: they give the token as a parameter or as a protocol.
      const protocol = request.headers['sec-websocket-protocol']?.split(',', 1)[0]?.trim();
      const secret =
        bearerOf(request.headers.authorization) ?? url.searchParams.get('access_token') ?? protocol;
      const { network, session } = await this.authentication.identify(request.headers.host, secret);
      this.authentication.require({ user: 'read:statuses' }, network, session);
      if (secret === undefined || session?.account === undefined)
        throw new Unauthorized('this needs a token');
      const account = session.account.id;
      const listener = {
        network,
        viewer: { network: network.id, account },
        places: this.places.of(network),
        streams: new Map<string, StreamName>(),
      };
      const first = url.searchParams.get('stream');
      if (first !== null) subscribe(listener.streams, first, url.searchParams.get('tag') ?? undefined);
      this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
        // Only now: a handshake that fails would keep its place.
        try {
          const leave = this.take(session);
          this.serveSocket(webSocket, { secret, session, leave, host: request.headers.host }, listener);
        } catch {
          webSocket.close(4429, 'too many streams of one token');
        }
      });
    } catch (error) {
      refuse(socket, error);
    }
  }

  private serveSocket(
    socket: WebSocket,
    client: { secret: string; session: Session; leave: () => void; host: string | undefined },
    listener: Omit<Listener, 'send'> & { streams: Map<string, StreamName> },
  ): void {
    let messages = 0;
    let answered = true;
    const send: Listener['send'] = (stream, event, payload) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > BUFFER_MAX) socket.terminate();
      else socket.send(JSON.stringify({ stream: namesOf(stream), event, payload }));
    };
    // Not waited for: a client that subscribes at once is heard.
    const stopping = this.hub.add({ ...listener, send });
    stopping.catch(() => socket.close(1011, 'something went wrong on our side'));
    const end = (): void => socket.close(1001, 'the server stops; connect again');
    this.ends.add(end);
    const beat = setInterval(() => {
      messages = 0;
      if (!answered) socket.terminate();
      answered = false;
      socket.ping();
      void this.holds(client.host, client.secret).then(
        (holds) => holds || socket.close(4401, 'the token ended'),
      );
    }, BEAT_MS);
    socket.on('pong', () => {
      answered = true;
    });
    // The library closes what breaks the protocol, and says why.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(beat);
      this.ends.delete(end);
      client.leave();
      stopping.then((stop) => stop(), end);
    });
    socket.on('message', (data, isBinary) => {
      messages += 1;
      if (messages > MESSAGES_MAX) return socket.close(4429, 'too many messages');
      const trouble = isBinary
        ? 'messages are JSON texts'
        : obey(listener.streams, (data as Buffer).toString('utf8'), client.session);
      if (trouble !== undefined) socket.send(JSON.stringify({ error: trouble }));
    });
  }

  private async serveEvents(call: Call, stream: StreamName): Promise<unknown> {
    const { request, reply, network, places, session } = call;
    const { account } = actorOf(call);
    const secret = bearerOf(request.headers.authorization) ?? tokenParameter(request.url);
    if (session === undefined || secret === undefined) throw new Unauthorized('this needs a token');
    const leave = this.take(session);
    reply.hijack();
    leavePlace(request);
    const { raw } = reply;
    const end = (): void => {
      raw.destroy();
    };
    const listener: Listener = {
      network,
      viewer: { ...viewerOf(call), account: account.id },
      places,
      streams: new Map([[keyOf(stream), stream]]),
      send: (_stream, event, payload) => {
        if (raw.writableLength > BUFFER_MAX) end();
        else raw.write(`event: ${event}\ndata: ${payload}\n\n`);
      },
    };
    openEvents(reply);
    const stopping = this.hub.add(listener);
    stopping.catch(end);
    this.ends.add(end);
    const beat = setInterval(() => {
      raw.write(':thump\n');
      void this.holds(request.headers.host, secret).then((holds) => holds || end());
    }, BEAT_MS);
    const close = (): void => {
      clearInterval(beat);
      this.ends.delete(end);
      leave();
      stopping.then((stop) => stop(), end);
    };
    // Who has gone meanwhile keeps no place.
    if (raw.destroyed) close();
    else raw.on('close', close);
    return reply;
  }

  /** Takes a place of the token's. @throws NetworkError when it has as many as it may */
  private take({ token: { id } }: Session): () => void {
    const open = this.connections.get(id) ?? 0;
    if (open >= CONNECTIONS_MAX)
      throw new NetworkError(
        'rate_limited',
        'too_many_streams',
        `at most ${CONNECTIONS_MAX} streams of one token`,
      );
    this.connections.set(id, open + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const now = (this.connections.get(id) ?? 1) - 1;
      if (now === 0) this.connections.delete(id);
      else this.connections.set(id, now);
    };
  }

  private async holds(host: string | undefined, secret: string): Promise<boolean> {
    try {
      const { network, session } = await this.authentication.identify(host, secret);
      this.authentication.require({ user: 'read:statuses' }, network, session);
      return true;
    } catch (error) {
      // What cannot be asked just now is asked again.
      return !(error instanceof AppError) || error.kind === 'unavailable';
    }
  }
}

function openEvents(reply: FastifyReply): void {
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) raw.setHeader(name, value);
  raw.setHeader('content-type', 'text/event-stream; charset=utf-8');
  raw.setHeader('x-accel-buffering', 'no');
  raw.writeHead(200);
  raw.write(':)\n');
}

export function tokenParameter(url: string): string | undefined {
  return new URL(url, 'http://host').searchParams.get('access_token') ?? undefined;
}

/** @throws NetworkError when there is no such stream */
function streamOf(stream: string, tag: string | undefined): StreamName {
  if (!STREAMS.includes(stream)) throw NetworkError.field('stream', `must be one of ${STREAMS.join(', ')}`);
  if (!stream.startsWith('hashtag')) return { stream };
  if (tag === undefined || tag === '') throw NetworkError.field('tag', 'is missing');
  return { stream, tag: tag.toLowerCase().replace(/^#/, '') };
}

function subscribe(streams: Map<string, StreamName>, stream: string, tag: string | undefined): void {
  if (streams.size >= STREAMS_MAX) throw NetworkError.forbidden(`at most ${STREAMS_MAX} streams`);
  const name = streamOf(stream, tag);
  streams.set(keyOf(name), name);
}

/** Does what a client says. @returns what was wrong with it */
function obey(streams: Map<string, StreamName>, message: string, session: Session): string | undefined {
  try {
    const { type, stream, tag } = ClientMessage.parse(JSON.parse(message));
    if (type === 'unsubscribe') streams.delete(keyOf(streamOf(stream, tag)));
    else if (stream.startsWith('user') && !covers(session.scopes, 'read:notifications'))
      return 'this needs the scope read:notifications';
    else subscribe(streams, stream, tag);
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.message : 'messages are {"type": "subscribe", "stream": "…"}';
  }
}

function namesOf({ stream, tag }: StreamName): string[] {
  return tag === undefined ? [stream] : [stream, tag];
}

function refuse(socket: Duplex, error: unknown): void {
  const kind = error instanceof AppError ? error.kind : undefined;
  const status =
    kind === 'unauthenticated'
      ? '401 Unauthorized'
      : kind === 'not_found'
        ? '404 Not Found'
        : kind === 'rate_limited'
          ? '429 Too Many Requests'
          : kind === undefined
            ? '500 Internal Server Error'
            : '403 Forbidden';
  const body = JSON.stringify({ error: error instanceof AppError ? error.message : 'something went wrong' });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
