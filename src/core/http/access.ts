import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** What a route needs: `resource:action`. */
export const PERMISSIONS = [
  'populations:create',
  'populations:read',
  'populations:update',
  'populations:delete',
  'agents:update',
  'drafts:create',
  'drafts:read',
  'drafts:delete',
  'simulations:run',
  'simulations:read',
  'simulations:delete',
  'exports:read',
  'exports:share',
  'exports:delete',
  'compliance:read',
  'compliance:check',
  'reviews:read',
  'reviews:decide',
  'reviews:decide_escalated',
  'reviews:appeal',
  'policies:write',
  'scenarios:read',
  'scenarios:write',
  'templates:read',
  'templates:write',
  'networks:read',
  'networks:post',
  'networks:write',
  'campaigns:read',
  'campaigns:write',
  'campaigns:approve',
  'workflows:read',
  'workflows:run',
  'bots:read',
  'bots:write',
  'bots:run',
  'incidents:read',
  'incidents:decide',
  'workers:read',
  'workers:manage',
  'jobs:read',
  'jobs:cancel',
  'jobs:retry',
  'llm:read',
  'cassettes:read',
  'cassettes:write',
  'metrics:read',
  'events:read',
  'users:read',
  'users:write',
  'roles:read',
  'roles:write',
  'keys:read',
  'keys:write',
  'sessions:read',
  'sessions:revoke',
  'signing_keys:read',
  'signing_keys:rotate',
  'audit:read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/**
 * What a route asks of who calls: a permission; `any`: nothing more; `session`: that it is a person who has logged in, for what
 * belongs to the account; `identified`: nothing at all, not even that what comes first is done.
 */
export type Requirement = Permission | 'any' | 'session' | 'identified';

export const REQUIRED_PERMISSION = 'access:permission';
export const PUBLIC_ROUTE = 'access:public';

/** The caller must be logged in and hold this permission. A route without this or {@link Public} is refused. */
export const RequirePermission = (requirement: Requirement): CustomDecorator =>
  SetMetadata(REQUIRED_PERMISSION, requirement);

/** Anybody may call the route. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC_ROUTE, true);

/** Who calls, as the access guard found. */
export interface Caller {
  id: string;
  username: string;
  kind: 'person' | 'service';
  role: string;
  /** What the role may do, less what the key or the token is not good for. */
  permissions: ReadonlySet<Permission>;
  /** When the token or the key that says so expires, in milliseconds since 1970. */
  expiresAt: number;
  /** The session of a person who has logged in. */
  sessionId?: string;
  /** The key, or the client secret, that a program calls with. */
  keyId?: string;
  /** What the access token of a client is narrowed to: permissions in order, with spaces between. */
  scope?: string;
  /** The bot that calls for the user, who is its owner. */
  bot?: string;
  /** What is to be done with the account before anything else. */
  todo?: 'change_password' | 'enrol_totp';
}
