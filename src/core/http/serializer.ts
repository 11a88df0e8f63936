import type { FastifySerializerCompiler } from 'fastify';
import fastJson from 'fast-json-stringify';
import type { z } from 'zod';
import { toJsonSchema } from './json-schema.js';

type Serializer = (document: unknown) => string;

/** The applications of one process answer by the same schemas. */
const compiled = new WeakMap<z.ZodType, Serializer>();

function serializerOf(schema: z.ZodType): Serializer {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  // Which of several shapes a value has, the library finds out by draft 7, where a tuple is written in another way.
  const serializer = fastJson(toJsonSchema(schema, 'output', 'draft-7') as object as fastJson.Schema);
  compiled.set(schema, serializer);
  return serializer;
}

/**
 * Compiles the schemas of answers, each when it first answers: all of them are a tenth of the start of a command, which asks
 * for one. What a schema does not name is not sent.
 */
export const compileSerializer: FastifySerializerCompiler<z.ZodType> =
  ({ schema }) =>
  (document) =>
    serializerOf(schema)(document);
