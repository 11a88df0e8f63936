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
import type { Network } from '../network/network.entity.js';
import { Authentication, bearerOf } from './authentication.js';
import { Unauthorized } from './errors.js';
import { flag, NOTHING, text } from './input.js';
import { NetworkPlaces } from '../network/places.js';
import { actorOf, route, type Call, type MastodonRoute } from './routing.js';
import { StreamHub } from './stream-hub.js';
import { StreamPlaces } from './stream-places.js';
import { scopesOf, type Listener, type StreamName } from './streams.js';
import { Subscriptions } from './subscriptions.js';
import { TokenLimits } from './token-limits.js';

/** Bytes that may wait for a client; one that takes less is hung up on. */
const BUFFER_MAX = 1_048_576;
const MESSAGE_MAX = 4_096;
const MESSAGES_MAX = 20;
/** How often a client is shown that the connection lives, and asked whether its token does, in milliseconds. */
const BEAT_MS = 5_000;

/** Who listens, and by what. */
interface Client {
  secret: string;
  host: string | undefined;
  /** Id of the token. */
  token: string;
  network: Network;
  /** Id of the account. */
  account: string;
  subscriptions: Subscriptions;
  /** Gives its place back. */
  leave: () => void;
}

/** Streams by WebSocket and by server-sent events. */
@Injectable()
export class Streaming {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_MAX });
  private readonly open = new StreamPlaces();
  private readonly ends = new Set<() => void>();

  constructor(
    private readonly hub: StreamHub,
    private readonly authentication: Authentication,
    private readonly places: NetworkPlaces,
    private readonly gate: UpgradeGate,
    private readonly limits: TokenLimits,
  ) {}

  get routes(): MastodonRoute[] {
    const sse = (path: string, stream: string): MastodonRoute =>
      route({
        method: 'GET',
        path: `/api/v1/streaming/${path}`,
        access: { user: scopesOf(stream) },
        input: z.object({ tag: text(100).optional(), only_media: flag.default(false) }),
        handle: ({ input: { tag, only_media }, ...call }) =>
          this.serveEvents(call, only_media && stream.startsWith('public') ? `${stream}:media` : stream, tag),
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
      const address = this.gate.addressOf(request);
      const { network, session } = await this.limits.countStream(address, () =>
        this.authentication.identify(request.headers.host, secret),
      );
      // Whoever has an account; each stream asks for its scopes.
      this.authentication.require({ user: [] }, network, session);
      if (secret === undefined || session?.account === undefined)
        throw new Unauthorized('this needs a token');
      const client: Client = {
        secret,
        host: request.headers.host,
        token: session.token.id,
        network,
        account: session.account.id,
        subscriptions: new Subscriptions((user) => this.authentication.require({ user }, network, session)),
        leave: () => undefined,
      };
      const first = url.searchParams.get('stream');
      if (first !== null) client.subscriptions.subscribe(first, url.searchParams.get('tag') ?? undefined);
      this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
        // Only now: a handshake that fails would keep its place.
        try {
          const leave = this.open.take(holderOf(client), address);
          this.serveSocket(webSocket, { ...client, leave });
        } catch {
          webSocket.close(4429, 'too many streams');
        }
      });
    } catch (error) {
      refuse(socket, error);
    }
  }

  private serveSocket(socket: WebSocket, client: Client): void {
    let messages = 0;
    let answered = true;
    const ended = (): void => socket.close(4401, 'the token ended');
    // Not waited for: a client that subscribes at once is heard.
    const stopping = this.hub.add(
      this.listenerOf(client, ended, (stream, event, payload) => {
        if (socket.readyState !== socket.OPEN) return;
        if (socket.bufferedAmount > BUFFER_MAX) socket.terminate();
        else socket.send(JSON.stringify({ stream: namesOf(stream), event, payload }));
      }),
    );
    stopping.catch(() => socket.close(1011, 'something went wrong on our side'));
    const end = (): void => socket.close(1001, 'the server stops; connect again');
    this.ends.add(end);
    const beat = setInterval(() => {
      messages = 0;
      if (!answered) socket.terminate();
      answered = false;
      socket.ping();
      void this.holds(client).then((holds) => holds || ended());
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
        : client.subscriptions.obey((data as Buffer).toString('utf8'));
      if (trouble !== undefined) socket.send(JSON.stringify({ error: trouble }));
    });
  }

  private async serveEvents(
    call: Omit<Call, 'input'>,
    stream: string,
    tag: string | undefined,
  ): Promise<unknown> {
    const { request, reply, network, session } = call;
    const { account } = actorOf(call);
    const secret = bearerOf(request.headers.authorization) ?? tokenParameter(request.url);
    if (session === undefined || secret === undefined) throw new Unauthorized('this needs a token');
    const subscriptions = new Subscriptions((user) =>
      this.authentication.require({ user }, network, session),
    );
    subscriptions.subscribe(stream, tag);
    const place = { network, account: account.id };
    const client: Client = {
      ...place,
      secret,
      host: request.headers.host,
      token: session.token.id,
      subscriptions,
      leave: this.open.take(holderOf(place), request.ip),
    };
    reply.hijack();
    leavePlace(request);
    const { raw } = reply;
    const end = (): void => {
      raw.destroy();
    };
    openEvents(reply);
    const stopping = this.hub.add(
      this.listenerOf(client, end, (_stream, event, payload) => {
        if (raw.writableLength > BUFFER_MAX) end();
        else raw.write(`event: ${event}\ndata: ${payload}\n\n`);
      }),
    );
    stopping.catch(end);
    this.ends.add(end);
    const beat = setInterval(() => {
      raw.write(':thump\n');
      void this.holds(client).then((holds) => holds || end());
    }, BEAT_MS);
    const close = (): void => {
      clearInterval(beat);
      this.ends.delete(end);
      client.leave();
      stopping.then((stop) => stop(), end);
    };
    // Who has gone meanwhile keeps no place.
    if (raw.destroyed) close();
    else raw.on('close', close);
    return reply;
  }

  private listenerOf(client: Client, end: () => void, send: Listener['send']): Listener {
    const { network, account, token, subscriptions } = client;
    return {
      network,
      viewer: { network: network.id, account },
      token,
      places: this.places.of(network),
      streams: subscriptions.streams,
      send,
      end,
    };
  }

  /** Whether a token is still good for all that is listened to by it. */
  private async holds({ host, secret, subscriptions }: Client): Promise<boolean> {
    try {
      const { network, session } = await this.authentication.identify(host, secret);
      this.authentication.require({ user: subscriptions.scopes }, network, session);
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

function holderOf({ network, account }: Pick<Client, 'network' | 'account'>): string {
  return `${network.id}/${account}`;
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
