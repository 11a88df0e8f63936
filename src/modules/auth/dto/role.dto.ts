import { z } from 'zod';
import { PERMISSIONS, synthetic, wire } from '../../../core/http/index.js';

export const roleName = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,49}$/, 'must be 1 to 50 lower-case letters, digits, _ and -, a letter first')
  .meta({ examples: ['viewer'] });

const permissions = z
  .array(z.enum(PERMISSIONS))
  .meta({ examples: [['populations:read', 'simulations:run']] });

export const RoleDto = wire(
  'Role',
  z.strictObject({
    synthetic,
    name: roleName,
    description: z.string(),
    built_in: z.boolean().meta({ description: 'Every installation has it, and nobody changes it.' }),
    permissions,
  }),
);
export type RoleDto = z.infer<typeof RoleDto>;

export const RoleListDto = wire(
  'RoleList',
  z.strictObject({ synthetic, roles: z.array(RoleDto), permissions: z.array(z.enum(PERMISSIONS)) }),
);
export type RoleListDto = z.infer<typeof RoleListDto>;

export const RoleParams = z.strictObject({ name: roleName });
export type RoleParams = z.infer<typeof RoleParams>;

export const PutRoleDto = wire(
  'PutRole',
  z.strictObject({
    description: z
      .string()
      .max(200)
      .default('')
      .meta({ examples: ['Runs simulations and nothing else.'] }),
    permissions: permissions.max(PERMISSIONS.length),
  }),
);
export type PutRoleDto = z.infer<typeof PutRoleDto>;
