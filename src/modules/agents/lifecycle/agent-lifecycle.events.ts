import { z } from 'zod';
import { declareEvent } from '../../../core/events/index.js';
import { LIFECYCLE_STATES } from './agent-lifecycle.rules.js';

export const agentLifecycleChanged = declareEvent({
  type: 'agent.lifecycle_changed',
  topic: 'agents.{agent_id}',
  permission: 'drafts:read',
  summary: 'An agent was activated, suspended or retired.',
  payload: z.strictObject({
    agent_id: z.uuid(),
    state: z.enum(LIFECYCLE_STATES),
    reason: z.string().nullable(),
  }),
});
