import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import type { Page, PageRequest } from '../../../core/database/index.js';
import { RetentionService } from '../../../core/retention/index.js';
import { ComplianceService, mayPass } from '../../compliance/index.js';
import { NetworkError } from '../integrations.errors.js';
import type { NetworkApp, NetworkCode, NetworkToken } from './access.entity.js';
import { AccessRepository, type HeldToken, type ListedToken } from './access.repository.js';
import type { NetworkAccount } from './account.entity.js';
import type { Network } from './network.entity.js';

/** Life of a token that a program gets, in days; of a code, in seconds. */
export const TOKEN_DAYS = 90;
const CODE_SECONDS = 600;
const DAY_SECONDS = 86_400;
/** How long what has ended, and programs without a token, are kept, in days. */
const KEPT_DAYS = 30;

/** Something that is shown once, and of which only a hash is kept. */
export interface IssuedToken {
  secret: string;
  token: NetworkToken;
}

/** Whom a token is for. */
export interface TokenRequest {
  network: Network;
  account: NetworkAccount | undefined;
  app: NetworkApp | undefined;
  userId: string | undefined;
  scopes: readonly string[];
  days: number;
  /** Who asks: a user name. */
  actor: string;
}

/** Programs, codes and tokens of networks. Secrets are random and kept as SHA-256 alone. */
@Injectable()
export class NetworkAccessService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: AccessRepository,
    private readonly audit: AuditService,
    private readonly retention: RetentionService,
    private readonly compliance: ComplianceService,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      name: 'network_access',
      days: KEPT_DAYS,
      run: (days, dryRun) => this.repository.sweep(this.dataSource.manager, days, dryRun),
    });
  }

  /** Registers a program. @throws NetworkError `client_name` when the guard would hold its name */
  async register(
    network: Network,
    app: Pick<NetworkApp, 'name' | 'website' | 'redirect_uris' | 'scopes'>,
  ): Promise<{ app: Omit<NetworkApp, 'created_at'>; secret: string }> {
    const secret = newSecret();
    const id = randomUUID();
    // Everybody may register programs: nothing is kept of what is refused.
    const { evaluation } = await this.compliance.assess([{ field: 'client_name', text: app.name }], {
      subject: `network_app:${id}`,
    });
    if (!mayPass(evaluation.action)) throw NetworkError.field('client_name', 'is refused by the guard');
    const made = {
      id,
      network_id: network.id,
      client_id: newSecret(),
      secret_hash: hashOf(secret),
      ...app,
    };
    await this.repository.insertApp(this.dataSource.manager, made);
    return { app: made, secret };
  }

  app(clientId: string): Promise<NetworkApp | undefined> {
    return this.repository.appByClientId(this.dataSource.manager, clientId);
  }

  appById(id: string): Promise<NetworkApp | undefined> {
    return this.repository.appById(this.dataSource.manager, id);
  }

  /** A program that knows its secret. */
  async provenApp(clientId: string, secret: string): Promise<NetworkApp | undefined> {
    const app = await this.app(clientId);
    if (app === undefined) return undefined;
    const [given, kept] = [Buffer.from(hashOf(secret)), Buffer.from(app.secret_hash)];
    return timingSafeEqual(given, kept) ? app : undefined;
  }

  /** A code that a program may give for a token within ten minutes. */
  async issueCode(code: Omit<NetworkCode, 'hash' | 'expires_at' | 'used_at'>): Promise<string> {
    const secret = newSecret();
    const kept = { ...code, hash: hashOf(secret) };
    await this.repository.insertCode(this.dataSource.manager, kept, CODE_SECONDS);
    return secret;
  }

  /** A code that was issued to a program, used or not. */
  code(secret: string, app: NetworkApp): Promise<NetworkCode | undefined> {
    return this.repository.codeOf(this.dataSource.manager, hashOf(secret), app.id);
  }

  /** Makes a code good for nothing; one that was used ends the tokens given for it. */
  async spend(code: NetworkCode, network: Network): Promise<void> {
    await this.dataSource.transaction((manager) => this.use(manager, code, network));
  }

  /** Makes a token. */
  async issue(request: TokenRequest): Promise<IssuedToken> {
    return this.dataSource.transaction((manager) => this.insert(manager, request, null));
  }

  /**
   * Makes the one token that a code is good for; undefined when it is good no more, and the tokens that were given for it end:
   * somebody else has come by it.
   */
  async redeem(code: NetworkCode, request: TokenRequest): Promise<IssuedToken | undefined> {
    return this.dataSource.transaction(async (manager) =>
      (await this.use(manager, code, request.network)) ? this.insert(manager, request, code) : undefined,
    );
  }

  /** A token that holds; undefined for anything else. */
  held(secret: string): Promise<HeldToken | undefined> {
    return this.repository.held(this.dataSource.manager, hashOf(secret));
  }

  /** @throws InvalidCursor */
  list(network: Network, request: PageRequest<'created_at'>): Promise<Page<ListedToken>> {
    return this.repository.page(this.dataSource.manager, network.id, request);
  }

  /** Ends a token. @throws NetworkError `token_not_found` */
  async revoke(network: Network, id: string, actor: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      if (!(await this.repository.revoke(manager, network.id, id))) throw NetworkError.notFound('token', id);
      await this.audit.append(manager, {
        actor,
        action: 'network.revoke_token',
        subject: { type: 'network', id: network.name },
        data: { token_id: id },
      });
    });
  }

  /** Ends a token that a program was given, which shows it. What is none of its own stays. */
  async revokeShown(secret: string, app: NetworkApp): Promise<void> {
    const token = await this.held(secret);
    if (token?.app_id === app.id)
      await this.repository.revoke(this.dataSource.manager, token.network_id, token.id);
  }

  private async use(manager: EntityManager, code: NetworkCode, network: Network): Promise<boolean> {
    if (await this.repository.useCode(manager, code.hash)) return true;
    for (const id of await this.repository.revokeOfCode(manager, code.hash)) {
      await this.audit.append(manager, {
        actor: 'system',
        action: 'network.revoke_token',
        subject: { type: 'network', id: network.name },
        data: { token_id: id, reason: 'its code came again' },
      });
    }
    return false;
  }

  private async insert(
    manager: EntityManager,
    { network, account, app, userId, scopes, days, actor }: TokenRequest,
    code: NetworkCode | null,
  ): Promise<IssuedToken> {
    const secret = newSecret();
    const made = {
      id: randomUUID(),
      network_id: network.id,
      app_id: app?.id ?? null,
      account_id: account?.id ?? null,
      user_id: userId ?? null,
      hash: hashOf(secret),
      code_hash: code?.hash ?? null,
      scopes: [...scopes],
      created_by: actor,
    };
    const token = await this.repository.insertToken(manager, made, days * DAY_SECONDS);
    // A program's own token shows nothing but what everybody may see: anybody could fill the audit with them.
    if (account !== undefined) {
      await this.audit.append(manager, {
        actor,
        action: 'network.issue_token',
        subject: { type: 'network', id: network.name },
        data: { token_id: token.id, account: account.username, application: app?.name ?? null, scopes },
      });
    }
    return { secret, token };
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
