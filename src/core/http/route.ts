import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import { RouteConfig, RouteSchema } from '@nestjs/platform-fastify';
import {
  ApiBody,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { Public, RequirePermission, type Requirement } from './access.js';
import { documented } from './components.js';
import { exampleOf } from './example.js';
import { toJsonSchema, type JsonSchema } from './json-schema.js';
import { Problem } from './problem.js';
import type { RouteGroup } from './route-groups.js';
import { FileAnswer } from './wire.js';

/** What an answer carries: a shape, a file, or nothing. */
export type Answer = z.ZodType | FileAnswer | null;

/** What is counted for the address of whoever tries to prove who they are, each apart from the other. */
export type Proof = 'login' | 'token';

/** All that a route promises: who may call it, what it takes, what it answers. */
export interface RouteContract {
  summary: string;
  description?: string;
  /** `public`: without a token; the others: see {@link Requirement}. */
  permission: Requirement | 'public';
  /** A token of a kind of its own, which is no access: the scheme of OpenAPI that describes it. */
  credential?: 'refresh';
  /** Whoever calls tries to prove who they are, a person or a client: few attempts from one address. */
  proves?: Proof;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** A body for readers, where none can be made of its fields. */
  bodyExample?: object;
  /** Media types of the body besides JSON; see `readBodies`. */
  bodyTypes?: readonly string[];
  /** Words a mistake in what is sent (then always 400), where a standard has another form for it than problem details. */
  mistake?: (detail: string) => object;
  /** An update of something versioned: refused without `If-Match`. */
  ifMatch?: boolean;
  /** Answers by status; the lowest is what a handler that returns answers. */
  answers: Readonly<Record<number, Answer>>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    mistake?: (detail: string) => object;
  }
}

/** Carries the media types of a body to the finished OpenAPI document. */
export const BODY_TYPES = 'x-body-types';

/** Says in the OpenAPI document what a route asks of who calls. */
export const PERMISSION = 'x-permission';
/** Carries the group of a controller's routes. */
export const ROUTE_GROUP = 'route:group';

const contracts = new WeakMap<object, RouteContract>();

/** The contract of a handler. */
export function contractOf(handler: object): RouteContract | undefined {
  return contracts.get(handler);
}

function metaOf(schema: z.ZodType): { description?: string } {
  const { description } = (schema.meta() ?? {}) as { description?: string };
  return description === undefined ? {} : { description };
}

/** A body that a route takes, for readers. */
export function exampleOfBody({ body, bodyExample }: RouteContract): unknown {
  return bodyExample ?? (body && exampleOf(toJsonSchema(body, 'input')));
}

function describeInput(contract: RouteContract): MethodDecorator[] {
  const { params, query, body, bodyTypes = [], ifMatch } = contract;
  const decorators: MethodDecorator[] = [];
  for (const [name, field] of Object.entries(params?.shape ?? {})) {
    decorators.push(
      ApiParam({ name, schema: documented(field as z.ZodType, 'input'), ...metaOf(field as z.ZodType) }),
    );
  }
  for (const [name, field] of Object.entries(query?.shape ?? {})) {
    const schema = field as z.ZodType;
    const required = !schema.safeParse(undefined).success;
    const list = documented(schema, 'input')['type'] === 'array' && {
      style: 'form' as const,
      explode: false,
    };
    decorators.push(
      ApiQuery({ name, required, schema: documented(schema, 'input'), ...list, ...metaOf(schema) }),
    );
  }
  if (body !== undefined) {
    const schema = documented(body, 'input');
    const examples = { example: { value: exampleOfBody(contract) } };
    decorators.push(
      ApiBody({ schema, required: 'required' in schema || !body.safeParse({}).success, examples }),
    );
    if (bodyTypes.length > 0) decorators.push(ApiExtension(BODY_TYPES, bodyTypes));
  }
  if (ifMatch === true) {
    decorators.push(
      ApiHeader({ name: 'If-Match', required: true, description: 'The `ETag` that was read.' }),
    );
  }
  return decorators;
}

function describeAnswer(status: number, answer: Answer): MethodDecorator {
  const description = STATUS_CODES[status] ?? '';
  if (answer === null) return ApiResponse({ status, description });
  if (answer instanceof FileAnswer) {
    const schema = { type: 'string', format: 'binary' };
    const content = Object.fromEntries(answer.mediaTypes.map((type) => [type.split(';')[0], { schema }]));
    return ApiResponse({ status, description, content });
  }
  return ApiResponse({ status, description, schema: documented(answer, 'output') });
}

/** The body of every refusal. */
export function problemContent(): Record<string, { schema: JsonSchema }> {
  return { 'application/problem+json': { schema: documented(Problem, 'output') } };
}

function keepContract(contract: RouteContract): MethodDecorator {
  return (target, name, descriptor) => {
    contracts.set(descriptor.value as object, contract);
    // The types of the parameters are schemas and not classes: nobody is to look into them.
    const types = Reflect.getMetadata('design:paramtypes', target, name) as unknown[];
    Reflect.defineMetadata(
      'design:paramtypes',
      types.map(() => Object),
      target,
      name,
    );
  };
}

function documentation(contract: RouteContract): MethodDecorator {
  const { summary, description, permission, credential, answers } = contract;
  const content = problemContent();
  return applyDecorators(
    ApiOperation({ summary, ...(description !== undefined && { description }) }),
    ApiExtension(PERMISSION, permission),
    ...(permission === 'public' ? [ApiSecurity(credential ?? {})] : []),
    ...describeInput(contract),
    ...Object.entries(answers).map(([status, answer]) => describeAnswer(Number(status), answer)),
    ApiResponse({
      status: '4XX',
      description: 'A mistake of the caller, with the fields that are wrong.',
      content,
    }),
    ApiResponse({
      status: '5XX',
      description: 'A mistake of ours, or a dependency that is missing.',
      content,
    }),
  );
}

/** Routes whose documentation nobody has asked for yet: it is a tenth of what a start takes. */
const undocumented: (() => void)[] = [];

/** Writes the documentation of all routes where Swagger looks for it. */
export function documentRoutes(): void {
  for (const document of undocumented.splice(0)) document();
}

function documentLater(contract: RouteContract): MethodDecorator {
  return (target, name, descriptor) => {
    undocumented.push(() => documentation(contract)(target, name, descriptor));
  };
}

/**
 * Declares a route: its permission, its input, which is checked before the handler runs, and its answers, which are
 * serialised by their schema. Without a query or body schema, neither is taken.
 */
function declare(contract: RouteContract): MethodDecorator {
  const { permission, answers, mistake } = contract;
  const shapes = Object.entries(answers).filter(([, answer]) => answer instanceof z.ZodType);
  return applyDecorators(
    keepContract(contract),
    HttpCode(Math.min(...Object.keys(answers).map(Number))),
    RouteSchema({ response: Object.fromEntries(shapes) }),
    RouteConfig({ ...(mistake !== undefined && { mistake }) }),
    permission === 'public' ? Public() : RequirePermission(permission),
    documentLater(contract),
  );
}

export const Route = Object.assign(declare, {
  /** Where the routes of a controller stand in the documentation, and which limit they share. */
  group: (tag: RouteGroup): ClassDecorator => applyDecorators(ApiTags(tag), SetMetadata(ROUTE_GROUP, tag)),
});
