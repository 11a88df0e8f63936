import { ApiError, StrangeAnswerError } from './api-error.js';
import { jsonOf, textOf } from './bodies.js';
import type { components } from './schema.js';

/** A pair of tokens as the server issues it. */
export type Tokens = components['schemas']['Tokens'];

/** The two that a client goes on with. */
export type TokenPair = Pick<Tokens, 'access_token' | 'refresh_token'>;

/**
 * Where several clients keep the pair that they share, e.g. the processes of a person. A refresh token holds once: without this,
 * two that renew at the same time end the session.
 */
export interface SharedTokens {
  /** Does this while no other client that shares the tokens does it. */
  lock<T>(work: () => Promise<T>): Promise<T>;
  /** The pair that `onTokens` was last told, by any client; undefined when the session was left. */
  read(): Promise<TokenPair | undefined>;
}

/** Who a client is; the first that is given counts. Without any, only public routes answer. */
export interface Identity {
  /** A token that somebody else keeps fresh. */
  token?: string | (() => string | Promise<string>) | undefined;
  /** A pair of tokens from an earlier log-in. */
  tokens?: TokenPair | undefined;
  /** Where others keep and renew the same tokens. */
  shared?: SharedTokens | undefined;
  /** Logs in when it is needed. */
  credentials?: { username: string; password: string } | undefined;
}

type Send = (request: Request) => Promise<Response>;

/** The tokens of a client: logs in when the first is needed, and renews them, once for all calls that wait for it. */
export class Session {
  private tokens: TokenPair | undefined;
  private renewing: Promise<boolean> | undefined;

  constructor(
    private readonly baseUrl: string,
    private readonly identity: Identity,
    private readonly send: Send,
    private readonly timeoutMs: number,
    private readonly onTokens: (tokens: Tokens) => void | Promise<void>,
  ) {
    this.tokens = identity.tokens;
  }

  /** How often a request is worth renewing for: what another client got may have expired in the meantime. */
  get renewals(): number {
    return this.identity.shared === undefined ? 1 : 2;
  }

  /** The value of `Authorization`; nothing for a client without an identity. */
  async authorization(): Promise<string | undefined> {
    const { token, credentials } = this.identity;
    if (token !== undefined) return bearer(typeof token === 'function' ? await token() : token);
    if (this.tokens === undefined && credentials !== undefined) await this.renew(undefined);
    return this.tokens && bearer(this.tokens.access_token);
  }

  /**
   * Gets new tokens in the place of those that made `refused`, unless another call has already.
   * @returns whether there is something new to try
   */
  async renew(refused: string | undefined): Promise<boolean> {
    const { token, credentials } = this.identity;
    if (token !== undefined) return typeof token === 'function';
    if (this.tokens === undefined && credentials === undefined) return false;
    if (this.tokens !== undefined && `Bearer ${this.tokens.access_token}` !== refused) return true;
    this.renewing ??= this.renewShared().finally(() => {
      this.renewing = undefined;
    });
    return this.renewing;
  }

  /** Logs in and uses the tokens from now on. @throws ApiError `login_failed`, `totp_required`, `totp_wrong` */
  async login(username: string, password: string, totpCode?: string): Promise<Tokens> {
    const body = JSON.stringify({ username, password, totp_code: totpCode });
    return this.use(await this.post('login', { 'content-type': 'application/json' }, body));
  }

  /** Takes what another client has got, or gets new tokens for all. @returns false when the session was left */
  private async renewShared(): Promise<boolean> {
    const { shared, credentials } = this.identity;
    if (shared === undefined) return this.fetchTokens();
    return shared.lock(async () => {
      const newest = await shared.read();
      if (newest === undefined && credentials === undefined) return false;
      if (newest === undefined || newest.refresh_token === this.tokens?.refresh_token)
        return this.fetchTokens();
      this.tokens = newest;
      return true;
    });
  }

  private async fetchTokens(): Promise<true> {
    const { credentials } = this.identity;
    if (this.tokens !== undefined) {
      try {
        const authorization = bearer(this.tokens.refresh_token);
        await this.use(await this.post('refresh', { authorization }));
        return true;
      } catch (error) {
        const refused = error instanceof ApiError && error.status === 401;
        if (!refused || credentials === undefined) throw error;
      }
    }
    if (credentials !== undefined) await this.login(credentials.username, credentials.password);
    return true;
  }

  private async use(tokens: Tokens): Promise<Tokens> {
    this.tokens = tokens;
    await this.onTokens(tokens);
    return tokens;
  }

  private async post(what: 'login' | 'refresh', headers: HeadersInit, body?: string): Promise<Tokens> {
    const init = { method: 'POST', headers, ...(body !== undefined && { body }) };
    const request = new Request(`${this.baseUrl}/api/v1/auth/${what}`, init);
    const response = await this.send(request);
    const reading = { request, timeoutMs: this.timeoutMs };
    if (!response.ok) throw ApiError.of(response, await textOf(response, reading).catch(() => ''));
    const answer = await jsonOf(response, reading);
    if (!isTokens(answer)) throw new StrangeAnswerError(request.url);
    return answer;
  }
}

/** Whether a text is a token that a header can carry. */
export function isToken(text: unknown): text is string {
  return typeof text === 'string' && /^[\x21-\x7e]+$/.test(text);
}

function isTokens(answer: unknown): answer is Tokens {
  const { access_token: access, refresh_token: refresh } = (answer ?? {}) as Partial<Tokens>;
  return isToken(access) && isToken(refresh);
}

/** @throws TypeError that does not show the token, unlike that of the platform */
function bearer(token: string): string {
  if (!isToken(token)) throw new TypeError('the token has characters that no header can carry');
  return `Bearer ${token}`;
}
