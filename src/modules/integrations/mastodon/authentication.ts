import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AppError } from '../../../core/errors/index.js';
import { People } from '../../auth/index.js';
import { NetworkError } from '../integrations.errors.js';
import { NetworkAccessService } from '../network/access.service.js';
import type { HeldToken } from '../network/access.repository.js';
import { AccountsRepository } from '../network/accounts.repository.js';
import type { Network } from '../network/network.entity.js';
import { NetworksService } from '../network/networks.service.js';
import { covers, isWriting } from '../network/scopes.js';
import { Unauthorized } from './errors.js';
import { NetworkPlaces } from '../network/places.js';
import type { Access, Session } from './routing.js';

/** Finds out who calls, on which network, and whether they may. */
@Injectable()
export class Authentication {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly access: NetworkAccessService,
    private readonly accounts: AccountsRepository,
    private readonly networks: NetworksService,
    private readonly places: NetworkPlaces,
    private readonly people: People,
  ) {}

  /**
   * The network that a request is for, by the name in its host or by its token, and who calls.
   * @param host as the request says
   * @throws Unauthorized when the token does not hold, or is another network's; NetworkError when there is no such network
   */
  async identify(
    host: string | undefined,
    secret: string | undefined,
  ): Promise<{ network: Network; session: Session | undefined }> {
    const named = this.places.networkIn(host);
    const session = secret === undefined ? undefined : await this.sessionOf(secret);
    const network =
      named === undefined && session !== undefined
        ? await this.networks.byId(session.token.network_id)
        : await this.networks.get(named ?? this.places.main);
    if (network === undefined) throw new Unauthorized('the network of this token is gone');
    if (session !== undefined && session.token.network_id !== network.id)
      throw new Unauthorized('the access token is of another network');
    return { network, session };
  }

  /** Who has a token, and what it is good for now. @throws Unauthorized when it does not hold */
  async sessionOf(secret: string): Promise<Session> {
    const token = await this.access.held(secret);
    if (token === undefined)
      throw new Unauthorized('the access token is not known, has expired or was revoked');
    const account =
      token.account_id === null
        ? undefined
        : await this.accounts.byId(this.dataSource.manager, token.network_id, token.account_id);
    const agent = account?.agent_id ?? null;
    const halted = agent === null ? undefined : await this.accounts.halted(this.dataSource.manager, agent);
    if (token.user_id === null) {
      const actor = account?.username ?? token.application ?? 'an application';
      return { token, account, scopes: token.scopes, actor: `${actor} (network)`, halted };
    }
    const { actor, scopes } = await this.ofUser(token.user_id, token);
    return { token, account, scopes, actor, halted };
  }

  /**
   * Whether a caller may use a route.
   * @throws Unauthorized without a token that would do; NetworkError when its scopes do not, or its agent may change nothing
   */
  require(access: Access, network: Network, session: Session | undefined): void {
    if (access === 'public') return;
    if (access === 'app') {
      if (session === undefined) throw new Unauthorized('this needs an access token');
      return;
    }
    if ('read' in access && network.open && session?.account === undefined) return;
    const scopes = ['read' in access ? access.read : access.user].flat();
    if (session?.account === undefined) throw new Unauthorized('this needs an access token of an account');
    for (const scope of scopes) {
      if (covers(session.scopes, scope)) continue;
      throw NetworkError.forbidden(`this needs the scope ${scope}, which the access token does not have`);
    }
    if (session.halted !== undefined && scopes.some(isWriting)) throw NetworkError.forbidden(session.halted);
  }

  /** What a user may do by a token, now. */
  private async ofUser(userId: string, { scopes }: HeldToken): Promise<{ actor: string; scopes: string[] }> {
    try {
      const caller = await this.people.of(userId);
      this.people.require(caller, 'networks:read');
      const may = caller.permissions.has('networks:post');
      return { actor: caller.username, scopes: scopes.filter((scope) => may || !isWriting(scope)) };
    } catch (error) {
      if (error instanceof AppError) throw new Unauthorized(error.message);
      throw error;
    }
  }
}

/** The token of a request; browsers that open a stream give it as a parameter. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer ([\w.~+/-]{1,200}=*)$/i.exec(authorization ?? '')?.[1];
}
