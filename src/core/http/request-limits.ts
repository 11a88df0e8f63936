import type { Server } from 'node:http';
import { BadRequestException, HttpException } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors/index.js';
import { networkOf, trustedProxies } from './client-address.js';
import { NetworkPlaces } from './network-places.js';
import { PROBES } from './rewrite.js';

/** Longer than any URL that the API gives, with room for the filters of a list. */
const URL_MAX = 8_192;
const PARAMETERS_MAX = 100;
/** All headers of a request, in bytes. */
const HEADERS_MAX = 16_384;
/** Headers come in one piece, and a stopping server is not waited for: whoever takes longer is hung up on. */
const PATIENCE_SECONDS = 10;
/** How often connections are looked at that take too long, in milliseconds. */
const LOOK_MS = 500;

/** What a process that others call can bear. */
export interface ServerLimits {
  /** For a request to come in whole, and for an answer to go on. */
  requestTimeoutSeconds: number;
  maxConnections: number;
  /** Requests at once. */
  maxRequests: number;
  /** Addresses and ranges of proxies. */
  trustedProxies: readonly string[];
}

/** More requests at once than the process takes on. */
class OverloadedError extends AppError {
  constructor() {
    super('unavailable', 'overloaded', 'the server has too much to do; try again soon');
  }
}

/** Options for Fastify that cut off who sends, or takes an answer, too slowly. */
export function timeoutOptions({ requestTimeoutSeconds }: ServerLimits) {
  return { requestTimeout: requestTimeoutSeconds * 1_000, connectionTimeout: requestTimeoutSeconds * 1_000 };
}

/** Options for the server of Node.js below it. */
export function socketOptions({ requestTimeoutSeconds }: ServerLimits) {
  return {
    headersTimeout: patienceMs(requestTimeoutSeconds),
    connectionsCheckingInterval: LOOK_MS,
    maxHeaderSize: HEADERS_MAX,
  };
}

function patienceMs(requestTimeoutSeconds: number): number {
  return Math.min(PATIENCE_SECONDS, requestTimeoutSeconds) * 1_000;
}

/** Whoever shows no credential, such as who logs in, may have this part of the places: a flood of strangers leaves the others. */
export const STRANGERS = 0.25;

/** One network may have this part of the connections, and of the requests whose bodies are still coming: it leaves the others. */
const NETWORK_PART = 0.25;
/** Connections that one network may have in any case: browsers and commands make several. */
const NETWORK_CONNECTIONS_MIN = 16;

/** A request that takes a place of those that are worked on. */
interface PlacedRequest extends FastifyRequest {
  places: Places | undefined;
  /** Its body has come. */
  arrived: (() => void) | undefined;
}

/** Counts the requests that are worked on. */
class Places {
  private taken = 0;
  private readonly strangers = new Set<PlacedRequest>();
  private readonly coming: NetworkPlaces;

  constructor(private readonly max: number) {
    this.coming = new NetworkPlaces(Math.max(1, Math.floor(max * NETWORK_PART)));
  }

  /** @throws OverloadedError */
  take(request: PlacedRequest): void {
    const { authorization, 'x-api-key': key } = request.headers;
    const isStranger = authorization === undefined && key === undefined;
    const isFull = this.taken >= this.max || (isStranger && this.strangers.size >= this.max * STRANGERS);
    if (isFull) throw new OverloadedError();
    // Whoever shows something is heard when the body is there, true or not: until then anybody could hold a place.
    if (hasBody(request)) {
      request.arrived = this.coming.take(networkOf(request.ip));
      if (request.arrived === undefined) throw new OverloadedError();
    }
    this.taken += 1;
    if (isStranger) this.strangers.add(request);
    request.places = this;
  }

  leave(request: PlacedRequest): void {
    this.taken -= 1;
    this.strangers.delete(request);
    request.arrived?.();
    request.places = undefined;
  }
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Gives the place of a request back before it ends: a stream of events goes on for ever and is bounded otherwise. */
export function leavePlace(request: FastifyRequest): void {
  (request as PlacedRequest).places?.leave(request as PlacedRequest);
}

/** Refuses connections and requests beyond what the process can bear, and lets none of them hold up its end. */
export function limitLoad(
  fastify: FastifyInstance,
  { maxRequests, requestTimeoutSeconds, ...connections }: ServerLimits,
): void {
  const { server } = fastify;
  limitConnections(server, connections);
  let hangUp: NodeJS.Timeout | undefined;
  // A server that is closed looks after no timeouts any more.
  fastify.addHook('preClose', (done) => {
    hangUp = setTimeout(() => server.closeAllConnections(), patienceMs(requestTimeoutSeconds));
    done();
  });
  fastify.addHook('onClose', async () => clearTimeout(hangUp));
  const places = new Places(maxRequests);
  fastify.decorateRequest('places', undefined);
  fastify.decorateRequest('arrived', undefined);
  fastify.addHook('onRequest', (request, reply, done) => {
    try {
      if (!PROBES.has(request.url)) places.take(request as PlacedRequest);
      done();
    } catch (error) {
      void reply.header('Retry-After', '1');
      done(error as Error);
    }
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    (request as PlacedRequest).arrived?.();
    done();
  });
  fastify.addHook('onResponse', (request, _reply, done) => {
    leavePlace(request);
    done();
  });
}

/** Hangs up on connections beyond what the process holds, of all together and of one network; a proxy has those of everybody. */
function limitConnections(
  server: Server,
  { maxConnections, trustedProxies: proxies }: Pick<ServerLimits, 'maxConnections' | 'trustedProxies'>,
): void {
  server.maxConnections = maxConnections;
  const isProxy = trustedProxies(proxies);
  const max = Math.max(NETWORK_CONNECTIONS_MIN, Math.floor(maxConnections * NETWORK_PART));
  const places = new NetworkPlaces(max);
  server.on('connection', (socket) => {
    const { remoteAddress = '' } = socket;
    if (isProxy(remoteAddress)) return;
    const leave = places.take(networkOf(remoteAddress));
    if (leave === undefined) socket.destroy();
    else socket.once('close', leave);
  });
}

/** Headers that must be there once: of two, others may take the one that we do not (RFC 9112, 3.2; RFC 9110, 5.3). */
const SINGLE = ['host', 'authorization', 'x-api-key'];

/** Refuses requests that say twice whom they are for, or from. */
export function refuseDoubledHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { rawHeaders } = request.raw;
    const names = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
    const doubled = SINGLE.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
    done(doubled === undefined ? undefined : new BadRequestException(`the header ${doubled} is there twice`));
  });
}

/** Refuses URLs beyond reason. */
export function limitUrls(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => done(urlTrouble(request.url)));
}

/** What is beyond reason of a URL, if anything. */
export function urlTrouble(url: string): HttpException | undefined {
  if (url.length > URL_MAX) return new HttpException(`the URL must have at most ${URL_MAX} characters`, 414);
  let parameters = 1;
  for (let at = url.indexOf('&'); at !== -1; at = url.indexOf('&', at + 1)) parameters += 1;
  if (parameters <= PARAMETERS_MAX) return undefined;
  return new BadRequestException(`the URL must have at most ${PARAMETERS_MAX} parameters`);
}
