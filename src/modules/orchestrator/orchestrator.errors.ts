import { AppError, type ErrorKind } from '../../core/errors/index.js';

/** Every way in which workflows refuse something. */
export type OrchestratorErrorCode =
  | 'lifecycle_refused'
  | 'permission_missing'
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
