import { z } from 'zod';
import { declareEvent } from '../../../core/events/index.js';
import { STEP_STATES, WORKFLOW_NAMES, WORKFLOW_STATES } from './workflow.rules.js';

const declare = <Fields extends z.ZodRawShape>(type: string, summary: string, fields: Fields) =>
  declareEvent({
    type,
    topic: 'workflows.{workflow_id}',
    permission: 'workflows:read',
    summary,
    payload: z.strictObject({ workflow_id: z.uuid(), name: z.enum(WORKFLOW_NAMES), ...fields }),
  });

export const workflowChanged = declare(
  'workflow.changed',
  'A workflow was started, waits, goes on or ended.',
  {
    state: z.enum(WORKFLOW_STATES),
    step: z.string().meta({ description: 'Which it is at.' }),
    reason: z.string().nullable(),
  },
);

export const workflowStepChanged = declare('workflow.step_changed', 'A step was begun or ended.', {
  step: z.string(),
  state: z.enum(STEP_STATES),
  attempts: z.int(),
});
