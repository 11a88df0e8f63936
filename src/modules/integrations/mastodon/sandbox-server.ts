import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Server as HttpsServer } from 'node:https';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import fastify, { type FastifyInstance } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { AppError } from '../../../core/errors/index.js';
import {
  answerClientError,
  answerFrameworkError,
  limitLoad,
  limitUrls,
  readForwarded,
  secureHeaders,
  socketOptions,
  timeoutOptions,
  trustedProxies,
} from '../../../core/http/index.js';
import { logRequests } from '../../../core/logging/index.js';
import { measureRequests, Metrics } from '../../../core/metrics/index.js';
import { limitAddresses, RateLimits } from '../../../core/rate-limit/index.js';
import { followCertificate, tlsOptions } from '../../../core/tls/index.js';
import { traceRequests } from '../../../core/tracing/index.js';
import { allowPages } from './cross-origin.js';
import { sendError } from './errors.js';
import { readClientBodies } from './input.js';
import { NetworkPlaces } from '../network/places.js';
import { ClientApi } from './client-api.js';
import { Streaming } from './streaming.js';

const BODY_LIMIT = 128 * 1_024;

class SandboxPortError extends AppError {
  constructor(host: string, port: number, cause: Error) {
    super(
      'unavailable',
      'port_unusable',
      `cannot listen on ${host}:${port} (${cause.message}); set API_HOST or AZT3KNET_SANDBOX_PORT`,
    );
  }
}

/**
 * The sandbox network's own listener, which answers as a Mastodon server does: its paths, errors and pages are that API's and not
 * ours. It speaks HTTPS where the API does, and stands behind the same limits.
 */
@Injectable()
export class SandboxServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private server: FastifyInstance | undefined;
  private unfollow: () => void = () => undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly limits: RateLimits,
    private readonly metrics: Metrics,
    private readonly places: NetworkPlaces,
    private readonly api: ClientApi,
    private readonly streaming: Streaming,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(SandboxServer.name);
  }

  /** Where clients reach the main network; undefined when it is not served. */
  get url(): string | undefined {
    return this.server === undefined ? undefined : this.places.origin;
  }

  /** @throws AppError `port_unusable` */
  async onApplicationBootstrap(): Promise<void> {
    const { port } = this.config.sandbox;
    const { host, tls } = this.config.api;
    if (port === undefined) return;
    const server = this.open();
    try {
      await server.listen({ port, host });
    } catch (error) {
      await server.close();
      throw new SandboxPortError(host, port, error as Error);
    }
    this.server = server;
    this.places.listensOn((server.server.address() as AddressInfo).port);
    if (tls) this.unfollow = followCertificate(server.server as HttpsServer, tls, this.logger);
    this.logger.info({ address: server.server.address() }, 'the sandbox network is served');
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.unfollow();
    await this.streaming.close();
    await this.server?.close();
  }

  private open(): FastifyInstance {
    const { api, corsOrigins, features } = this.config;
    const sockets = socketOptions(api);
    const base = {
      bodyLimit: BODY_LIMIT,
      forceCloseConnections: true,
      frameworkErrors: answerFrameworkError,
      clientErrorHandler: answerClientError,
      routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
      ...timeoutOptions(api),
      ...(api.trustedProxies.length > 0 && { trustProxy: trustedProxies(api.trustedProxies) }),
    };
    const server = (api.tls === undefined
      ? fastify({ ...base, http: sockets })
      : fastify({ ...base, https: { ...tlsOptions(api.tls), ...sockets } })) as unknown as FastifyInstance;
    readForwarded(server);
    secureHeaders(server);
    allowPages(server, corsOrigins);
    traceRequests(server);
    logRequests(server);
    if (features.metrics) measureRequests(server, this.metrics, 'sandbox_request_duration_seconds');
    limitLoad(server, api);
    limitUrls(server);
    limitAddresses(server, this.limits);
    readClientBodies(server);
    server.setErrorHandler((error, _request, reply) => sendError(error, reply, this.logger));
    server.setNotFoundHandler((_request, reply) => {
      void reply.status(404).send({ error: 'there is nothing here' });
    });
    this.api.serve(server);
    server.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      void this.streaming.upgrade(request, socket, head);
    });
    return server;
  }
}
