import type { Permission, Requirement } from '../../../src/core/http/index.js';
import { permissionsOf } from '../../../src/modules/auth/roles/permissions.js';
import type { Route } from './document.js';

/**
 * Who sends a request: people of each built-in role; an administrator who has a first password still; a service account that is
 * an administrator, by its key; and two who are nobody.
 */
export const SENDERS = [
  'admin',
  'operator',
  'viewer',
  'user',
  'newcomer',
  'program',
  'nobody',
  'forger',
] as const;
export type Sender = (typeof SENDERS)[number];

/** The role of a sender, for who is nobody too: their account is there, and they do not prove that it is theirs. */
export function roleOf(sender: Sender): string {
  return sender === 'operator' || sender === 'viewer' || sender === 'user' ? sender : 'admin';
}

/** What a sender is to be answered by what the document says of a route; undefined: let in. */
export function refusalOf({ permission }: Route, sender: Sender): 401 | 403 | undefined {
  if (permission === 'public') return undefined;
  if (sender === 'nobody' || sender === 'forger') return 401;
  if (permission === 'identified') return undefined;
  if (permission === 'session') return sender === 'program' ? 403 : undefined;
  if (sender === 'newcomer') return 403;
  return permission === 'any' || holds(roleOf(sender), permission) ? undefined : 403;
}

function holds(role: string, permission: Exclude<Requirement, 'any'>): boolean {
  return permissionsOf(role, null).has(permission as Permission);
}

/** Codes of those who are not let in. */
const REFUSALS =
  /"code":"(token_invalid|permission_denied|session_needed|change_password_first|enrol_totp_first|route_unguarded)"/;

const KEY_MAKERS = new Set(['POST /api/v1/keys', 'POST /api/v1/keys/{id}/rotate']);

/** Whether an answer turns away an administrator who is let in. */
export function turnsAway(route: Route, sender: Sender, body: string): boolean {
  // A first password is changed before anything is bound to it.
  if (sender === 'newcomer' && route.name === 'POST /api/v1/users/me/totp') return false;
  // A program makes no keys, and replaces none but its own.
  if (sender === 'program' && KEY_MAKERS.has(route.name)) return false;
  const isLetIn = route.permission !== 'public' && refusalOf(route, sender) === undefined;
  return isLetIn && roleOf(sender) === 'admin' && REFUSALS.test(body);
}
