import { readFileSync } from 'node:fs';
// Not by its index: the configuration, which reads secrets, stands below that.
import { EgressClient } from '../../egress/egress-client.js';

/** A server of HashiCorp's Vault, or one that speaks its protocol. */
export interface VaultServer {
  /** `https://vault.example:8200`. */
  address: string;
  namespace: string | undefined;
  /** PEM file of the authority that signed its certificate; read again at every request. */
  caFile: string | undefined;
  /** How long an answer may take. */
  timeoutMs: number;
}

export interface VaultAnswer {
  status: number;
  body: unknown;
}

/** Sends one request to Vault; the only place that does. @throws EgressError */
export async function requestVault(
  server: VaultServer,
  method: 'GET' | 'POST',
  path: string,
  { token, body }: { token?: string; body?: object },
): Promise<VaultAnswer> {
  const { address, namespace, caFile, timeoutMs } = server;
  const ca = caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') };
  const egress = new EgressClient({ allow: [] });
  // What it is told of fails over to what is known: who asks decides when to ask again.
  const vault = egress.channel('vault', { own: [address], ...ca, timeoutMs, retries: 0 });
  try {
    const response = await vault.fetch(new URL(`v1/${path}`, address.replace(/(?<!\/)\/*$/, '/')), {
      method,
      headers: {
        'x-vault-request': 'true',
        ...(namespace !== undefined && { 'x-vault-namespace': namespace }),
        ...(token !== undefined && { 'x-vault-token': token }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: jsonOf(text) };
  } finally {
    await egress.close();
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
