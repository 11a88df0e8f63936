import { AppError, type ErrorKind, type FieldIssue } from '../../core/errors/index.js';

/** What goes wrong on networks. */
export class NetworkError extends AppError {
  static notFound(what: string, name: string): NetworkError {
    return new NetworkError('not_found', `${what}_not_found`, `there is no ${what} ${JSON.stringify(name)}`);
  }

  /** A mistake in one field. */
  static field(field: string, message: string): NetworkError {
    return new NetworkError('invalid', 'input_invalid', `${field}: ${message}`, [{ field, message }]);
  }

  static forbidden(message: string): NetworkError {
    return new NetworkError('forbidden', 'network_forbidden', message);
  }

  constructor(kind: ErrorKind, code: string, message: string, issues: readonly FieldIssue[] = []) {
    super(kind, code, message, issues);
  }
}

/** The guard does not let a text onto a network. */
export class PostRefusedError extends AppError {
  constructor(
    /** Why, in the guard's words. */
    readonly reasons: string,
    readonly decisionId: string,
  ) {
    super('refused', 'post_blocked', `the guard does not let this text through: ${reasons}`);
  }
}
