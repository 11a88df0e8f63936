import { AppError, type ErrorKind, type FieldIssue } from '../../core/errors/index.js';

/** Every way in which bots refuse something. */
export type BotsErrorCode =
  | 'blueprint_changed'
  | 'blueprint_invalid'
  | 'blueprint_not_found'
  | 'bot_active'
  | 'bot_exists'
  | 'bot_invalid'
  | 'bot_not_found'
  | 'bot_not_running'
  | 'command_not_found'
  | 'command_not_open'
  | 'executor_unavailable'
  | 'revision_current'
  | 'revision_not_found'
  | 'route_not_found';

/** The family of errors of bots; `code` tells them apart. */
export class BotsError extends AppError {
  declare readonly code: BotsErrorCode;

  static notFound(what: 'bot' | 'command' | 'revision', name: string): BotsError {
    return new BotsError('not_found', `${what}_not_found`, `there is no ${what} ${JSON.stringify(name)}`);
  }

  /** Mistakes in fields. */
  static fields(issues: readonly FieldIssue[]): BotsError {
    const message = issues.map((issue) => `${issue.field}: ${issue.message}`).join('; ');
    return new BotsError('invalid', 'bot_invalid', message, issues);
  }

  constructor(
    kind: ErrorKind,
    code: BotsErrorCode,
    message: string,
    issues: readonly FieldIssue[] = [],
    options?: ErrorOptions,
  ) {
    super(kind, code, message, issues, options);
  }
}
