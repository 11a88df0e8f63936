import type { Caller } from '../../core/http/index.js';
import { plural } from '../../core/words.js';
import { AppError, type FieldIssue } from '../../core/errors/index.js';

export class LoginFailedError extends AppError {
  constructor() {
    super('unauthenticated', 'login_failed', 'the username or the password is wrong');
  }
}

/** The password was right, and a code of the authenticator is missing or wrong. */
export class TotpNeededError extends AppError {
  /** @param field what the request calls the code */
  constructor(given: boolean, field: 'totp_code' | 'code') {
    const message = given
      ? 'is wrong, or was used before'
      : 'is needed: the six digits of your authenticator';
    super('unauthenticated', given ? 'totp_wrong' : 'totp_required', `${field} ${message}`, [
      { field, message },
    ]);
  }
}

/** Too many log-ins failed. */
export class LoginBlockedError extends AppError {
  constructor(readonly retryAfterSeconds: number) {
    const message = `too many log-ins failed; try again in ${plural(retryAfterSeconds, 'second')}`;
    super('rate_limited', 'login_blocked', message);
  }
}

/** More passwords wait to be checked than will be in a second. */
export class LoginBusyError extends AppError {
  readonly retryAfterSeconds = 1;

  constructor() {
    super('unavailable', 'login_busy', 'too many log-ins at once; try again in a second');
  }
}

export class TokenInvalidError extends AppError {
  /** @param rejected what was shown and does not hold; undefined: nothing was, or its time has merely come */
  constructor(
    what: string,
    readonly rejected?: 'key' | 'token' | 'session',
  ) {
    super('unauthenticated', 'token_invalid', `${what}; log in at POST /api/v1/auth/login`);
  }
}

export class PermissionDeniedError extends AppError {
  /** @param caller whose key, where one is called with, may do less than the role */
  constructor({ role, keyId }: Caller, permission: string) {
    const message =
      keyId === undefined
        ? `the role ${role} does not have the permission ${permission}`
        : `this key does not have the permission ${permission}: its scopes, or its role ${role}, leave it out`;
    super('forbidden', 'permission_denied', message);
  }
}

/** Who gives, takes or changes may do less than who is given to, taken from or changed. */
export class PermissionBeyondError extends AppError {
  constructor(role: string, permissions: readonly string[]) {
    const message = `the role ${role} may do what you may not: ${permissions.join(', ')}`;
    super('forbidden', 'permissions_beyond', message);
  }
}

/** A program with a key that may do less than the key that it would end. */
export class KeyBeyondError extends AppError {
  constructor(prefix: string) {
    super('forbidden', 'key_beyond', `the key ${prefix} may do what the one that you call with may not`);
  }
}

/** Another was made in the place of a key, and lasts as long as the key was meant to. */
export class KeyReplacedError extends AppError {
  constructor(prefix: string) {
    super(
      'conflict',
      'key_replaced',
      `another key was made in the place of ${prefix}; rotate that one, or revoke this`,
    );
  }
}

/** What belongs to a person's account needs that person, logged in. */
export class SessionNeededError extends AppError {
  constructor() {
    super('forbidden', 'session_needed', 'this needs a person who has logged in; a key will not do');
  }
}

/** One's own password and authenticator are changed with proof that one is there, not as somebody else's are. */
export class OwnAccountError extends AppError {
  constructor(instead: string) {
    super('forbidden', 'own_account', `this is for the accounts of others; for your own: ${instead}`);
  }
}

const TODOS = {
  change_password: 'change your password first: POST /api/v1/users/me/password',
  enrol_totp: 'enrol an authenticator first: POST /api/v1/users/me/totp',
} as const;

/** Something of the account comes first. */
export class TodoError extends AppError {
  constructor(todo: keyof typeof TODOS) {
    super('forbidden', `${todo}_first`, TODOS[todo]);
  }
}

/** A route that says neither who may call it nor that anybody may. */
export class RouteUnguardedError extends AppError {
  constructor() {
    super('forbidden', 'route_unguarded', 'nobody may call this route');
  }
}

/** Mistakes in what is asked of users, roles, keys and sessions. */
export class AccountError extends AppError {
  static field(code: string, field: string, message: string): AccountError {
    return new AccountError('invalid', code, `${field} ${message}`, [{ field, message }]);
  }

  static notFound(what: string, id: string): AccountError {
    return new AccountError('not_found', `${what.replace(' ', '_')}_not_found`, `there is no ${what} ${id}`);
  }

  static conflict(code: string, message: string, issues: readonly FieldIssue[] = []): AccountError {
    return new AccountError('conflict', code, message, issues);
  }

  static inUse(role: string, users: number): AccountError {
    return AccountError.conflict('role_in_use', `the role ${role} is in use by ${plural(users, 'user')}`);
  }

  static builtIn(role: string): AccountError {
    return AccountError.conflict('role_built_in', `the role ${role} is built in: it stays as it is`);
  }
}

export class SessionNotFoundError extends AppError {
  constructor(id: string) {
    super('not_found', 'session_not_found', `there is no session ${id} that still holds`);
  }
}

export class SigningKeyNotFoundError extends AppError {
  constructor(kid: string) {
    super('not_found', 'signing_key_not_found', `there is no signing key ${kid}`);
  }
}
