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
import { asyncApiDocument, QuietWsAdapter } from './core/events/index.js';
import {
  allowOrigins,
  answerClientError,
  answerFrameworkError,
  answerUnchanged,
  API_PREFIX,
  compileSerializer,
  InputGuard,
  openApiDocument,
  OPERATIONS,
  ProblemFilter,
  readBodies,
  serveRedoc,
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
import { followCertificate, tlsOptions, type TlsFiles } from './core/tls/index.js';
import { traceRequests } from './core/tracing/index.js';

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

/**
 * The HTTP application of a composition root, ready to listen.
 * @param tls the files of its certificate; without, it answers plain HTTP
 * @throws TlsFileError
 */
export async function createHttpApplication(
  root: DynamicModule,
  tls?: TlsFiles,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    ...(tls && { https: tlsOptions(tls) }),
    bodyLimit: BODY_LIMIT,
    skipMiddie: true,
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
    rewriteUrl: (request: IncomingMessage) => versionedUrl(request.url ?? '/'),
  });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false,
    // The adapter has the certificate; this makes `getUrl` say https.
    ...(tls && { httpsOptions: {} }),
  });
  app.useLogger(app.get(ApplicationLogger, { strict: false }));
  const { features, corsOrigins } = app.get<Config>(CONFIG);
  allowOrigins(app, corsOrigins);
  traceRequests(adapter.getInstance());
  logRequests(adapter.getInstance());
  if (features.metrics) measureRequests(adapter.getInstance(), app.get(Metrics));
  app.setGlobalPrefix(API_PREFIX, { exclude: OPERATIONS });
  // After the access guard, which is there already: who may not call learns nothing about the input.
  app.useGlobalGuards(new InputGuard(), app.get(IdempotencyGuard));
  keepAnswers(adapter.getInstance(), app.get(IdempotencyService));
  readBodies(adapter.getInstance());
  answerUnchanged(adapter.getInstance());
  adapter.getInstance().setSerializerCompiler(compileSerializer);
  app.useGlobalFilters(new ProblemFilter(await app.resolve(PinoLogger)), new AnswerRepeatedFilter());
  app.useWebSocketAdapter(new QuietWsAdapter(app));
  if (features.docs) serveDocumentation(app);
  if (tls) await serveTls(app, tls);
  return app;
}
