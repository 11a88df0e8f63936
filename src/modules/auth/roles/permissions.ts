import { PERMISSIONS, type Permission } from '../../../core/http/index.js';

/** The roles that every installation has, and what they are for. */
export const BUILT_IN_ROLES = {
  admin: 'May do everything.',
  operator:
    'Runs the laboratory: everything but users, roles, keys and sessions of others, and reviews that were escalated.',
  viewer: 'Sees everything of the laboratory and changes nothing.',
  auditor: 'Reads the audit, and who may do what; changes nothing.',
  user: 'Sees populations, drafts, runs, networks, campaigns, workflows, bots, their jobs, and incidents.',
} as const;
export type BuiltInRole = keyof typeof BUILT_IN_ROLES;

/** What decides who may do what: for administrators alone, unless a custom role says otherwise. */
const ADMINISTRATION: ReadonlySet<Permission> = new Set([
  'users:read',
  'users:write',
  'roles:write',
  'keys:read',
  'keys:write',
  'sessions:read',
  'sessions:revoke',
  'signing_keys:read',
  'signing_keys:rotate',
  'audit:read',
]);

const ORDINARY = PERMISSIONS.filter((permission) => !ADMINISTRATION.has(permission));

/** What is not listed is refused. */
const GRANTS: Record<BuiltInRole, ReadonlySet<Permission>> = {
  admin: new Set(PERMISSIONS),
  operator: new Set(ORDINARY.filter((permission) => permission !== 'reviews:decide_escalated')),
  viewer: new Set(ORDINARY.filter((permission) => permission.endsWith(':read'))),
  auditor: new Set<Permission>([
    'audit:read',
    'users:read',
    'roles:read',
    'keys:read',
    'sessions:read',
    'signing_keys:read',
  ]),
  user: new Set<Permission>([
    'populations:read',
    'drafts:read',
    'scenarios:read',
    'simulations:read',
    'networks:read',
    'campaigns:read',
    'workflows:read',
    'bots:read',
    'incidents:read',
    'templates:read',
    'jobs:read',
    'events:read',
    'roles:read',
  ]),
};

export function isBuiltIn(role: string): role is BuiltInRole {
  return Object.hasOwn(GRANTS, role);
}

/** Whether somebody may change who may do what. */
export function administrates(permissions: ReadonlySet<Permission>): boolean {
  return [...ADMINISTRATION].some((each) => !each.endsWith(':read') && permissions.has(each));
}

/**
 * What a role may do.
 * @param custom the permissions of a role that this installation made; what a later version does not know is left out
 */
export function permissionsOf(role: string, custom: readonly string[] | null): ReadonlySet<Permission> {
  if (isBuiltIn(role)) return GRANTS[role];
  return new Set(PERMISSIONS.filter((permission) => custom?.includes(permission) === true));
}
