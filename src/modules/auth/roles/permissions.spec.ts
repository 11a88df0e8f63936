import { describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../../core/http/index.js';
import { isAllowed, ROLES } from './permissions.js';

describe('roles', () => {
  it.each([
    ['operator', [...PERMISSIONS]],
    ['viewer', PERMISSIONS.filter((permission) => permission.endsWith(':read'))],
    [
      'user',
      [
        'populations:read',
        'drafts:read',
        'simulations:read',
        'jobs:read',
        'events:read',
        'scenarios:read',
        'templates:read',
      ],
    ],
  ] as const)('of a %s allow what they say and nothing else', (role, allowed) => {
    const found = PERMISSIONS.filter((permission) => isAllowed(role, permission));
    expect(found.toSorted()).toEqual([...allowed].toSorted());
  });

  it('let nobody but operators and administrators change documents or ask the guard', () => {
    for (const permission of ['templates:write', 'scenarios:write', 'compliance:check'] as const)
      expect(ROLES.filter((role) => isAllowed(role, permission))).toEqual(['admin', 'operator']);
  });
});
