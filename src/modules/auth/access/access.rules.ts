import type { Caller, Requirement } from '../../../core/http/index.js';
import { PermissionDeniedError, SessionNeededError, TodoError } from '../auth.errors.js';

/**
 * Whether a caller may do what needs this.
 * @throws PermissionDeniedError; SessionNeededError where it takes a person who has logged in; TodoError while something of
 *   the account is to be done first
 */
export function requireAccess(caller: Caller, requirement: Requirement): void {
  if (requirement === 'identified') return;
  // What is open to everybody who is known belongs to their accounts, and a bot has none.
  if (caller.bot !== undefined && (requirement === 'any' || requirement === 'session'))
    throw new PermissionDeniedError(caller, requirement);
  if (requirement === 'session') {
    if (caller.kind !== 'person' || caller.sessionId === undefined) throw new SessionNeededError();
    return;
  }
  if (caller.todo !== undefined) throw new TodoError(caller.todo);
  if (requirement !== 'any' && !caller.permissions.has(requirement))
    throw new PermissionDeniedError(caller, requirement);
}
