import type { IncomingMessage } from 'node:http';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { stringify } from 'yaml';
import { asyncApiDocument } from './core/events/index.js';
import {
  answerClientError,
  answerFrameworkError,
  API_PREFIX,
  compileSerializer,
  InputGuard,
  openApiDocument,
  ProblemFilter,
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

const BODY_LIMIT = 1024 * 1024;

/** Bodies are JSON; one that is empty counts as not given. */
function readJsonOnly(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parse(request, body as string, done);
  });
}

/** Serves the description of the events. */
function serveAsyncApi(fastify: FastifyInstance): void {
  fastify.get('/docs/asyncapi.yaml', (_request, reply) =>
    reply
      .type('application/yaml; charset=utf-8')
      .send(stringify(asyncApiDocument(), { aliasDuplicateObjects: false })),
  );
}

/** The HTTP application of a composition root, ready to listen. */
export async function createHttpApplication(root: DynamicModule): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
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
  });
  app.useLogger(app.get(ApplicationLogger, { strict: false }));
  logRequests(adapter.getInstance());
  app.setGlobalPrefix(API_PREFIX, { exclude: ['health', 'healthz'] });
  // After the access guard, which is there already: who may not call learns nothing about the input.
  app.useGlobalGuards(new InputGuard(), app.get(IdempotencyGuard));
  keepAnswers(adapter.getInstance(), app.get(IdempotencyService));
  readJsonOnly(adapter);
  adapter.getInstance().setSerializerCompiler(compileSerializer);
  app.useGlobalFilters(new ProblemFilter(await app.resolve(PinoLogger)), new AnswerRepeatedFilter());
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'docs/openapi.json',
    customSiteTitle: 'Azt3kNet API',
  });
  serveRedoc(adapter.getInstance());
  serveAsyncApi(adapter.getInstance());
  app.useWebSocketAdapter(new WsAdapter(app));
  return app;
}
