import type { Caller, Permission } from './access.js';

/** Tells who a token belongs to and what they may do, for connections that are not requests. The auth module provides it. */
export abstract class Authenticator {
  /** @throws AppError of kind `unauthenticated` when the token does not hold */
  abstract authenticate(token: string): Promise<Caller>;

  abstract may(caller: Caller, permission: Permission): boolean;
}
