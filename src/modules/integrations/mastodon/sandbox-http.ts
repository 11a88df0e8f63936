import { Inject, Injectable } from '@nestjs/common';
import fastify, { type FastifyInstance } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { CONFIG, type Config } from '../../../core/config/index.js';
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
import { tlsOptions } from '../../../core/tls/index.js';
import { traceRequests } from '../../../core/tracing/index.js';
import { ClientApi } from './client-api.js';
import { allowPages } from './cross-origin.js';
import { sendError } from './errors.js';
import { readClientBodies } from './input.js';

const BODY_LIMIT = 128 * 1_024;

/** Makes the HTTP server of networks, with the same entrance as the API's. */
@Injectable()
export class SandboxHttp {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly limits: RateLimits,
    private readonly metrics: Metrics,
    private readonly api: ClientApi,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(SandboxHttp.name);
  }

  /** A server that does not listen yet. @throws TlsFileError */
  make(): FastifyInstance {
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
    return server;
  }
}
