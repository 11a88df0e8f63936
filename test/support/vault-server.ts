import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { json } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';

interface Token {
  seconds: number;
  renewable: boolean;
  ends: number;
}

/** What the role of the Kubernetes method is called, and the token of its service account. */
export const KUBERNETES = { role: 'lab', jwt: 'the token of a service account' };

export const ROLE = { role_id: 'role-of-a-test', secret_id: 'secret-of-a-test' };

const LOGINS: Readonly<Record<string, object>> = {
  'auth/approle/login': ROLE,
  'auth/kubernetes/login': KUBERNETES,
};

/** The part of HashiCorp Vault's HTTP API that reading KV version 2 takes, with what can go wrong. */
export class VaultServer {
  /** Answers 503, as a sealed server does. */
  sealed = false;
  /** How late answers are, in milliseconds. */
  lateMs = 0;
  /** How long tokens live that are handed out, and whether they can be prolonged. */
  lease = { seconds: 3_600, renewable: true };
  namespace: string | undefined;
  /** What was asked, in order: `POST auth/approle/login`. */
  readonly calls: string[] = [];
  private readonly tokens = new Map<string, Token>();
  private readonly secrets = new Map<string, Record<string, unknown>>();

  private constructor(
    private readonly server: Server,
    private readonly scheme: 'http' | 'https',
  ) {}

  static async start(tls?: { certFile: string; keyFile: string }): Promise<VaultServer> {
    const server = tls
      ? createTlsServer({ cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) })
      : createServer();
    const vault = new VaultServer(server, tls ? 'https' : 'http');
    server.on('request', (request, response) => void vault.handle(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return vault;
  }

  get address(): string {
    return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Writes a version of a secret. @param path `secret/azt3knet` */
  put(path: string, data: Record<string, unknown>): void {
    this.secrets.set(path.replace('/', '/data/'), data);
  }

  delete(path: string): void {
    this.secrets.delete(path.replace('/', '/data/'));
  }

  issue(): string {
    const text = `hvs.${randomUUID()}`;
    this.tokens.set(text, { ...this.lease, ends: Date.now() + this.lease.seconds * 1_000 });
    return text;
  }

  revokeAll(): void {
    this.tokens.clear();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent((request.url ?? '').replace('/v1/', ''));
    this.calls.push(`${request.method} ${path}`);
    await new Promise((resolve) => setTimeout(resolve, this.lateMs));
    const [status, body] = await this.answer(request, path);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private async answer(request: IncomingMessage, path: string): Promise<[number, object]> {
    if (this.sealed) return [503, { errors: ['Vault is sealed'] }];
    if (this.namespace !== undefined && request.headers['x-vault-namespace'] !== this.namespace) {
      return [404, { errors: ['no handler for route'] }];
    }
    const expected = LOGINS[path];
    if (expected !== undefined) {
      if (!isDeepStrictEqual(await json(request), expected))
        return [400, { errors: ['invalid credentials'] }];
      const { seconds: lease_duration, renewable } = this.lease;
      return [200, { auth: { client_token: this.issue(), lease_duration, renewable } }];
    }
    const token = this.tokens.get(String(request.headers['x-vault-token']));
    if (token === undefined || token.ends <= Date.now()) return [403, { errors: ['permission denied'] }];
    return this.answerTo(token, path);
  }

  private answerTo(token: Token, path: string): [number, object] {
    const { seconds, renewable } = token;
    if (path === 'auth/token/lookup-self') {
      return [200, { data: { ttl: Math.ceil((token.ends - Date.now()) / 1_000), renewable } }];
    }
    if (path === 'auth/token/renew-self') {
      if (!renewable) return [400, { errors: ['lease is not renewable'] }];
      token.ends = Date.now() + seconds * 1_000;
      return [200, { auth: { lease_duration: seconds, renewable } }];
    }
    const data = this.secrets.get(path);
    return data === undefined ? [404, { errors: [] }] : [200, { data: { data, metadata: { version: 1 } } }];
  }
}
