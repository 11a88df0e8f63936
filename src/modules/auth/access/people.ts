import { Injectable } from '@nestjs/common';
import type { Caller, Permission } from '../../../core/http/index.js';
import { LoginService, type Credentials } from '../login/login.service.js';
import type { Origin } from '../sessions/sessions.service.js';
import { requireAccess } from './access.rules.js';
import { Callers } from './callers.service.js';

/** Users for modules that keep credentials of their own: who somebody is, and what a user may do now. */
@Injectable()
export class People {
  constructor(
    private readonly logins: LoginService,
    private readonly callers: Callers,
  ) {}

  /**
   * Who has this password, and this code where an authenticator is enrolled. Nobody is logged in by it.
   * @param purpose what for, as the audit is to say
   * @throws LoginFailedError, TotpNeededError, LoginBlockedError, LoginBusyError
   */
  async prove(credentials: Credentials, origin: Origin, purpose: string): Promise<Caller> {
    return this.callers.ofUser(await this.logins.prove(credentials, origin, purpose));
  }

  /** A user as he is now, or was a moment ago. @throws TokenInvalidError when he is gone or not active */
  of(userId: string): Promise<Caller> {
    return this.callers.of(`user ${userId}`, () => this.callers.ofUser(userId));
  }

  /** @throws PermissionDeniedError; TodoError while something of the account is to be done first */
  require(caller: Caller, permission: Permission): void {
    requireAccess(caller, permission);
  }
}
