import { AppError, type ErrorKind, type FieldIssue } from '../errors/index.js';
import { legible } from '../legible.js';

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

/** A password or a code that is shown as proof, and is none: not allowed, wherever it is asked for. */
const PROOFS: ReadonlySet<string> = new Set(['login_failed', 'password_wrong', 'totp_wrong']);

/** What the API asks of programs, in the words of the commands; the longer before those that they begin with. */
const IN_COMMANDS: readonly (readonly [string, string])[] = [
  ['POST /api/v1/auth/login', '`azt3knet login`'],
  ['POST /api/v1/users/me/password', '`azt3knet password`'],
  ['POST /api/v1/users/me/totp/remove', '`azt3knet totp remove`'],
  ['POST /api/v1/users/me/totp', '`azt3knet totp enrol`'],
  ['(PUT, with If-Match)', '(--replace)'],
];

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
  if (error instanceof AppError) {
    const line = legible(inCommands(error.message, error.issues, flagOf));
    return { code: PROOFS.has(error.code) ? EXIT_CODES.forbidden : exitCodeOf(error), line };
  }
  // Loaded here, since most commands do not fail.
  const { ApiError, NetworkError } = await import('@azt3knet/client');
  if (error instanceof NetworkError) return { code: EXIT_CODES.unavailable, line: inOneLine(error.message) };
  if (error instanceof ApiError) {
    const said = inCommands(error.message, error.errors, flagOf);
    const line = error.errors.length > 1 ? said.split('\n').map(inOneLine).join('\n') : inOneLine(said);
    return { code: exitCodeOfAnswer(error), line };
  }
  // JSON that lacks what a command reads from it; on this machine that would be a mistake of ours.
  if (server !== undefined && (error instanceof TypeError || error instanceof SyntaxError)) {
    const line = `${server} answers with something unexpected: is it an Azt3kNet server of this version?`;
    return { code: EXIT_CODES.unavailable, line };
  }
  return { code: EXIT_INTERNAL, line: (error as Error).stack ?? String(error) };
}

/** A field of the API that is named within a sentence: more words than one, so that it is no word of the language. */
const FIELD_NAME = /(?<![\w.`/"'-])[a-z]+(?:_[a-z]+)+(?![\w.`/"'-])/gu;

/** A message of the API in the words of a command: its options for the fields, commands for the routes. */
function inCommands(message: string, errors: readonly FieldIssue[], flagOf: FlagOf): string {
  let said = message;
  for (const { field, message: what, line } of errors) {
    // What has a line is a document's, and no option's.
    const flag = line === undefined ? flagOf(field) : undefined;
    if (flag === undefined) continue;
    said = renamed(said, `${field}: ${what}`, `${flag}: ${what}`);
    said = renamed(said, `${field} ${what}`, `${flag} ${what}`);
  }
  for (const [words, command] of IN_COMMANDS) said = said.replace(words, () => command);
  return said.replaceAll(FIELD_NAME, (name) => flagOf(name) ?? name);
}

/** A text with others words for some, unless they are the end of a longer one. */
function renamed(text: string, from: string, to: string): string {
  const at = text.indexOf(from);
  if (at < 0 || /[\w-]$/u.test(text.slice(0, at))) return text;
  return text.slice(0, at) + to + text.slice(at + from.length);
}

/** A server's words. */
function inOneLine(text: string): string {
  return legible(text.replaceAll(/\s+/gu, ' ').trim());
}

/** The API answers 422 to what is wrong and to what the guard refuses; the code of the latter ends in `_refused`. */
function exitCodeOfAnswer({ status, code }: { status: number; code: string }): number {
  if (PROOFS.has(code)) return EXIT_CODES.forbidden;
  if (code.endsWith('_refused')) return EXIT_REFUSED;
  return EXIT_BY_STATUS[status] ?? (status >= 500 ? EXIT_INTERNAL : EXIT_USAGE);
}
