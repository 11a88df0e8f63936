import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { PUBLIC_ROUTE, REQUIRED_PERMISSION, type Caller, type Requirement } from '../../core/http/index.js';
import { PermissionDeniedError, RouteUnguardedError, TokenInvalidError } from './auth.errors.js';
import { isAllowed, type Role } from './permissions.js';

/** Stands before every route: who calls, and may they? A route that says nothing is refused. */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_ROUTE, targets) === true) return true;
    const permission = this.reflector.getAllAndOverride<Requirement | undefined>(
      REQUIRED_PERMISSION,
      targets,
    );
    if (permission === undefined) throw new RouteUnguardedError();
    await super.canActivate(context);
    const { user } = context.switchToHttp().getRequest<{ user: Caller }>();
    if (permission !== 'any' && !isAllowed(user.role as Role, permission))
      throw new PermissionDeniedError(user.role, permission);
    return true;
  }

  override handleRequest<T>(error: unknown, user: T | false): T {
    if (error instanceof Error) throw error;
    if (user === false) throw new TokenInvalidError('the access token is missing, expired or not valid');
    return user;
  }
}
