import { z } from 'zod';
import { page, pageQuery, sortBy, time, uuid, wire } from '../../../core/http/index.js';
import { SESSION_SORTS, type NamedSession } from '../sessions/sessions.repository.js';
import { username } from './auth.dto.js';

export const SessionDto = wire(
  'Session',
  z.strictObject({
    id: uuid,
    user_id: uuid,
    username,
    address: z
      .string()
      .nullable()
      .meta({ description: 'Where the log-in came from.', examples: ['192.0.2.7'] }),
    user_agent: z.string().nullable(),
    created_at: time,
    last_used_at: time.meta({ description: 'When tokens were last refreshed.' }),
    expires_at: time,
    revoked_at: time.nullable(),
    revoked_for: z.enum(['logout', 'owner', 'reuse', 'password', 'totp', 'admin']).nullable().meta({
      description:
        '`owner`: its user ended it from another session; `reuse`: a refresh token was used twice.',
    }),
    current: z.boolean().meta({ description: 'Whether this is the session that asks.' }),
  }),
);
export type SessionDto = z.infer<typeof SessionDto>;

export function sessionDto(session: NamedSession, current: string | undefined): SessionDto {
  const { id, user_id, username: name, address, user_agent, revoked_for } = session;
  return {
    id,
    user_id,
    username: name,
    address,
    user_agent,
    created_at: session.created_at.toISOString(),
    last_used_at: session.last_used_at.toISOString(),
    expires_at: session.expires_at.toISOString(),
    revoked_at: session.revoked_at?.toISOString() ?? null,
    revoked_for,
    current: id === current,
  };
}

export const SessionListDto = page('SessionList', 'sessions', SessionDto);
export type SessionListDto = z.infer<typeof SessionListDto>;

const active = z
  .boolean()
  .optional()
  .meta({ description: 'Only those that still hold, or only the others.' });

export const MySessionsQueryDto = pageQuery({ active, sort: sortBy(SESSION_SORTS, '-created_at') });
export type MySessionsQueryDto = z.infer<typeof MySessionsQueryDto>;

export const SessionsQueryDto = pageQuery({
  user_id: uuid.optional(),
  active,
  sort: sortBy(SESSION_SORTS, '-created_at'),
});
export type SessionsQueryDto = z.infer<typeof SessionsQueryDto>;
