import { Injectable, ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { AppError, type FieldIssue } from '../errors/index.js';

/** The input of a request breaks a rule; every field that does is named. */
export class InvalidInputError extends AppError {
  constructor(issues: readonly FieldIssue[]) {
    const fields = issues.map((issue) => `${issue.field}: ${issue.message}`).join('; ');
    super('invalid', 'input_invalid', fields, issues);
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

/** Text that PostgreSQL cannot keep: a NUL, or half of a surrogate pair. */
function unstorable(value: unknown, path = ''): FieldIssue[] {
  if (typeof value === 'string') {
    return value.includes('\u0000') || !value.isWellFormed()
      ? [{ field: path, message: 'must be well-formed Unicode text without NUL characters' }]
      : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const step = Array.isArray(value) ? `[${key}]` : `${path === '' ? '' : '.'}${key}`;
    return unstorable(child, `${path}${step}`);
  });
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
    if (metadata.type === 'body' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw new InvalidInputError([{ field: 'body', message: 'must be a JSON object' }]);
    }
    const issues = unstorable(value, metadata.type === 'param' ? (metadata.data ?? '') : '');
    if (issues.length > 0) throw new InvalidInputError(issues);
    return super.transform(value, metadata);
  }
}
