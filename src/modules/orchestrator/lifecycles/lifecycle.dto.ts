import { z } from 'zod';
import { API_PREFIX, links, synthetic, time, uuid, wire } from '../../../core/http/index.js';
import { LIFECYCLE_STATES, type CurrentLifecycle } from '../../agents/index.js';
import { LifecycleInput } from '../definitions/inputs.js';

const { reason, monitor } = LifecycleInput.shape;

export const ActivateAgentDto = wire(
  'AgentActivation',
  z.strictObject({ reason, monitor }).describe('Why an agent is activated, and how it is watched.'),
);
export type ActivateAgentDto = z.infer<typeof ActivateAgentDto>;

export const AgentReasonDto = wire(
  'AgentReason',
  z.strictObject({ reason: reason.unwrap() }).describe('Why an agent is suspended or retired.'),
);
export type AgentReasonDto = z.infer<typeof AgentReasonDto>;

export const AgentLifecycleDto = wire(
  'AgentLifecycle',
  z
    .strictObject({
      synthetic,
      agent_id: uuid,
      state: z.enum(LIFECYCLE_STATES).meta({
        description: '`idle`: nobody has activated it. What a suspended agent has to publish waits.',
      }),
      reason: z.string().nullable(),
      changed_by: z
        .string()
        .nullable()
        .meta({ examples: ['admin'] }),
      changed_at: time.nullable(),
      links,
    })
    .describe('Where an agent is in its life.'),
);
export type AgentLifecycleDto = z.infer<typeof AgentLifecycleDto>;

export function agentLifecycleDto(lifecycle: CurrentLifecycle): AgentLifecycleDto {
  const { agent_id, state, reason: why, actor, changed_at } = lifecycle;
  const agent = `/${API_PREFIX}/agents/${agent_id}`;
  return {
    synthetic: true,
    agent_id,
    state,
    reason: why,
    changed_by: actor,
    changed_at: changed_at?.toISOString() ?? null,
    links: {
      self: `${agent}/lifecycle`,
      agent,
      workflows: `/${API_PREFIX}/workflows?workflow=lifecycle&subject=${agent_id}`,
    },
  };
}
