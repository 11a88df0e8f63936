import { z } from 'zod';
import { synthetic, time, wire } from '../../../core/http/index.js';
import type { SigningKey } from '../tokens/signing-key.entity.js';

export const SigningKeyDto = wire(
  'SigningKey',
  z.strictObject({
    kid: z.string().meta({ description: 'Tokens name it in their header.' }),
    algorithm: z.string().meta({ examples: ['RS256'] }),
    created_at: time,
    retired_at: time.nullable().meta({ description: 'Signs nothing new since then.' }),
    revoked_at: time.nullable().meta({ description: 'What it signed does not hold since then.' }),
  }),
);
export type SigningKeyDto = z.infer<typeof SigningKeyDto>;

export function signingKeyDto({
  kid,
  algorithm,
  created_at,
  retired_at,
  revoked_at,
}: SigningKey): SigningKeyDto {
  return {
    kid,
    algorithm,
    created_at: created_at.toISOString(),
    retired_at: retired_at?.toISOString() ?? null,
    revoked_at: revoked_at?.toISOString() ?? null,
  };
}

export const SigningKeyListDto = wire(
  'SigningKeyList',
  z.strictObject({ synthetic, signing_keys: z.array(SigningKeyDto) }),
);
export type SigningKeyListDto = z.infer<typeof SigningKeyListDto>;

export const SigningKeyParams = z.strictObject({
  kid: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/, 'must be the name of a signing key'),
});
export type SigningKeyParams = z.infer<typeof SigningKeyParams>;

export const RotateSigningKeyDto = wire(
  'RotateSigningKey',
  z.strictObject({
    revoke: z.boolean().default(false).meta({
      description: 'Whether what the older keys signed stops to hold at once: everybody logs in again.',
    }),
  }),
);
export type RotateSigningKeyDto = z.infer<typeof RotateSigningKeyDto>;

export const JwksDto = wire(
  'Jwks',
  z
    .strictObject({ keys: z.array(z.record(z.string(), z.string())) })
    .describe('A JWK Set (RFC 7517): the public keys that tokens are checked with.'),
);
export type JwksDto = z.infer<typeof JwksDto>;
