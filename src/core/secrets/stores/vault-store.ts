import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { SecretStore } from './stored-secrets.js';
import { requestVault, type VaultAnswer, type VaultServer } from './vault-request.js';

/** How a process shows Vault who it is; secrets are asked for at every use, so that they may change in their files. */
export type VaultLogin =
  | { method: 'token'; token: () => Promise<string> }
  | { method: 'approle'; roleId: string; secretId: () => Promise<string> }
  | { method: 'kubernetes'; role: string; tokenFile: string };

interface Token {
  text: string;
  renewable: boolean;
  /** When the half of its time is over, on the clock of `performance.now()`. */
  renewAt: number;
}

const loginSchema = z.object({
  auth: z.object({ client_token: z.string().min(1), lease_duration: z.number(), renewable: z.boolean() }),
});
const lookupSchema = z.object({ data: z.object({ ttl: z.number(), renewable: z.boolean().default(false) }) });
const renewalSchema = z.object({ auth: z.object({ lease_duration: z.number(), renewable: z.boolean() }) });
const secretSchema = z.object({ data: z.object({ data: z.record(z.string(), z.unknown()) }) });

const REASONS: Readonly<Record<number, string>> = {
  400: 'it refuses the request or the credentials (400)',
  403: 'it denies access (403)',
  404: 'there is no such secret, mount or way to log in (404)',
  429: 'it is a standby node or too busy (429)',
  503: 'it is sealed or in maintenance (503)',
};

class VaultRefusal extends Error {
  constructor(
    readonly status: number,
    what: string,
  ) {
    super(`${what}: ${REASONS[status] ?? `it answers ${status}`}`);
  }
}

/** One secret of a KV version 2 engine of Vault, whose keys are the names of variables. */
export class VaultStore implements SecretStore {
  readonly name: string;
  readonly variable = 'VAULT_ADDR';
  private token: Token | undefined;

  /** @param path mount and path, `secret/azt3knet` */
  constructor(
    private readonly server: VaultServer,
    private readonly login: VaultLogin,
    private readonly path: string,
  ) {
    this.name = `Vault ${path}`;
  }

  async fetch(): Promise<Record<string, unknown>> {
    await this.renew();
    const fresh = this.token === undefined;
    try {
      return await this.read();
    } catch (error) {
      if (fresh || !(error instanceof VaultRefusal) || error.status !== 403) throw error;
      // The token may have been revoked, or have ended while the process slept.
      this.token = undefined;
      return this.read();
    }
  }

  private async read(): Promise<Record<string, unknown>> {
    this.token ??= await this.logIn();
    const [mount = '', ...rest] = this.path.split('/').map(encodeURIComponent);
    const answer = await requestVault(this.server, 'GET', `${mount}/data/${rest.join('/')}`, {
      token: this.token.text,
    });
    return expected(secretSchema, answer, 'reading').data.data;
  }

  /** Prolongs the token once half of its time is over; one that cannot be is replaced by a new one. */
  private async renew(): Promise<void> {
    const { token } = this;
    if (token === undefined || performance.now() < token.renewAt) return;
    this.token = undefined;
    if (!token.renewable) return;
    const answer = await requestVault(this.server, 'POST', 'auth/token/renew-self', {
      token: token.text,
      body: {},
    });
    const renewed = renewalSchema.safeParse(answer.body);
    if (answer.status !== 200 || !renewed.success) return;
    const { lease_duration, renewable } = renewed.data.auth;
    this.token = tokenOf(token.text, lease_duration, renewable);
  }

  private async logIn(): Promise<Token> {
    const { login } = this;
    if (login.method === 'token') return this.lookUp(await login.token());
    const body =
      login.method === 'approle'
        ? { role_id: login.roleId, secret_id: await login.secretId() }
        : { role: login.role, jwt: readFileSync(login.tokenFile, 'utf8').trim() };
    const answer = await requestVault(this.server, 'POST', `auth/${login.method}/login`, { body });
    const { client_token, lease_duration, renewable } = expected(loginSchema, answer, 'logging in').auth;
    return tokenOf(client_token, lease_duration, renewable);
  }

  private async lookUp(text: string): Promise<Token> {
    const answer = await requestVault(this.server, 'GET', 'auth/token/lookup-self', { token: text });
    // A token that may not look at itself is used as it is.
    if (answer.status === 403) return tokenOf(text, 0, false);
    const { ttl, renewable } = expected(lookupSchema, answer, 'looking up the token').data;
    return tokenOf(text, ttl, renewable);
  }
}

/** @param seconds that it has left; 0: for ever */
function tokenOf(text: string, seconds: number, renewable: boolean): Token {
  return { text, renewable, renewAt: seconds === 0 ? Infinity : performance.now() + seconds * 500 };
}

/** The body of a good answer. @throws VaultRefusal, and Error when the answer is none of Vault's */
function expected<T>(schema: z.ZodType<T>, { status, body }: VaultAnswer, what: string): T {
  if (status !== 200) throw new VaultRefusal(status, what);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Error(`${what}: it answers something else than Vault would`);
  return parsed.data;
}
