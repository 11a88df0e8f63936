import type { IncomingMessage } from 'node:http';
import type { Server } from 'node:tls';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { stringify } from 'yaml';
import { CONFIG, type Config } from './core/config/index.js';
import { asyncApiDocument, QuietWsAdapter, UpgradeGate } from './core/events/index.js';
import {
  allowOrigins,
  answerClientError,
  answerFrameworkError,
  answerUnchanged,
  API_PREFIX,
  compileSerializer,
  InputGuard,
  limitLoad,
  limitUrls,
  openApiDocument,
  OPERATIONS,
  PathMethods,
  ProblemFilter,
  readBodies,
  readForwarded,
  secureHeaders,
  serveRedoc,
  socketOptions,
  timeoutOptions,
  trustedProxies,
  versionedUrl,
} from './core/http/index.js';
import {
  AnswerRepeatedFilter,
  IdempotencyGuard,
  IdempotencyService,
  keepAnswers,
} from './core/idempotency/index.js';
import { ApplicationLogger, logRequests } from './core/logging/index.js';
import { measureRequests, Metrics } from './core/metrics/index.js';
import { limitAddresses, RateLimitGuard, RateLimits } from './core/rate-limit/index.js';
import { followCertificate, tlsOptions, type TlsFiles } from './core/tls/index.js';
import { traceRequests } from './core/tracing/index.js';
import { settleWebhooks, WebhookGuard, WebhookValidator } from './core/webhooks/index.js';

const BODY_LIMIT = 1024 * 1024;

/** The documentation that people read. */
function serveDocumentation(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'docs/openapi.json',
    customSiteTitle: 'Azt3kNet API',
  });
  serveRedoc(app.getHttpAdapter().getInstance());
  // Who opens the address of the server in a browser finds the documentation.
  app
    .getHttpAdapter()
    .getInstance()
    .get('/', (_request, reply) => reply.redirect('/docs'));
  serveAsyncApi(app.getHttpAdapter().getInstance());
}

/** Serves the description of the events. */
function serveAsyncApi(fastify: FastifyInstance): void {
  fastify.get('/docs/asyncapi.yaml', (_request, reply) =>
    reply
      .type('application/yaml; charset=utf-8')
      .send(stringify(asyncApiDocument(), { aliasDuplicateObjects: false })),
  );
}

/** Follows renewals of the certificate until the application is closed. */
async function serveTls(app: NestFastifyApplication, tls: TlsFiles): Promise<void> {
  const server = app.getHttpServer() as unknown as Server;
  const stop = followCertificate(server, tls, await app.resolve(PinoLogger));
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onClose', async () => stop());
}

/** Fastify as Nest needs it. @param api how it listens, if it does */
function fastifyAdapter(api: Config['api'] | undefined): FastifyAdapter {
  const base = {
    bodyLimit: BODY_LIMIT,
    skipMiddie: true,
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
    rewriteUrl: (request: IncomingMessage) => versionedUrl(request.url ?? '/'),
  };
  if (api === undefined) return new FastifyAdapter(base);
  const { tls, trustedProxies: proxies } = api;
  const sockets = socketOptions(api);
  return new FastifyAdapter({
    ...base,
    ...timeoutOptions(api),
    ...(proxies.length > 0 && { trustProxy: trustedProxies(proxies) }),
    ...(tls === undefined ? { http: sockets } : { https: { ...tlsOptions(tls), ...sockets } }),
  });
}

/** What stands before every route, whatever it is, in this order. */
function guardEntrance(app: NestFastifyApplication, api: Config['api'] | undefined): void {
  const fastify = app.getHttpAdapter().getInstance();
  const { features, corsOrigins } = app.get<Config>(CONFIG);
  readForwarded(fastify);
  secureHeaders(fastify);
  allowOrigins(app, corsOrigins);
  traceRequests(fastify);
  logRequests(fastify);
  if (features.metrics) measureRequests(fastify, app.get(Metrics));
  if (api !== undefined) limitLoad(fastify, api);
  limitUrls(fastify);
  limitAddresses(fastify, app.get(RateLimits));
}

/**
 * The HTTP application of a composition root, ready to listen.
 * @param api how it listens; without, nobody but this process calls it
 * @throws TlsFileError
 */
export async function createHttpApplication(
  root: DynamicModule,
  api?: Config['api'],
): Promise<NestFastifyApplication> {
  const adapter = fastifyAdapter(api);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false,
    // The adapter has the certificate; this makes `getUrl` say https.
    ...(api?.tls && { httpsOptions: {} }),
  });
  app.useLogger(app.get(ApplicationLogger, { strict: false }));
  const methods = new PathMethods(adapter.getInstance());
  guardEntrance(app, api);
  app.setGlobalPrefix(API_PREFIX, { exclude: OPERATIONS });
  // After the access guard, which is there already: who may not call learns nothing about the input.
  app.useGlobalGuards(
    app.get(RateLimitGuard),
    app.get(WebhookGuard),
    new InputGuard(),
    app.get(IdempotencyGuard),
  );
  settleWebhooks(adapter.getInstance(), app.get(WebhookValidator));
  keepAnswers(adapter.getInstance(), app.get(IdempotencyService));
  readBodies(adapter.getInstance());
  answerUnchanged(adapter.getInstance());
  adapter.getInstance().setSerializerCompiler(compileSerializer);
  app.useGlobalFilters(
    new ProblemFilter(await app.resolve(PinoLogger), (path) => methods.at(path)),
    new AnswerRepeatedFilter(),
  );
  app.useWebSocketAdapter(new QuietWsAdapter(app, app.get(UpgradeGate, { strict: false })));
  if (app.get<Config>(CONFIG).features.docs) serveDocumentation(app);
  if (api?.tls) await serveTls(app, api.tls);
  return app;
}
