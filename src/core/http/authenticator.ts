import type { Caller, Permission } from './access.js';

/** Tells who a credential belongs to and what they may do, for connections that are not requests. The auth module provides it. */
export abstract class Authenticator {
  /**
   * @param address of who shows it, for the audit
   * @throws AppError of kind `unauthenticated` when the access token, or the API key, does not hold
   */
  abstract authenticate(credential: string, address: string): Promise<Caller>;

  /** The same of what held before, whose end is no attempt to get in. */
  abstract authenticateAgain(credential: string, address: string): Promise<Caller>;

  abstract may(caller: Caller, permission: Permission): boolean;
}
