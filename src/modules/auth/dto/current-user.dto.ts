import { z } from 'zod';
import { PERMISSIONS, synthetic, uuid, wire } from '../../../core/http/index.js';
import { ROLES } from '../permissions.js';

export const CurrentUserDto = wire(
  'CurrentUser',
  z
    .strictObject({
      synthetic,
      id: uuid,
      username: z.string().meta({ examples: ['admin'] }),
      role: z.enum(ROLES),
      permissions: z
        .array(z.enum(PERMISSIONS))
        .meta({ description: 'What the role may do.', examples: [['populations:read', 'drafts:read']] }),
    })
    .describe('Who calls.'),
);
export type CurrentUserDto = z.infer<typeof CurrentUserDto>;
