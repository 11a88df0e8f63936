import { z } from 'zod';
import { declareEvent } from '../../../core/events/index.js';
import { SESSION_PLAN_STATES, SESSION_STATES } from './session.rules.js';

const declare = <Fields extends z.ZodRawShape>(type: string, summary: string, fields: Fields) =>
  declareEvent({
    type,
    topic: 'sessions.{plan_id}',
    permission: 'workflows:read',
    summary,
    payload: z.strictObject({ plan_id: z.uuid(), ...fields }),
  });

export const sessionPlanChanged = declare(
  'session_plan.changed',
  'Sessions were planned, or their plan is in another state.',
  {
    state: z.enum(SESSION_PLAN_STATES),
    sessions: z.int().meta({ description: 'How many were planned.' }),
  },
);

export const sessionChanged = declare('session.changed', 'An agent’s session is in another state.', {
  session_id: z.uuid(),
  agent_id: z.uuid(),
  state: z.enum(SESSION_STATES),
  reason: z.string().nullable(),
});
