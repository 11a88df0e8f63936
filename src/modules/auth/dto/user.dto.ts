import { z } from 'zod';
import {
  page,
  pageQuery,
  PERMISSIONS,
  sortBy,
  synthetic,
  time,
  uuid,
  wire,
} from '../../../core/http/index.js';
import { PASSWORD_MAX } from '../login/password.rules.js';
import { roleName } from './role.dto.js';
import { USER_KINDS, type User } from '../users/user.entity.js';
import { USER_SORTS } from '../users/users.repository.js';
import { totpCode, username } from './auth.dto.js';

const password = z
  .string()
  .min(1)
  .max(PASSWORD_MAX)
  .meta({
    description: 'At least 12 characters, and none of those that are guessed first.',
    examples: ['violet harbour seven lanterns'],
  });

export const CurrentUserDto = wire(
  'CurrentUser',
  z
    .strictObject({
      synthetic,
      id: uuid,
      username,
      kind: z.enum(USER_KINDS),
      role: roleName,
      permissions: z
        .array(z.enum(PERMISSIONS))
        .meta({ description: 'What the caller may do.', examples: [['populations:read', 'drafts:read']] }),
      todo: z
        .enum(['change_password', 'enrol_totp'])
        .nullable()
        .meta({ description: 'What comes before everything else.' }),
    })
    .describe('Who calls.'),
);
export type CurrentUserDto = z.infer<typeof CurrentUserDto>;

export const UserDto = wire(
  'User',
  z.strictObject({
    synthetic,
    id: uuid,
    username,
    kind: z.enum(USER_KINDS).meta({ description: 'A person logs in; a service account has keys.' }),
    role: roleName,
    active: z.boolean().meta({ description: 'False: may do nothing.' }),
    must_change_password: z.boolean(),
    has_totp: z.boolean().meta({ description: 'Whether log-ins need a code.' }),
    last_login_at: time.nullable(),
    created_at: time,
  }),
);
export type UserDto = z.infer<typeof UserDto>;

export function userDto(user: User): UserDto {
  const { id, username: name, kind, role, active, must_change_password } = user;
  return {
    synthetic: true,
    id,
    username: name,
    kind,
    role,
    active,
    must_change_password,
    has_totp: user.totp_confirmed_at !== null,
    last_login_at: user.last_login_at?.toISOString() ?? null,
    created_at: user.created_at.toISOString(),
  };
}

export const UserListDto = page('UserList', 'users', UserDto);
export type UserListDto = z.infer<typeof UserListDto>;

export const UsersQueryDto = pageQuery({
  username: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'A part of the name.', examples: ['gra'] }),
  kind: z.enum(USER_KINDS).optional(),
  role: roleName.optional(),
  active: z.boolean().optional(),
  sort: sortBy(USER_SORTS, 'username'),
});
export type UsersQueryDto = z.infer<typeof UsersQueryDto>;

export const CreateUserDto = wire(
  'CreateUser',
  z.strictObject({
    username,
    kind: z.enum(USER_KINDS).default('person'),
    role: roleName,
    password: password
      .optional()
      .meta({ description: 'Of a person: the first one, to be changed at the log-in.' }),
  }),
);
export type CreateUserDto = z.infer<typeof CreateUserDto>;

export const UpdateUserDto = wire(
  'UpdateUser',
  z
    .strictObject({ role: roleName.optional(), active: z.boolean().optional() })
    .refine((body) => Object.keys(body).length > 0, 'must say what changes: role, active'),
);
export type UpdateUserDto = z.infer<typeof UpdateUserDto>;

export const ResetPasswordDto = wire('ResetPassword', z.strictObject({ password }));
export type ResetPasswordDto = z.infer<typeof ResetPasswordDto>;

const currentPassword = z.string().min(1).max(PASSWORD_MAX);

export const ChangePasswordDto = wire(
  'ChangePassword',
  z.strictObject({ current_password: currentPassword, new_password: password }),
);
export type ChangePasswordDto = z.infer<typeof ChangePasswordDto>;

export const CurrentPasswordDto = wire(
  'CurrentPassword',
  z.strictObject({ current_password: currentPassword }),
);
export type CurrentPasswordDto = z.infer<typeof CurrentPasswordDto>;

export const RemoveTotpDto = wire(
  'RemoveTotp',
  z.strictObject({ current_password: currentPassword, code: totpCode }),
);
export type RemoveTotpDto = z.infer<typeof RemoveTotpDto>;

export const TotpSecretDto = wire(
  'TotpSecret',
  z.strictObject({
    synthetic,
    secret: z
      .string()
      .meta({ description: 'Base32, for typing.', examples: ['JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'] }),
    uri: z.string().meta({ description: 'For a QR code.', examples: ['otpauth://totp/Azt3kNet:grace?…'] }),
  }),
);
export type TotpSecretDto = z.infer<typeof TotpSecretDto>;

export const TotpCodeDto = wire('TotpCode', z.strictObject({ code: totpCode }));
export type TotpCodeDto = z.infer<typeof TotpCodeDto>;
