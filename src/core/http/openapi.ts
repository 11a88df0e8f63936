import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { VERSION } from '../version.js';
import { documentedComponents } from './components.js';
import { BODY_TYPES } from './route.js';

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
    const isPublic = post?.security?.some((scheme) => Object.keys(scheme).length === 0) === true;
    if (post !== undefined && !isPublic) (post.parameters ??= []).push(IDEMPOTENCY_KEY);
  }
}

/** A body that is a text instead of JSON is one in the document too. */
function describeTextBodies({ paths }: OpenAPIObject): void {
  for (const operation of Object.values(paths).flatMap(({ post, put }) => [post ?? [], put ?? []].flat())) {
    const marked = operation as typeof operation & { [BODY_TYPES]?: string[] };
    const { requestBody } = operation;
    if (requestBody !== undefined && 'content' in requestBody) {
      for (const type of marked[BODY_TYPES] ?? []) requestBody.content[type] = { schema: { type: 'string' } };
    }
    delete marked[BODY_TYPES];
  }
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
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, options, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  takeIdempotencyKeys(document);
  describeTextBodies(document);
  document.components = { ...document.components, schemas: documentedComponents() };
  return document;
}
