import type { FastifySerializerCompiler } from 'fastify';
import fastJson from 'fast-json-stringify';
import type { z } from 'zod';
import { toJsonSchema } from './json-schema.js';

/** Compiles the schemas of answers. What a schema does not name is not sent. */
export const compileSerializer: FastifySerializerCompiler<z.ZodType> = ({ schema }) =>
  fastJson(toJsonSchema(schema, 'output') as object as fastJson.Schema);
