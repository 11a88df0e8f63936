import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { TokenService } from '../tokens/token.service.js';
import { SessionsRepository } from './sessions.repository.js';

/** Who acts on the command line of this machine: the audit log knows its deeds by this name. */
const LOCAL_USER = 'cli';
/** Tokens are issued anew this often, in milliseconds, and hold for thrice as long. */
const FRESH_MS = 20_000;

/**
 * Lets the command line call the API of its own process. Who can start it has the database and the signing key in hand
 * anyway; it acts as an administrator without a password.
 */
@Injectable()
export class LocalSession {
  private grant: Promise<{ sub: string; sid: string }> | undefined;
  private issued: { token: string; at: number } | undefined;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly sessions: SessionsRepository,
    private readonly tokens: TokenService,
  ) {}

  /** An access token of the local administrator, who is made when there is none. */
  async token(): Promise<string> {
    if (this.issued === undefined || performance.now() - this.issued.at > FRESH_MS) {
      this.grant ??= this.ensureSession();
      const token = await this.tokens.sign(await this.grant, 'access', (FRESH_MS * 3) / 1000);
      this.issued = { token, at: performance.now() };
    }
    return this.issued.token;
  }

  private async ensureSession(): Promise<{ sub: string; sid: string }> {
    const { manager } = this.dataSource;
    await manager.query(
      `INSERT INTO users (id, username, role) VALUES ($1, $2, 'admin') ON CONFLICT (username) DO NOTHING`,
      [randomUUID(), LOCAL_USER],
    );
    const [user] = await manager.query<{ id: string }[]>('SELECT id FROM users WHERE username = $1', [
      LOCAL_USER,
    ]);
    const { id: sub } = user as { id: string };
    const lasting = await this.sessions.lasting(manager, sub);
    if (lasting !== undefined) return { sub, sid: lasting };
    const sid = randomUUID();
    const session = {
      id: sid,
      user_id: sub,
      refresh_id: randomUUID(),
      address: null,
      user_agent: 'azt3knet',
    };
    await this.sessions.insert(manager, session);
    return { sub, sid };
  }
}
