import { AppError, type ErrorKind } from '../errors/index.js';
import { legible } from './legible.js';

/** Exit codes; documented in `--help` and the README. */
const EXIT_CODES: Record<ErrorKind, number> = {
  invalid: 2,
  not_found: 3,
  unauthenticated: 4,
  forbidden: 4,
  not_acceptable: 2,
  gone: 3,
  conflict: 5,
  precondition_failed: 5,
  precondition_required: 2,
  range_not_satisfiable: 2,
  rate_limited: 7,
  refused: 6,
  unavailable: 7,
};
const EXIT_BY_STATUS: Readonly<Record<number, number>> = {
  401: 4,
  403: 4,
  404: 3,
  409: 5,
  410: 3,
  412: 5,
  429: 7,
  502: 7,
  503: 7,
  504: 7,
};
export const EXIT_INTERNAL = 1;
export const EXIT_USAGE = 2;
const EXIT_REFUSED = 6;

export function exitCodeOf(error: AppError): number {
  return EXIT_CODES[error.kind];
}

/** The command for what the API asks of programs by a route. */
const COMMANDS: Readonly<Record<string, string>> = {
  change_password_first: 'azt3knet password',
  enrol_totp_first: 'azt3knet totp enrol',
  token_invalid: 'azt3knet login',
};

/** What a command calls a field of the API: `--role`; undefined: it has nothing of its kind. */
export type FlagOf = (field: string) => string | undefined;

/**
 * What an error of any kind ends a command with, and the line that says why.
 * @param server the server that the command was for
 * @param flagOf names the fields that were wrong as the command does
 */
export async function failureOf(
  error: unknown,
  server?: string,
  flagOf: FlagOf = () => undefined,
): Promise<{ code: number; line: string }> {
  if (error instanceof AppError) return { code: exitCodeOf(error), line: legible(error.message) };
  // Loaded here, since most commands do not fail.
  const { ApiError, NetworkError } = await import('@azt3knet/client');
  if (error instanceof NetworkError) return { code: EXIT_CODES.unavailable, line: inOneLine(error.message) };
  if (error instanceof ApiError) {
    const command = COMMANDS[error.code];
    const said = inFlags(error.message, error.errors, flagOf);
    const line = command === undefined ? said : `${said}, or \`${command}\``;
    return { code: exitCodeOfAnswer(error), line: inOneLine(line) };
  }
  // JSON that lacks what a command reads from it; on this machine that would be a mistake of ours.
  if (server !== undefined && (error instanceof TypeError || error instanceof SyntaxError)) {
    const line = `${server} answers with something unexpected: is it an Azt3kNet server of this version?`;
    return { code: EXIT_CODES.unavailable, line };
  }
  return { code: EXIT_INTERNAL, line: (error as Error).stack ?? String(error) };
}

/** A message with the options of a command in the place of the fields that it begins its parts with. */
function inFlags(
  message: string,
  errors: readonly { field: string; message: string }[],
  flagOf: FlagOf,
): string {
  let said = message;
  for (const { field, message: what } of errors) {
    const flag = flagOf(field.replace(/[.[].*$/su, ''));
    if (flag === undefined) continue;
    said = said
      .replace(`${field}: ${what}`, () => `${flag}: ${what}`)
      .replace(`${field} ${what}`, () => `${flag} ${what}`);
  }
  return said;
}

/** A server's words. */
function inOneLine(text: string): string {
  return legible(text.replaceAll(/\s+/gu, ' ').trim());
}

/** The API answers 422 to what is wrong and to what the guard refuses; the code of the latter ends in `_refused`. */
function exitCodeOfAnswer({ status, code }: { status: number; code: string }): number {
  if (code.endsWith('_refused')) return EXIT_REFUSED;
  return EXIT_BY_STATUS[status] ?? (status >= 500 ? EXIT_INTERNAL : EXIT_USAGE);
}
