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
  'scenarios:read',
  'scenarios:write',
  'templates:read',
  'templates:write',
  'jobs:read',
  'jobs:cancel',
  'metrics:read',
  'events:read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What a route asks of a caller who is logged in; `any`: nothing more. */
export type Requirement = Permission | 'any';

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
  role: string;
  /** When the token that says so expires, in milliseconds since 1970. */
  expiresAt: number;
}
