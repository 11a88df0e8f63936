import type { Caller, Permission } from './access.js';

/** Tells who a credential belongs to and what they may do, for connections that are not requests. The auth module provides it. */
export abstract class Authenticator {
  /** @throws AppError of kind `unauthenticated` when the access token, or the API key, does not hold */
  abstract authenticate(credential: string): Promise<Caller>;

  abstract may(caller: Caller, permission: Permission): boolean;
}
