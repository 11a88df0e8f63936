import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { VERSION } from '../version.js';
import { FORM_TYPE } from './bodies.js';
import { documentedComponents } from './components.js';
import { BODY_TYPES, documentRoutes, PERMISSION, problemContent } from './route.js';

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: false,
  description:
    'A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer.',
  schema: {
    type: 'string',
    minLength: 1,
    maxLength: 255,
    examples: ['9c9a7c5e-0c0c-4a55-9d54-5bb5f4f4f3f2'],
  },
};

/** Every POST of somebody who is logged in takes a key. */
function takeIdempotencyKeys({ paths }: OpenAPIObject): void {
  for (const { post } of Object.values(paths)) {
    if (post !== undefined && (post as { [PERMISSION]?: unknown })[PERMISSION] !== 'public')
      (post.parameters ??= []).push(IDEMPOTENCY_KEY);
  }
}

/** A body that is a text instead of JSON is one in the document too; a form has the fields of the JSON. */
function describeTextBodies({ paths }: OpenAPIObject): void {
  for (const operation of Object.values(paths).flatMap(({ post, put }) => [post ?? [], put ?? []].flat())) {
    const marked = operation as typeof operation & { [BODY_TYPES]?: string[] };
    const { requestBody } = operation;
    if (requestBody !== undefined && 'content' in requestBody) {
      const json = requestBody.content['application/json'] ?? {};
      for (const type of marked[BODY_TYPES] ?? [])
        requestBody.content[type] = type === FORM_TYPE ? json : { schema: { type: 'string' } };
    }
    delete marked[BODY_TYPES];
  }
}

const LIMIT_HEADERS = {
  'RateLimit-Policy': {
    description: 'The limits that the request counts for: their requests `q` in a window of `w` seconds.',
    schema: { type: 'string', examples: ['"caller";q=1200;w=60'] },
  },
  RateLimit: {
    description: 'What is left of them: `r` requests, until they are full again in `t` seconds.',
    schema: { type: 'string', examples: ['"caller";r=1180;t=42'] },
  },
};

const RATE_LIMITED = {
  description:
    'Too many requests in too short a time. `RateLimit` and `RateLimit-Policy` come with other answers too.',
  headers: {
    ...LIMIT_HEADERS,
    'Retry-After': {
      description: 'Seconds until the request may be sent again.',
      schema: { type: 'integer', minimum: 1, examples: [42] },
    },
  },
  content: problemContent(),
};

/** Every route can be called too often. */
function describeLimits({ paths, components }: OpenAPIObject): void {
  const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
  for (const path of Object.values(paths)) {
    for (const { responses } of methods.flatMap((method) => path[method] ?? [])) {
      responses['429'] = { $ref: '#/components/responses/RateLimited' };
    }
  }
  if (components !== undefined) components.responses = { RateLimited: RATE_LIMITED };
}

/** The OpenAPI document of the application. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Azt3kNet')
    .setDescription(
      'A laboratory for networks of synthetic agents. Everything it answers is synthetic. ' +
        'The paths also answer without their version: `/api/populate` is `/api/v1/populate`.',
    )
    .setVersion(VERSION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'An access token, of a log-in or of /oauth/token.',
    })
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'A refresh token, for new ones.' },
      'refresh',
    )
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'A key.' }, 'key')
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('key')
    .build();
  documentRoutes();
  const document = SwaggerModule.createDocument(app, options, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  takeIdempotencyKeys(document);
  describeTextBodies(document);
  describeLimits(document);
  document.components = { ...document.components, schemas: documentedComponents() };
  return document;
}
