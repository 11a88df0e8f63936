/** What went wrong, as a caller sees it; each kind has one HTTP status and one CLI exit code. */
export type ErrorKind =
  | 'invalid' // the input breaks a rule: 422 (400 when it could not be read at all), exit 2
  | 'unauthenticated' // 401, exit 4
  | 'forbidden' // 403, exit 4
  | 'not_found' // 404, exit 3
  | 'not_acceptable' // it cannot be sent as any media type that is wanted: 406, exit 2
  | 'gone' // it was there and is no longer kept: 410, exit 3
  | 'conflict' // 409, exit 5
  | 'precondition_failed' // it has changed since it was read: 412, exit 5
  | 'precondition_required' // an update without If-Match: 428, exit 2
  | 'range_not_satisfiable' // a part of a file beyond its end: 416, exit 2
  | 'rate_limited' // too much in too short a time: 429, exit 7
  | 'refused' // the guard said no: 422, exit 6
  | 'unavailable'; // a dependency is missing or full: 503, exit 7

/** One field that was wrong: `field` is the wire name (`age_range`, `interests[2]`), `message` says what is accepted. */
export interface FieldIssue {
  field: string;
  message: string;
  /** Where in a document, counted from 1. */
  line?: number;
  column?: number;
}

/**
 * An error that a person can act on. Every module derives its own coded family from it; anything else that is thrown
 * is a defect and shows as an internal error without details.
 */
export class AppError extends Error {
  constructor(
    readonly kind: ErrorKind,
    /** Stable, machine-readable, snake_case, e.g. `population_not_found`. */
    readonly code: string,
    /** One sentence for people: what was wrong, where, what is accepted. */
    message: string,
    readonly issues: readonly FieldIssue[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}
