import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { AppError, type ErrorKind, type FieldIssue } from '../errors/index.js';
import { wire } from './wire.js';

/** Fields that were wrong, or with what something can be mended. */
export const fieldErrors = z.array(
  z.strictObject({
    field: z.string(),
    message: z.string(),
    line: z.int().optional().meta({ description: 'Where in a document, from 1.' }),
    column: z.int().optional(),
  }),
);

/** Problem details (RFC 9457), with the fields that were wrong. */
export const Problem = wire(
  'Problem',
  z.strictObject({
    type: z.string().meta({ examples: ['urn:azt3knet:problem:input_invalid'] }),
    title: z.string().meta({ examples: ['Unprocessable Entity'] }),
    status: z.int().meta({ examples: [422] }),
    detail: z.string().meta({ description: 'What was wrong, where, and what is accepted.' }),
    code: z.string().meta({ description: 'For programs; does not change.', examples: ['input_invalid'] }),
    instance: z.string().optional().meta({ description: 'The path that was called.' }),
    errors: fieldErrors.optional().meta({ examples: [[{ field: 'count', message: 'must be at least 1' }]] }),
  }),
);
export type Problem = z.infer<typeof Problem>;

const STATUS: Record<ErrorKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  not_acceptable: 406,
  gone: 410,
  conflict: 409,
  precondition_failed: 412,
  precondition_required: 428,
  range_not_satisfiable: 416,
  rate_limited: 429,
  refused: 422,
  unavailable: 503,
};

/** A problem by status, for errors that carry no more. */
export function problem(
  status: number,
  code: string,
  detail: string,
  errors: readonly FieldIssue[] = [],
): Problem {
  return {
    type: `urn:azt3knet:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    ...(errors.length > 0 && { errors: errors.map(placeOf) }),
  };
}

function placeOf({ field, message, line, column }: FieldIssue): FieldIssue {
  return {
    field,
    message,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}

export function problemOf(error: AppError): Problem {
  return problem(STATUS[error.kind], error.code, error.message, error.issues);
}
