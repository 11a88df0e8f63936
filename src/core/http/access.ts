import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** What a route needs: `resource:action`. */
export const PERMISSIONS = [
  'populations:create',
  'populations:read',
  'drafts:create',
  'drafts:read',
  'simulations:run',
  'simulations:read',
  'compliance:read',
  'jobs:read',
  'jobs:cancel',
  'events:read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const REQUIRED_PERMISSION = 'access:permission';
export const PUBLIC_ROUTE = 'access:public';

/** The caller must be logged in and hold this permission. A route without this or {@link Public} is refused. */
export const RequirePermission = (permission: Permission): CustomDecorator =>
  SetMetadata(REQUIRED_PERMISSION, permission);

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
