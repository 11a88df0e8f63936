import { AppError } from '../../core/errors/index.js';

export class LoginFailedError extends AppError {
  constructor() {
    super('unauthenticated', 'login_failed', 'the username or the password is wrong');
  }
}

export class TokenInvalidError extends AppError {
  constructor(what: string) {
    super('unauthenticated', 'token_invalid', `${what}; log in at POST /api/v1/auth/login`);
  }
}

export class PermissionDeniedError extends AppError {
  constructor(role: string, permission: string) {
    super('forbidden', 'permission_denied', `the role ${role} does not have the permission ${permission}`);
  }
}

/** A route that says neither who may call it nor that anybody may. */
export class RouteUnguardedError extends AppError {
  constructor() {
    super('forbidden', 'route_unguarded', 'nobody may call this route');
  }
}
