import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { PERMISSIONS, type Permission } from '../../../core/http/index.js';
import { CallersRepository, type PresentedKey } from '../access/callers.repository.js';
import { hasHash, prefixOf } from '../keys/key.format.js';
import { permissionsOf } from '../roles/permissions.js';
import { TokenService } from '../tokens/token.service.js';

/** An answer of RFC 6749, 5.2. */
export class OAuthError extends Error {
  constructor(
    readonly error:
      | 'invalid_request'
      | 'invalid_client'
      | 'unauthorized_client'
      | 'unsupported_grant_type'
      | 'invalid_scope',
    readonly description: string,
  ) {
    super(description);
  }
}

export interface ClientCredentials {
  clientId: string;
  clientSecret: string;
}

export interface GrantedToken {
  access_token: string;
  token_type: 'Bearer';
  /** Seconds. */
  expires_in: number;
  /** What it may do, with spaces between. */
  scope: string;
}

/** Access tokens for service accounts: the client credentials grant of OAuth 2 (RFC 6749, 4.4). */
@Injectable()
export class OAuthService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly callers: CallersRepository,
    private readonly tokens: TokenService,
    private readonly audit: AuditService,
  ) {}

  /**
   * @param scope permissions with spaces between; all of the client's when it is not said
   * @throws OAuthError
   */
  async grant(
    { clientId, clientSecret }: ClientCredentials,
    scope: string | undefined,
  ): Promise<GrantedToken> {
    const found = await this.presented(clientSecret);
    if (found === undefined || found.user.username !== clientId || found.user.kind !== 'service')
      throw new OAuthError('invalid_client', 'the client or its secret is not known');
    const { user, scopes, key_id } = found;
    const held = permissionsOf(user.role, user.role_permissions);
    const allowed = PERMISSIONS.filter((each) => held.has(each) && (scopes?.includes(each) ?? true));
    const asked = scope === undefined ? allowed : scopesOf(scope);
    const beyond = asked.filter((each) => !(allowed as string[]).includes(each));
    if (beyond.length > 0)
      throw new OAuthError('invalid_scope', `the client may not ask for ${beyond.join(' ')}`);
    const seconds = this.config.auth.accessTokenMinutes * 60;
    const granted = asked as Permission[];
    const narrowed = scope === undefined ? {} : { scope: granted.join(' ') };
    const token = await this.tokens.sign({ sub: user.id, key: key_id, ...narrowed }, 'access', seconds);
    await this.dataSource.transaction((manager) =>
      this.audit.append(manager, {
        actor: user.username,
        action: 'auth.token',
        subject: { type: 'user', id: user.id },
        data: { key: key_id },
      }),
    );
    return { access_token: token, token_type: 'Bearer', expires_in: seconds, scope: granted.join(' ') };
  }

  private async presented(secret: string): Promise<PresentedKey | undefined> {
    const prefix = prefixOf(secret);
    const found =
      prefix === undefined ? undefined : await this.callers.ofPrefix(this.dataSource.manager, prefix);
    const holds = found?.key_kind === 'client_secret' && hasHash(secret, found.hash);
    return holds ? found : undefined;
  }
}

function scopesOf(scope: string): string[] {
  return [...new Set(scope.split(' ').filter((each) => each !== ''))];
}
