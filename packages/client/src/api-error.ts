/** A field that was wrong. */
export interface FieldError {
  field: string;
  message: string;
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
  static async of(response: Response): Promise<ApiError> {
    const { status } = response;
    const text = await response.text().catch(() => '');
    const { code, detail, errors } = problemIn(text);
    return new ApiError(
      status,
      code ?? `http_${status}`,
      detail ?? `the server answered ${[status, response.statusText].join(' ').trim()}`,
      errors ?? [],
    );
  }
}

/** The server cannot be reached, or the connection broke; `cause` has what `fetch` said. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';

  constructor(url: string, cause: unknown) {
    super(`${new URL(url).origin} cannot be reached: ${reasonOf(cause)}`, { cause });
  }
}

function problemIn(text: string): { code?: string; detail?: string; errors?: FieldError[] } {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

/** Node's fetch says "fetch failed" and keeps the reason below. */
function reasonOf(error: unknown): string {
  const cause = (error as { cause?: unknown }).cause;
  if (cause !== undefined && cause !== null) return reasonOf(cause);
  const { code, message } = error as { code?: string; message?: string };
  return [message, code].find((text) => text !== undefined && text !== '') ?? String(error);
}
