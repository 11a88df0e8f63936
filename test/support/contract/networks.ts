import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { signWebhook } from '../../../src/core/webhooks/index.js';
import type { Route } from './document.js';

/** Of who reports on publications. */
export const REPORT_SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

/** Values of what belongs to networks: what a request makes or ends is its own. */
export function networkValues({ name, path }: Route): Record<string, readonly unknown[]> {
  if (!path.startsWith('/api/v1/networks')) return {};
  return {
    network: [name === 'DELETE /api/v1/networks/{network}' ? 'FRESH-NETWORK' : 'main'],
    name: ['FRESH-NETWORKNAME', 'FRESH-NETWORKNAME', 'main'],
    tick: [0, 0, 1],
    ...(path.includes('/tokens/') && { id: ['FRESH-NETWORKTOKEN'] }),
  };
}

export function networkName(): string {
  return `n${randomUUID().replaceAll('-', '')}`;
}

export async function addNetwork(source: DataSource): Promise<string> {
  const name = networkName();
  await source.query(`INSERT INTO networks (name, title, created_by) VALUES ($1, 'Fresh', 'test')`, [name]);
  return name;
}

/** A token for an account that a user is given on the main network. */
export async function addNetworkToken(source: DataSource, userId: string): Promise<string> {
  const id = randomUUID();
  await source.query(
    `WITH account AS (
       INSERT INTO network_accounts (network_id, id, username, display_name, note, user_id, decision_id)
       SELECT 1, network_snowflake(now()), 'u' || replace($1::text, '-', ''), 'Somebody', '', $1::uuid, id FROM decisions LIMIT 1
       RETURNING id)
     INSERT INTO network_tokens (id, network_id, account_id, user_id, hash, scopes, created_by, expires_at)
     SELECT $2::uuid, 1, id, $1::uuid, $2::text, '{read}', 'test', now() + interval '1 day' FROM account`,
    [userId, id],
  );
  return id;
}

/** The signature of a message to a route that takes signed ones. @param id of the message */
export function signatureOf({ path }: Route, body: string | undefined, id: string): Record<string, string> {
  if (!path.endsWith('/webhook')) return {};
  const timestamp = Math.floor(Date.now() / 1_000);
  return signWebhook({ id, timestamp, body: body ?? '' }, [REPORT_SECRET]);
}
