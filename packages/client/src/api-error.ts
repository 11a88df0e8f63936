/** A field that was wrong. */
export interface FieldError {
  field: string;
  message: string;
  /** Where in a document, counted from 1. */
  line?: number;
  column?: number;
}

/** What the server answered instead of a result: problem details (RFC 9457). */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    /** For programs; does not change, e.g. `population_not_found`. */
    readonly code: string,
    /** What was wrong, where, and what is accepted. */
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(detail);
  }

  /** Reads a response that is not a success; one that carries no problem details, e.g. of a proxy, is told by its status. */
  static of(response: Response, text: string): ApiError {
    const { status } = response;
    const { code, detail, errors } = problemIn(text);
    return new ApiError(
      status,
      code ?? `http_${status}`,
      detail ?? `the server answered ${[status, response.statusText].join(' ').trim()}`,
      errors ?? [],
    );
  }
}

/** The server cannot be reached, hangs, breaks off, or is none of ours; `cause` has what `fetch` said. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';

  /** @param problem what is wrong with the server, after its name */
  constructor(url: string, problem: string, cause?: unknown) {
    super(`${new URL(url).origin} ${problem}`, { cause });
  }

  static unreachable(url: string, cause: unknown): NetworkError {
    return new NetworkError(url, `cannot be reached: ${reasonOf(cause)}`, cause);
  }

  static broken(url: string, cause: unknown): NetworkError {
    return new NetworkError(url, `broke off its answer: ${reasonOf(cause)}`, cause);
  }

  static late(url: string): NetworkError {
    return new NetworkError(url, 'does not answer in time');
  }
}

/** The server answers, and not as an Azt3kNet server does: asking again would not help. */
export class StrangeAnswerError extends NetworkError {
  constructor(url: string, problem = 'answers with something unexpected: is it an Azt3kNet server?') {
    super(url, problem);
  }
}

/** Problem details, as far as they are what they should be. */
function problemIn(text: string): { code?: string; detail?: string; errors?: FieldError[] } {
  try {
    const { code, detail, errors } = JSON.parse(text) as Record<string, unknown>;
    return {
      ...(typeof code === 'string' && { code }),
      ...(typeof detail === 'string' && { detail }),
      ...(Array.isArray(errors) && { errors: errors.filter(isFieldError) }),
    };
  } catch {
    return {};
  }
}

function isFieldError(given: unknown): given is FieldError {
  const { field, message } = (given ?? {}) as Partial<Record<keyof FieldError, unknown>>;
  return typeof field === 'string' && typeof message === 'string';
}

/** Node's fetch says "fetch failed" and keeps the reason below. */
function reasonOf(error: unknown): string {
  const cause = (error as { cause?: unknown }).cause;
  if (cause !== undefined && cause !== null) return reasonOf(cause);
  const { code, message } = error as { code?: string; message?: string };
  return [message, code].find((text) => text !== undefined && text !== '') ?? String(error);
}
