import { describe, expect, it } from 'vitest';
import { PERMISSIONS, type Permission } from '../../../core/http/index.js';
import { BUILT_IN_ROLES, permissionsOf } from './permissions.js';

const ADMINISTRATION = new Set<string>([
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
  'reviews:decide_escalated',
]);
const ordinary = PERMISSIONS.filter((permission) => !ADMINISTRATION.has(permission));

describe('roles', () => {
  it.each([
    ['admin', [...PERMISSIONS]],
    ['operator', ordinary],
    ['viewer', ordinary.filter((permission) => permission.endsWith(':read'))],
    [
      'auditor',
      ['audit:read', 'keys:read', 'roles:read', 'sessions:read', 'signing_keys:read', 'users:read'],
    ],
    [
      'user',
      [
        'bots:read',
        'campaigns:read',
        'drafts:read',
        'events:read',
        'incidents:read',
        'jobs:read',
        'networks:read',
        'populations:read',
        'roles:read',
        'scenarios:read',
        'simulations:read',
        'templates:read',
        'workflows:read',
      ],
    ],
  ] as const)('of a %s allow what they say and nothing else', (role, allowed) => {
    expect([...permissionsOf(role, null)].toSorted()).toEqual([...allowed].toSorted());
  });

  it('of this installation allow what they list and this version knows', () => {
    expect([...permissionsOf('curator', ['drafts:read', 'drafts:burn'])]).toEqual(['drafts:read']);
    expect([...permissionsOf('gone', null)]).toEqual([]);
    expect([...permissionsOf('constructor', null)]).toEqual([]);
  });

  it.each(Object.keys(BUILT_IN_ROLES))('that are built in are what they are: %s', (role) => {
    const all: readonly Permission[] = PERMISSIONS;
    expect(permissionsOf(role, all)).toBe(permissionsOf(role, null));
  });
});
