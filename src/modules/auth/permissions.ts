import { PERMISSIONS, type Permission } from '../../core/http/index.js';

export const ROLES = ['admin', 'operator', 'viewer', 'user'] as const;
export type Role = (typeof ROLES)[number];

const READ = PERMISSIONS.filter((permission) => permission.endsWith(':read'));

/** What each role may do; what is not listed is refused. */
const GRANTS: Record<Role, ReadonlySet<Permission>> = {
  admin: new Set(PERMISSIONS),
  operator: new Set(PERMISSIONS),
  viewer: new Set(READ),
  user: new Set<Permission>([
    'populations:read',
    'drafts:read',
    'scenarios:read',
    'simulations:read',
    'templates:read',
    'jobs:read',
    'events:read',
  ]),
};

export function isAllowed(role: Role, permission: Permission): boolean {
  return GRANTS[role].has(permission);
}
