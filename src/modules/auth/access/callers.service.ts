import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { PERMISSIONS, uuid, type Caller, type Permission } from '../../../core/http/index.js';
import { TokenInvalidError } from '../auth.errors.js';
import { hasHash, prefixOf, secretHash } from '../keys/key.format.js';
import { OPERATOR_KEY } from '../keys/key.rules.js';
import { administrates, permissionsOf } from '../roles/permissions.js';
import { BotTokens } from '../tokens/bot-tokens.js';
import type { TokenClaims } from '../tokens/token.service.js';
import { CallersRepository, type CallingUser } from './callers.repository.js';
import { FRESH_MS } from './freshness.js';

/** Callers that a process remembers. */
const REMEMBERED = 10_000;
/** For a key that does not expire. */
const NEVER = 8_640_000_000_000_000;
const ADMIN = 'admin';

interface Remembered {
  caller: Promise<Caller>;
  at: number;
}

/** Who calls, by what they show. What was found is believed for {@link FRESH_MS}. */
@Injectable()
export class Callers {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: CallersRepository,
    private readonly bots: BotTokens,
  ) {}

  /**
   * The caller with this credential, remembered or found anew.
   * @param find says who it is; several that ask at once share its answer
   */
  async of(credential: string, find: () => Promise<Caller>): Promise<Caller> {
    const now = performance.now();
    const known = this.remembered.get(credential);
    if (known !== undefined && now - known.at < FRESH_MS) {
      const caller = await known.caller;
      if (caller.expiresAt > Date.now()) return caller;
    }
    const caller = find();
    this.remembered.delete(credential);
    this.remembered.set(credential, { caller, at: now });
    const forget = (): void => void this.remembered.delete(credential);
    // Who has something to do first goes on as soon as it is done.
    caller.then(({ todo }) => todo !== undefined && forget(), forget);
    for (const oldest of this.remembered.keys()) {
      if (this.remembered.size <= REMEMBERED) break;
      this.remembered.delete(oldest);
    }
    return caller;
  }

  /** Who a checked access token belongs to. @throws TokenInvalidError when its session or its user holds no more */
  async ofClaims({ sub, sid, key, bot, scope, exp }: TokenClaims): Promise<Caller> {
    const { manager } = this.dataSource;
    const expiresAt = exp * 1000;
    if (sid !== undefined && uuid.safeParse(sid).success && uuid.safeParse(sub).success) {
      const user = await this.repository.ofSession(manager, sub, sid);
      if (user !== undefined) return { ...this.callerOf(user, null), expiresAt, sessionId: sid };
    } else if (key !== undefined && uuid.safeParse(key).success && uuid.safeParse(sub).success) {
      const user = await this.repository.ofClientSecret(manager, sub, key);
      if (user !== undefined) {
        const caller = this.callerOf(user, user.scopes);
        if (scope === undefined) return { ...caller, expiresAt, keyId: key };
        const asked = PERMISSIONS.filter((each) => scope.split(' ').includes(each));
        const permissions = new Set(asked.filter((each) => caller.permissions.has(each)));
        return { ...caller, permissions, expiresAt, keyId: key, scope: asked.join(' ') };
      }
    } else if (bot !== undefined && uuid.safeParse(bot).success && uuid.safeParse(sub).success) {
      const user = await this.repository.ofId(manager, sub);
      const known = user && (await this.bots.holder(bot));
      if (known !== undefined) {
        // What the owner has to do first is no matter of a program.
        const { todo: _todo, ...caller } = this.callerOf(user as CallingUser, known.permissions);
        const { botId } = known;
        return { ...caller, username: `bot:${botId}`, kind: 'service', bot: botId, expiresAt };
      }
    }
    throw new TokenInvalidError('the session of this token has ended, or its user is gone', 'session');
  }

  /** Whether it has the form of a key, or is the operator's; else it is a token. */
  isKey(credential: string): boolean {
    return prefixOf(credential) !== undefined || this.isOperatorKey(credential);
  }

  /** Who calls with a key. @throws TokenInvalidError when it does not hold */
  async ofKey(secret: string): Promise<Caller> {
    const { manager } = this.dataSource;
    if (this.isOperatorKey(secret)) {
      const admin = await this.repository.ofUsername(manager, ADMIN);
      if (admin !== undefined)
        return { ...this.callerOf(admin, null), expiresAt: NEVER, keyId: OPERATOR_KEY };
    }
    const prefix = prefixOf(secret);
    const found = prefix === undefined ? undefined : await this.repository.ofPrefix(manager, prefix);
    if (found === undefined || found.key_kind !== 'key' || !hasHash(secret, found.hash))
      throw new TokenInvalidError('the API key is not known, has expired or was revoked', 'key');
    const { user, scopes, key_id, expires_at } = found;
    return { ...this.callerOf(user, scopes), expiresAt: expires_at?.getTime() ?? NEVER, keyId: key_id };
  }

  /** A user whose credential another module keeps. @throws TokenInvalidError when he is gone or not active */
  async ofUser(id: string): Promise<Caller> {
    const user = await this.repository.ofId(this.dataSource.manager, id);
    if (user === undefined) throw new TokenInvalidError('the user is gone, or not active');
    return { ...this.callerOf(user, null), expiresAt: NEVER };
  }

  private isOperatorKey(secret: string): boolean {
    const { adminApiKey } = this.config.auth;
    return adminApiKey !== undefined && hasHash(secret, secretHash(adminApiKey));
  }

  /** @param scopes what is left of the permissions; null: all of them */
  private callerOf(
    user: CallingUser,
    scopes: readonly Permission[] | null,
  ): Omit<Caller, 'expiresAt' | 'sessionId' | 'keyId' | 'scope'> {
    const { id, username, role, kind } = user;
    const held = permissionsOf(role, user.role_permissions);
    const permissions = scopes === null ? held : new Set(scopes.filter((scope) => held.has(scope)));
    const todo = this.todoOf(user, held);
    return { id, username, role, kind, permissions, ...(todo !== undefined && { todo }) };
  }

  /** What comes first; nothing for whom nobody logs in as: a service account, and the command line of this machine. */
  private todoOf(
    { must_change_password, has_password, has_totp }: CallingUser,
    held: ReadonlySet<Permission>,
  ): Caller['todo'] {
    if (!has_password) return undefined;
    if (must_change_password) return 'change_password';
    const { requireTotp, requireAdminTotp } = this.config.auth;
    const isRequired = requireTotp || (requireAdminTotp && administrates(held));
    return isRequired && !has_totp ? 'enrol_totp' : undefined;
  }
}
