import { z } from 'zod';
import { wire } from '../../../core/http/index.js';

export const username = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._@-]{0,99}$/,
    'must be 1 to 100 lower-case letters, digits and . _ @ -, a letter or digit first',
  )
  .meta({ examples: ['grace'] });

export const totpCode = z
  .string()
  .regex(/^\d{6}$/, 'must be six digits')
  .meta({ description: 'What the authenticator shows.', examples: ['492039'] });

export const LoginDto = wire(
  'Login',
  z.strictObject({
    username: z
      .string()
      .min(1)
      .max(100)
      .meta({ examples: ['admin'] }),
    password: z
      .string()
      .min(1)
      .max(200)
      .meta({ examples: ['correct horse battery staple'] }),
    totp_code: totpCode.optional(),
  }),
);
export type LoginDto = z.infer<typeof LoginDto>;

export const TokensDto = wire(
  'Tokens',
  z
    .strictObject({
      access_token: z.string(),
      refresh_token: z.string().meta({ description: 'Holds once: using it gives the next one.' }),
      token_type: z.literal('Bearer'),
      expires_in: z.int().meta({ description: 'Life of the access token, in seconds.', examples: [1800] }),
    })
    .describe(
      'The access token goes into `Authorization: Bearer …`, the refresh token to `/auth/refresh` only.',
    ),
);
export type TokensDto = z.infer<typeof TokensDto>;

export const EndedSessionsDto = wire(
  'EndedSessions',
  z.strictObject({
    synthetic: z.literal(true),
    ended: z.int().meta({ description: 'How many sessions ended.' }),
  }),
);
export type EndedSessionsDto = z.infer<typeof EndedSessionsDto>;
