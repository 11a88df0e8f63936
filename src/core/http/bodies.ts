import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors/index.js';
import { screenJson } from './json-screen.js';

/** How YAML calls itself; RFC 9512 and before it. */
export const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml'] as const;

/** How a form calls itself. */
export const FORM_TYPE = 'application/x-www-form-urlencoded';

const rawBodies = new WeakMap<FastifyRequest, Uint8Array>();

/** The bytes of a JSON body that came with a `webhook-signature`, which is over them and not over what they mean; else none. */
export function rawBodyOf(request: FastifyRequest): Uint8Array {
  return rawBodies.get(request) ?? new Uint8Array();
}

/**
 * Bodies are JSON, and one that is empty counts as not given. A YAML body reads as `{"content": "<its text>"}`: a route
 * that takes one names {@link YAML_TYPES} as its `bodyTypes`, and any other refuses it. So it is with forms, whose fields are texts.
 */
export function readBodies(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) {
      done(null, undefined);
      return;
    }
    if (request.headers['webhook-signature'] !== undefined) rawBodies.set(request, body as Buffer);
    const json = body.toString('utf8');
    try {
      screenJson(json);
    } catch (error) {
      done(error as Error);
      return;
    }
    void parse(request, json, done);
  });
  fastify.addContentTypeParser(FORM_TYPE, { parseAs: 'string' }, (_request, body, done) => {
    const fields = new URLSearchParams(body as string);
    // A field that is given twice is none of those that a form may have.
    const twice = [...fields.keys()].find((name) => fields.getAll(name).length > 1);
    if (twice === undefined) done(null, Object.fromEntries(fields));
    else done(new AppError('invalid', 'body_invalid', `the form has the field ${twice} twice`));
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  fastify.addContentTypeParser([...YAML_TYPES], { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, { content: decoder.decode(body as Buffer) });
    } catch {
      done(new AppError('invalid', 'body_invalid', 'the body is not UTF-8'));
    }
  });
}
