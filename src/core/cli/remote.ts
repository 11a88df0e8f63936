import type { Client, ClientOptions } from '@azt3knet/client';
import { AppError } from '../errors/index.js';
// Not by its index, which loads the database's library too.
import { traceHeaders } from '../tracing/tracing.js';
import { VERSION } from '../version.js';
import { SessionStore } from './sessions.js';

/** The command is for a server, and there are no tokens for it. */
export class NotLoggedInError extends AppError {
  constructor(url: string) {
    super(
      'unauthenticated',
      'not_logged_in',
      `nobody is logged in at ${url}: run \`azt3knet login --api-url ${url}\` or set AZT3KNET_API_TOKEN`,
    );
  }
}

class ApiUrlInvalidError extends AppError {
  constructor(given: string) {
    // What may be a credential is not repeated.
    const shown = /[@?#\p{Cc}]/u.test(given)
      ? ', without user, password, query and fragment'
      : `, not ${given}`;
    const message = `expected a URL that begins with http:// or https://, such as https://lab.example${shown}`;
    super('invalid', 'api_url_invalid', `--api-url: ${message}`, [{ field: 'api_url', message }]);
  }
}

class TokenInvalidError extends AppError {
  constructor() {
    const message = 'expected a token as the server issues it: letters, digits and signs, in one line';
    super('invalid', 'api_token_invalid', `AZT3KNET_API_TOKEN: ${message}`, [
      { field: 'AZT3KNET_API_TOKEN', message },
    ]);
  }
}

/** A server's URL in one spelling: no credentials, query or slash at the end. @throws ApiUrlInvalidError */
export function apiUrlOf(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const plain =
    url !== undefined && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!plain || !/^https?:$/.test(url.protocol)) throw new ApiUrlInvalidError(given);
  return `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, '')}`;
}

/** A client of a server, for who has not logged in. */
export async function anonymousClient(
  baseUrl: string,
  options: Partial<ClientOptions> = {},
): Promise<Client> {
  const { createClient } = await import('@azt3knet/client');
  return createClient({
    baseUrl,
    headers: { 'user-agent': `azt3knet/${VERSION}`, ...traceHeaders() },
    ...options,
  });
}

/**
 * A client of a server, with the token of the environment or of the last log-in.
 * @throws NotLoggedInError, TokenInvalidError, and what {@link SessionStore} throws
 */
export async function remoteClient(baseUrl: string, token: string | undefined): Promise<Client> {
  if (token !== undefined) {
    const { isToken } = await import('@azt3knet/client');
    if (!isToken(token)) throw new TokenInvalidError();
    const isKey = token.startsWith('azt_');
    return anonymousClient(baseUrl, isKey ? { headers: { 'x-api-key': token } } : { token });
  }
  const store = new SessionStore();
  const session = await store.read(baseUrl);
  if (session === undefined) throw new NotLoggedInError(baseUrl);
  return anonymousClient(baseUrl, {
    tokens: session,
    onTokens: ({ access_token, refresh_token }) => store.write({ ...session, access_token, refresh_token }),
    shared: {
      lock: (work) => store.locked(baseUrl, work),
      // Who has become somebody else in the meantime is not what this command began as.
      read: async () => {
        const kept = await store.read(baseUrl);
        return kept?.username === session.username ? kept : undefined;
      },
    },
  });
}
