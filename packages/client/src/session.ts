import { ApiError, NetworkError } from './api-error.js';
import type { components } from './schema.js';

/** A pair of tokens as the server issues it. */
export type Tokens = components['schemas']['Tokens'];

/** Who a client is; the first that is given counts. Without any, only public routes answer. */
export interface Identity {
  /** A token that somebody else keeps fresh. */
  token?: string | (() => string | Promise<string>) | undefined;
  /** A pair of tokens from an earlier log-in. */
  tokens?: Pick<Tokens, 'access_token' | 'refresh_token'> | undefined;
  /** Logs in when it is needed. */
  credentials?: { username: string; password: string } | undefined;
}

type Send = (request: Request) => Promise<Response>;

/** The tokens of a client: logs in when the first is needed, and renews them, once for all calls that wait for it. */
export class Session {
  private tokens: Pick<Tokens, 'access_token' | 'refresh_token'> | undefined;
  private renewing: Promise<void> | undefined;

  constructor(
    private readonly baseUrl: string,
    private readonly identity: Identity,
    private readonly send: Send,
    private readonly onTokens: (tokens: Tokens) => void | Promise<void>,
  ) {
    this.tokens = identity.tokens;
  }

  /** The value of `Authorization`; nothing for a client without an identity. */
  async authorization(): Promise<string | undefined> {
    const { token, credentials } = this.identity;
    if (token !== undefined) return `Bearer ${typeof token === 'function' ? await token() : token}`;
    if (this.tokens === undefined && credentials !== undefined) await this.renew(undefined);
    return this.tokens && `Bearer ${this.tokens.access_token}`;
  }

  /**
   * Gets new tokens in the place of those that made `refused`, unless another call has already.
   * @returns whether there is something new to try
   */
  async renew(refused: string | undefined): Promise<boolean> {
    const { token, credentials } = this.identity;
    if (token !== undefined) return typeof token === 'function';
    if (this.tokens === undefined && credentials === undefined) return false;
    if (this.tokens === undefined || `Bearer ${this.tokens.access_token}` === refused) {
      this.renewing ??= this.fetchTokens().finally(() => {
        this.renewing = undefined;
      });
      await this.renewing;
    }
    return true;
  }

  /** Logs in and uses the tokens from now on. @throws ApiError `login_failed` */
  async login(username: string, password: string): Promise<Tokens> {
    const body = JSON.stringify({ username, password });
    return this.use(await this.post('login', { 'content-type': 'application/json' }, body));
  }

  private async fetchTokens(): Promise<void> {
    const { credentials } = this.identity;
    if (this.tokens !== undefined) {
      try {
        const authorization = `Bearer ${this.tokens.refresh_token}`;
        await this.use(await this.post('refresh', { authorization }));
        return;
      } catch (error) {
        const refused = error instanceof ApiError && error.status === 401;
        if (!refused || credentials === undefined) throw error;
      }
    }
    if (credentials !== undefined) await this.login(credentials.username, credentials.password);
  }

  private async use(tokens: Tokens): Promise<Tokens> {
    this.tokens = tokens;
    await this.onTokens(tokens);
    return tokens;
  }

  private async post(what: 'login' | 'refresh', headers: HeadersInit, body?: string): Promise<Tokens> {
    const init = { method: 'POST', headers, ...(body !== undefined && { body }) };
    const response = await this.send(new Request(`${this.baseUrl}/api/v1/auth/${what}`, init));
    if (!response.ok) throw await ApiError.of(response);
    const tokens = (await response.json().catch(() => undefined)) as Partial<Tokens> | null | undefined;
    if (typeof tokens?.access_token === 'string' && typeof tokens.refresh_token === 'string')
      return tokens as Tokens;
    throw new NetworkError(response.url || this.baseUrl, new Error('it answers a log-in without tokens'));
  }
}
