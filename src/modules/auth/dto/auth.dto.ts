import { z } from 'zod';
import { uuid, wire } from '../../../core/http/index.js';

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
  }),
);
export type LoginDto = z.infer<typeof LoginDto>;

export const TokensDto = wire(
  'Tokens',
  z
    .strictObject({
      access_token: z.string(),
      refresh_token: z.string(),
      token_type: z.literal('Bearer'),
      expires_in: z.int().meta({ description: 'Life of the access token, in seconds.', examples: [1800] }),
    })
    .describe(
      'The access token goes into `Authorization: Bearer …`, the refresh token to `/auth/refresh` only.',
    ),
);
export type TokensDto = z.infer<typeof TokensDto>;

export const MeDto = wire(
  'Me',
  z.strictObject({
    id: uuid,
    username: z.string().meta({ examples: ['admin'] }),
    role: z.string().meta({ examples: ['admin'] }),
  }),
);
export type MeDto = z.infer<typeof MeDto>;
