import { AppError, type ErrorKind, type FieldIssue } from '../../core/errors/index.js';

/** Every way in which campaigns and publications refuse something. */
export type SchedulerErrorCode =
  | 'approval_not_personal'
  | 'approval_repeated'
  | 'campaign_active'
  | 'campaign_empty'
  | 'campaign_exists'
  | 'campaign_invalid'
  | 'campaign_not_editable'
  | 'campaign_not_found'
  | 'cursor_invalid'
  | 'plan_too_long'
  | 'publication_not_found'
  | 'publication_not_waiting'
  | 'transition_impossible';

/** The scheduler's family of errors; `code` tells them apart. */
export class SchedulerError extends AppError {
  declare readonly code: SchedulerErrorCode;

  static notFound(what: 'campaign' | 'publication', name: string): SchedulerError {
    return new SchedulerError(
      'not_found',
      `${what}_not_found`,
      `there is no ${what} ${JSON.stringify(name)}`,
    );
  }

  /** A mistake in one field. */
  static field(field: string, message: string): SchedulerError {
    return new SchedulerError('invalid', 'campaign_invalid', `${field}: ${message}`, [{ field, message }]);
  }

  constructor(
    kind: ErrorKind,
    code: SchedulerErrorCode,
    message: string,
    issues: readonly FieldIssue[] = [],
    options?: ErrorOptions,
  ) {
    super(kind, code, message, issues, options);
  }
}
