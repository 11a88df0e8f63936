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
import { KEY_DAYS, KEY_KINDS } from '../keys/api-key.entity.js';
import { KEY_SORTS, type NamedKey } from '../keys/api-keys.repository.js';
import type { IssuedKey } from '../keys/api-keys.service.js';
import { username } from './auth.dto.js';

const kind = z
  .enum(KEY_KINDS)
  .meta({ description: '`key`: sent as `X-API-Key`; `client_secret`: exchanged at `POST /oauth/token`.' });
const scopes = z.array(z.enum(PERMISSIONS)).meta({ examples: [['populations:read']] });

export const KeyDto = wire(
  'Key',
  z.strictObject({
    id: uuid,
    user_id: uuid,
    username: username.meta({ description: 'Who calls when it is used.' }),
    kind,
    name: z.string().meta({ examples: ['nightly export'] }),
    prefix: z.string().meta({ description: 'What it begins with.', examples: ['azt_3fK9dQ2mXw'] }),
    scopes: scopes.nullable().meta({ description: 'What it may do; null: all that its user may do.' }),
    created_at: time,
    created_by: z.string(),
    expires_at: time.nullable(),
    last_used_at: time.nullable().meta({ description: 'To the minute.' }),
    revoked_at: time.nullable(),
    parent_id: uuid.nullable().meta({
      description: 'The key that put this one in its place, where a program did so by itself; ends with it.',
    }),
  }),
);
export type KeyDto = z.infer<typeof KeyDto>;

export function keyDto(key: NamedKey): KeyDto {
  const { id, user_id, username: name, prefix, created_by } = key;
  return {
    id,
    user_id,
    username: name,
    kind: key.kind,
    name: key.name,
    prefix,
    scopes: key.scopes,
    created_at: key.created_at.toISOString(),
    created_by,
    expires_at: key.expires_at?.toISOString() ?? null,
    last_used_at: key.last_used_at?.toISOString() ?? null,
    revoked_at: key.revoked_at?.toISOString() ?? null,
    parent_id: key.parent_id,
  };
}

export const KeyListDto = page('KeyList', 'keys', KeyDto);
export type KeyListDto = z.infer<typeof KeyListDto>;

export const KeysQueryDto = pageQuery({
  user_id: uuid.optional(),
  kind: kind.optional(),
  active: z.boolean().optional().meta({ description: 'Only those that still hold, or only the others.' }),
  sort: sortBy(KEY_SORTS, '-created_at'),
});
export type KeysQueryDto = z.infer<typeof KeysQueryDto>;

export const CreateKeyDto = wire(
  'CreateKey',
  z.strictObject({
    name: z
      .string()
      .regex(/^[^\p{Cc}\p{Cs}]{1,100}$/u, 'must have 1 to 100 characters')
      .meta({ examples: ['nightly export'] }),
    kind: kind.default('key'),
    user_id: uuid.optional().meta({ description: 'Whose; one’s own when it is not said.' }),
    scopes: scopes.min(1).max(PERMISSIONS.length).optional(),
    expires_in_days: z
      .int()
      .min(1)
      .max(3650)
      .nullable()
      .default(KEY_DAYS)
      .meta({ description: 'Days until it expires; null: never.', examples: [90] }),
  }),
);
export type CreateKeyDto = z.infer<typeof CreateKeyDto>;

export const RotateKeyDto = wire(
  'RotateKey',
  z.strictObject({
    overlap_seconds: z
      .int()
      .min(0)
      .max(604_800)
      .default(0)
      .meta({ description: 'How long the old one goes on to hold.', examples: [3600] }),
  }),
);
export type RotateKeyDto = z.infer<typeof RotateKeyDto>;

export const IssuedKeyDto = wire(
  'IssuedKey',
  z.strictObject({
    synthetic,
    key: KeyDto,
    secret: z.string().meta({ description: 'Told this once.', examples: ['azt_3fK9dQ2mXw_…'] }),
  }),
);
export type IssuedKeyDto = z.infer<typeof IssuedKeyDto>;

export function issuedKeyDto({ key, secret }: IssuedKey): IssuedKeyDto {
  return { synthetic: true, key: keyDto(key), secret };
}
