import { Injectable } from '@nestjs/common';
import { Authenticator, type Caller, type Permission } from '../../core/http/index.js';
import { AuthService } from './auth.service.js';
import { isAllowed, type Role } from './permissions.js';

/** Access tokens of connections that are not requests. */
@Injectable()
export class JwtAuthenticator extends Authenticator {
  constructor(private readonly auth: AuthService) {
    super();
  }

  authenticate(token: string): Promise<Caller> {
    return this.auth.authenticate(token, 'access');
  }

  may(caller: Caller, permission: Permission): boolean {
    return isAllowed(caller.role as Role, permission);
  }
}
