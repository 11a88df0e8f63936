import { AppError } from '../errors/index.js';
import type { Policy } from './budgets.js';

/** Too much in too short a time. */
export class RateLimitedError extends AppError {
  constructor(
    { name, limit, windowMs }: Policy,
    /** Seconds, at least 1. */
    readonly retryAfter: number,
  ) {
    const seconds = windowMs / 1_000;
    super(
      'rate_limited',
      'rate_limited',
      `the limit "${name}" is ${limit} requests in ${seconds} s; try again in ${retryAfter} s`,
    );
  }
}

/** What must be counted cannot be. */
export class RateLimitUnavailableError extends AppError {
  constructor() {
    super(
      'unavailable',
      'rate_limit_unavailable',
      'attempts to log in cannot be counted, and so none is made; try again soon',
    );
  }
}
