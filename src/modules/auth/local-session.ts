import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { hash } from '@node-rs/argon2';
import { Repository } from 'typeorm';
import { randomSecret } from '../../core/secrets/index.js';
import { TokenService } from './token.service.js';
import { User } from './user.entity.js';

/** Who acts on the command line of this machine: the audit log knows its deeds by this name. */
const LOCAL_USER = 'cli';
/** Tokens are issued anew this often, in milliseconds: well within the shortest life that a configuration gives them. */
const FRESH_MS = 20_000;

/**
 * Lets the command line call the API of its own process. Who can start it has the database and the signing key in hand
 * anyway; it acts as an administrator whose password nobody knows.
 */
@Injectable()
export class LocalSession {
  private user: Promise<string> | undefined;
  private issued: { token: string; at: number } | undefined;

  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly tokens: TokenService,
  ) {}

  /** An access token of the local administrator, who is made when there is none. */
  async token(): Promise<string> {
    if (this.issued === undefined || performance.now() - this.issued.at > FRESH_MS) {
      this.user ??= this.ensureUser();
      const { access_token: token } = await this.tokens.issue(await this.user);
      this.issued = { token, at: performance.now() };
    }
    return this.issued.token;
  }

  private async ensureUser(): Promise<string> {
    const known = await this.users.findOneBy({ username: LOCAL_USER });
    if (known !== null) return known.id;
    const user = { id: randomUUID(), username: LOCAL_USER, role: 'admin' as const };
    const password_hash = await hash(randomSecret(48));
    await this.users
      .createQueryBuilder()
      .insert()
      .values({ ...user, password_hash })
      .orIgnore()
      .execute();
    return (await this.users.findOneByOrFail({ username: LOCAL_USER })).id;
  }
}
