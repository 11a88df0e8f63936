import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { NetworkApp, NetworkCode, NetworkToken } from './access.entity.js';

/** A token that holds, and the program that it was given to. */
export type HeldToken = NetworkToken & { application: string | null };
/** A token of a list, with the name of its account. */
export type ListedToken = NetworkToken & { username: string | null; application: string | null };

const LIST = new Listing<'created_at'>({
  name: 'network_tokens',
  select: 'network_tokens.*, a.username, p.name AS application',
  from: `network_tokens
    LEFT JOIN network_accounts a ON a.network_id = network_tokens.network_id AND a.id = network_tokens.account_id
    LEFT JOIN network_apps p ON p.id = network_tokens.app_id`,
  id: 'network_tokens.id',
  sorts: { created_at: { sql: 'network_tokens.created_at', type: 'timestamptz' } },
});

const old = (column: string): string => `${column} < now() - make_interval(days => $1)`;

/** Programs, codes and tokens. */
@Injectable()
export class AccessRepository {
  async insertApp(manager: EntityManager, app: Omit<NetworkApp, 'created_at'>): Promise<void> {
    await manager.query(
      `INSERT INTO network_apps (id, network_id, client_id, secret_hash, name, website, redirect_uris, scopes)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        app.id,
        app.network_id,
        app.client_id,
        app.secret_hash,
        app.name,
        app.website,
        app.redirect_uris,
        app.scopes,
      ],
    );
  }

  async appByClientId(manager: EntityManager, clientId: string): Promise<NetworkApp | undefined> {
    const [row] = await manager.query<NetworkApp[]>('SELECT * FROM network_apps WHERE client_id = $1', [
      clientId,
    ]);
    return row;
  }

  async appById(manager: EntityManager, id: string): Promise<NetworkApp | undefined> {
    const [row] = await manager.query<NetworkApp[]>('SELECT * FROM network_apps WHERE id = $1', [id]);
    return row;
  }

  /** @param seconds for how long it is good, by the clock that says whether it is */
  async insertCode(
    manager: EntityManager,
    code: Omit<NetworkCode, 'expires_at' | 'used_at'>,
    seconds: number,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO network_codes (hash, app_id, user_id, redirect_uri, scopes, challenge, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))`,
      [code.hash, code.app_id, code.user_id, code.redirect_uri, code.scopes, code.challenge, seconds],
    );
  }

  /** A code of a program's, used or not. */
  async codeOf(manager: EntityManager, hash: string, app: string): Promise<NetworkCode | undefined> {
    const [row] = await manager.query<NetworkCode[]>(
      'SELECT * FROM network_codes WHERE hash = $1 AND app_id = $2',
      [hash, app],
    );
    return row;
  }

  /** Uses a code; who comes at the same time waits. @returns whether it was good until now */
  async useCode(manager: EntityManager, hash: string): Promise<boolean> {
    const [, count] = await manager.query<[unknown, number]>(
      'UPDATE network_codes SET used_at = now() WHERE hash = $1 AND used_at IS NULL AND expires_at > now()',
      [hash],
    );
    return count > 0;
  }

  /** Ends the tokens that were given for a code. @returns their ids */
  async revokeOfCode(manager: EntityManager, hash: string): Promise<string[]> {
    const [rows] = await manager.query<[{ id: string }[], number]>(
      'UPDATE network_tokens SET revoked_at = now() WHERE code_hash = $1 AND revoked_at IS NULL RETURNING id',
      [hash],
    );
    return rows.map(({ id }) => id);
  }

  /** @param seconds for how long it holds, by the clock that says whether it does */
  async insertToken(
    manager: EntityManager,
    token: Omit<NetworkToken, 'created_at' | 'expires_at' | 'revoked_at'>,
    seconds: number,
  ): Promise<NetworkToken> {
    const { id, network_id, app_id, account_id, user_id, hash, code_hash, scopes, created_by } = token;
    const [row] = await manager.query<NetworkToken[]>(
      `INSERT INTO network_tokens
         (id, network_id, app_id, account_id, user_id, hash, scopes, created_by, expires_at, code_hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(secs => $9), $10) RETURNING *`,
      [id, network_id, app_id, account_id, user_id, hash, scopes, created_by, seconds, code_hash],
    );
    return row as NetworkToken;
  }

  /** A token by its hash, if it holds. */
  async held(manager: EntityManager, hash: string): Promise<HeldToken | undefined> {
    const [row] = await manager.query<HeldToken[]>(
      `SELECT t.*, p.name AS application FROM network_tokens t LEFT JOIN network_apps p ON p.id = t.app_id
       WHERE t.hash = $1 AND t.revoked_at IS NULL AND t.expires_at > now()`,
      [hash],
    );
    return row;
  }

  /** Which of some tokens, by their ids, hold. */
  async holding(manager: EntityManager, ids: readonly string[]): Promise<Set<string>> {
    const rows = await manager.query<{ id: string }[]>(
      'SELECT id FROM network_tokens WHERE id = ANY($1::uuid[]) AND revoked_at IS NULL AND expires_at > now()',
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** @throws InvalidCursor */
  page(
    manager: EntityManager,
    network: number,
    request: PageRequest<'created_at'>,
  ): Promise<Page<ListedToken>> {
    const conditions = new Conditions()
      .equal('network_tokens.network_id', network)
      .require('network_tokens.revoked_at IS NULL AND network_tokens.expires_at > now()');
    return LIST.page<ListedToken>(manager, conditions, request);
  }

  /** @returns whether there was one that held */
  async revoke(manager: EntityManager, network: number, id: string): Promise<boolean> {
    const [, count] = await manager.query<[unknown, number]>(
      `UPDATE network_tokens SET revoked_at = now()
       WHERE network_id = $1 AND id = $2 AND revoked_at IS NULL`,
      [network, id],
    );
    return count > 0;
  }

  /** Codes and tokens that ended so long ago, and programs so old without one. @param dryRun counts alone */
  async sweep(manager: EntityManager, days: number, dryRun: boolean): Promise<number> {
    const conditions = {
      network_tokens: `${old('expires_at')} OR ${old('revoked_at')}`,
      // A code that made a token is known as long as that.
      network_codes: `${old('expires_at')} AND NOT EXISTS (SELECT 1 FROM network_tokens t WHERE t.code_hash = network_codes.hash)`,
      network_apps: `${old('created_at')} AND NOT EXISTS (SELECT 1 FROM network_tokens t WHERE t.app_id = network_apps.id)`,
    };
    let swept = 0;
    for (const [table, condition] of Object.entries(conditions)) {
      if (dryRun) {
        const [row] = await manager.query<{ count: number }[]>(
          `SELECT count(*)::int AS count FROM ${table} WHERE ${condition}`,
          [days],
        );
        swept += row?.count ?? 0;
      } else {
        const [, count] = await manager.query<[unknown, number]>(`DELETE FROM ${table} WHERE ${condition}`, [
          days,
        ]);
        swept += count;
      }
    }
    return swept;
  }
}
