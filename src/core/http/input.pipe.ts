import { Injectable, ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { AppError, type FieldIssue } from '../errors/index.js';

// An answer must not grow with nonsense that is sent.
const MAX_ISSUES = 50;
const MAX_FIELD_LENGTH = 100;

function short(field: string): string {
  return field.length > MAX_FIELD_LENGTH ? `${field.slice(0, MAX_FIELD_LENGTH).toWellFormed()}…` : field;
}

/** The input of a request breaks a rule; every field that does is named. */
export class InvalidInputError extends AppError {
  constructor(issues: readonly FieldIssue[]) {
    const named = issues.slice(0, MAX_ISSUES).map(({ field, message }) => ({ field: short(field), message }));
    super(
      'invalid',
      'input_invalid',
      named.map((each) => `${each.field}: ${each.message}`).join('; '),
      named,
    );
  }
}

function issuesOf(errors: readonly ValidationError[], parent = ''): FieldIssue[] {
  return errors.flatMap((error) => {
    const name = /^\d+$/.test(error.property) ? `[${error.property}]` : error.property;
    const field = parent === '' || name.startsWith('[') ? `${parent}${name}` : `${parent}.${name}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      field,
      message: rule === 'whitelistValidation' ? 'unknown field' : message.replace(`${error.property} `, ''),
    }));
    return [...own, ...issuesOf(error.children ?? [], field)];
  });
}

/** Deeper than any input; whoever nests deeper is after our call stack. */
const MAX_DEPTH = 20;

/** Text that PostgreSQL cannot keep: a NUL, or half of a surrogate pair; and nesting without end. */
function unstorable(value: unknown, path = '', depth = 0): FieldIssue[] {
  if (typeof value === 'string') {
    return value.includes('\u0000') || !value.isWellFormed()
      ? [{ field: path, message: 'must be well-formed Unicode text without NUL characters' }]
      : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (depth > MAX_DEPTH) return [{ field: path, message: 'is nested too deeply' }];
  return Object.entries(value).flatMap(([key, child]) => {
    const step = Array.isArray(value) ? `[${key}]` : `${path === '' ? '' : '.'}${key}`;
    return unstorable(child, `${path}${step}`, depth + 1);
  });
}

/** Names that every object has: class-transformer drops them before the whitelist sees them. */
function inherited(value: object): FieldIssue[] {
  return Object.keys(value)
    .filter((field) => field in Object.prototype || field === 'prototype')
    .map((field) => ({ field, message: 'unknown field' }));
}

/** A field that is null is one that is not given. */
function withoutNulls(body: object): object {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

/** Validates bodies, queries and parameters against their DTOs; unknown fields are refused. */
@Injectable()
export class InputPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: true,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => new InvalidInputError(issuesOf(errors)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom') return value;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (metadata.type === 'body' && !isObject) {
      throw new InvalidInputError([{ field: 'body', message: 'must be a JSON object' }]);
    }
    const issues = unstorable(value, metadata.type === 'param' ? (metadata.data ?? '') : '');
    if (isObject) issues.push(...inherited(value));
    if (issues.length > 0) throw new InvalidInputError(issues);
    return super.transform(isObject ? withoutNulls(value) : value, metadata);
  }
}
