import { Injectable } from '@nestjs/common';
import { Authenticator, type Caller, type Permission } from '../../../core/http/index.js';
import { TokenService } from '../tokens/token.service.js';
import { AccessRecord } from './access.record.js';
import { requireAccess } from './access.rules.js';
import { Callers } from './callers.service.js';

/** Access tokens and keys of connections that are not requests. */
@Injectable()
export class JwtAuthenticator extends Authenticator {
  constructor(
    private readonly tokens: TokenService,
    private readonly callers: Callers,
    private readonly record: AccessRecord,
  ) {
    super();
  }

  async authenticate(credential: string, address: string): Promise<Caller> {
    try {
      return await this.authenticateAgain(credential, address);
    } catch (error) {
      this.record.rejected(error, address);
      throw error;
    }
  }

  async authenticateAgain(credential: string, address: string): Promise<Caller> {
    const caller = await this.callerOf(credential);
    this.record.keyUsed(caller, address);
    return caller;
  }

  may(caller: Caller, permission: Permission): boolean {
    try {
      requireAccess(caller, permission);
      return true;
    } catch {
      return false;
    }
  }

  private callerOf(credential: string): Promise<Caller> {
    if (this.callers.isKey(credential))
      return this.callers.of(`key ${credential}`, () => this.callers.ofKey(credential));
    return this.callers.of(`Bearer ${credential}`, async () =>
      this.callers.ofClaims(await this.tokens.verify(credential, 'access')),
    );
  }
}
