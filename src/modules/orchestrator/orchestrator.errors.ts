import { AppError, type ErrorKind } from '../../core/errors/index.js';
import type { Permission } from '../../core/http/index.js';

/** Every way in which workflows refuse something. */
export type OrchestratorErrorCode =
  | 'lifecycle_refused'
  | 'permission_missing'
  | 'session_not_found'
  | 'session_over'
  | 'session_plan_active'
  | 'session_plan_not_found'
  | 'session_plan_over'
  | 'sessions_invalid'
  | 'workflow_active'
  | 'workflow_finished'
  | 'workflow_input_invalid'
  | 'workflow_not_found'
  | 'workflow_not_retried';

/** The orchestrator's family of errors; `code` tells them apart. */
export class OrchestratorError extends AppError {
  declare readonly code: OrchestratorErrorCode;

  static notFound(id: string): OrchestratorError {
    return new OrchestratorError('not_found', 'workflow_not_found', `there is no workflow ${id}`);
  }

  static sessionNotFound(id: string): OrchestratorError {
    return new OrchestratorError('not_found', 'session_not_found', `there is no session ${id}`);
  }

  static planNotFound(id: string): OrchestratorError {
    return new OrchestratorError('not_found', 'session_plan_not_found', `there is no session plan ${id}`);
  }

  /** Somebody asks for something that does more than he may do. @param what needs the permission */
  static permission(username: string, permission: Permission, what: string): OrchestratorError {
    const message = `${username} does not have the permission ${permission}, which ${what} needs`;
    return new OrchestratorError('forbidden', 'permission_missing', message);
  }

  /** A mistake in one field of what sessions are planned from. */
  static sessions(field: string, message: string): OrchestratorError {
    return new OrchestratorError('invalid', 'sessions_invalid', `${field}: ${message}`, [{ field, message }]);
  }

  /** A mistake in one field of an input. */
  static field(field: string, message: string): OrchestratorError {
    return new OrchestratorError('invalid', 'workflow_input_invalid', `${field}: ${message}`, [
      { field, message },
    ]);
  }

  constructor(
    kind: ErrorKind,
    code: OrchestratorErrorCode,
    message: string,
    issues: readonly { field: string; message: string }[] = [],
  ) {
    super(kind, code, message, issues);
  }
}

/** Whether the same would fail again. */
export function isFinal(error: unknown): error is AppError {
  return error instanceof AppError && error.kind !== 'unavailable' && error.kind !== 'rate_limited';
}
