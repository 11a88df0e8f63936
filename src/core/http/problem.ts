import { STATUS_CODES } from 'node:http';
import { AppError, type ErrorKind, type FieldIssue } from '../errors/index.js';

/** Problem details (RFC 9457), with the fields that were wrong. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  instance?: string;
  errors?: readonly FieldIssue[];
}

const STATUS: Record<ErrorKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
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
    ...(errors.length > 0 && { errors: errors.map(({ field, message }) => ({ field, message })) }),
  };
}

export function problemOf(error: AppError): Problem {
  return problem(STATUS[error.kind], error.code, error.message, error.issues);
}
