import { z } from 'zod';
import { links, page, pageQuery, sortBy, synthetic, time, uuid, wire } from '../../../core/http/index.js';
import { jobPath } from '../../jobs/index.js';
import {
  ContentPublicationInput,
  LifecycleInput,
  ModerationEscalationInput,
  OnboardingInput,
} from '../definitions/inputs.js';
import type { WorkflowStep } from './workflow.entity.js';
import { workflowPath } from './workflow-path.js';
import { STEP_STATES, WORKFLOW_NAMES, WORKFLOW_STATES } from './workflow.rules.js';
import { WORKFLOW_SORTS, type ListedWorkflow } from './workflows.repository.js';
import type { WorkflowCourse } from './workflows.service.js';

export const StartWorkflowDto = wire(
  'StartWorkflow',
  z
    .discriminatedUnion('workflow', [
      z.strictObject({ workflow: z.literal('onboarding'), input: OnboardingInput }),
      z.strictObject({ workflow: z.literal('content_publication'), input: ContentPublicationInput }),
      z.strictObject({ workflow: z.literal('moderation_escalation'), input: ModerationEscalationInput }),
      z.strictObject({ workflow: z.literal('lifecycle'), input: LifecycleInput }),
    ])
    .describe('Which workflow, with what it works on.'),
);
export type StartWorkflowDto = z.infer<typeof StartWorkflowDto>;

const listed = {
  id: uuid,
  workflow: z.enum(WORKFLOW_NAMES),
  state: z.enum(WORKFLOW_STATES),
  step: z.string().meta({ description: 'Which it is at, or ended at.', examples: ['review'] }),
  subject_id: uuid.nullable().meta({ description: 'What it is about, where that has one at a time.' }),
  reason: z
    .string()
    .nullable()
    .meta({ description: 'Why it ended as it did, where that is not as asked for.' }),
  started_by: z.string().meta({ description: 'Or who retried it last.', examples: ['admin'] }),
  created_at: time,
  updated_at: time,
  finished_at: time.nullable(),
  links,
};

const ListedWorkflowDto = wire(
  'WorkflowSummary',
  z.strictObject(listed).describe('Named steps, one after the other.'),
);

const free = z
  .record(z.string(), z.unknown())
  .nullable()
  .meta({ examples: [{ drafts: 3 }] });

const StepDto = wire(
  'WorkflowStep',
  z
    .strictObject({
      name: z.string().meta({ examples: ['draft'] }),
      state: z.enum(STEP_STATES),
      attempts: z.int().meta({ description: 'How often it was begun.', examples: [1] }),
      output: free.meta({ description: 'What it made.' }),
      started_at: time.nullable(),
      finished_at: time.nullable(),
    })
    .describe('A step of a workflow.'),
);

export const WorkflowDto = wire(
  'Workflow',
  z
    .strictObject({
      synthetic,
      ...listed,
      input: z.record(z.string(), z.unknown()).meta({ examples: [{ template: 'street_art_campaign' }] }),
      waits_for: z
        .strictObject({
          kind: z.enum(['job', 'decision', 'publication']).nullable(),
          id: uuid.nullable(),
          until: time.nullable(),
        })
        .nullable()
        .meta({ description: 'While it waits: what it goes on with, whichever comes first.' }),
      steps: z.array(StepDto),
    })
    .describe('A workflow with its steps.'),
);
export type WorkflowDto = z.infer<typeof WorkflowDto>;

export const WorkflowListDto = page('WorkflowList', 'workflows', ListedWorkflowDto);
export type WorkflowListDto = z.infer<typeof WorkflowListDto>;

export const WorkflowsQueryDto = pageQuery({
  workflow: z.enum(WORKFLOW_NAMES).optional(),
  state: z
    .array(z.enum(WORKFLOW_STATES))
    .min(1)
    .max(WORKFLOW_STATES.length)
    .optional()
    .meta({ description: 'One or more, with commas between them.', examples: [['running', 'waiting']] }),
  subject: uuid.optional().meta({ description: 'About this agent or decision.' }),
  sort: sortBy(WORKFLOW_SORTS, '-created_at'),
});
export type WorkflowsQueryDto = z.infer<typeof WorkflowsQueryDto>;

export function workflowSummaryDto(workflow: ListedWorkflow): z.infer<typeof ListedWorkflowDto> {
  const { id, name, state, step_name, subject_id, reason, actor, job_id } = workflow;
  return {
    id,
    workflow: name,
    state,
    step: step_name,
    subject_id,
    reason,
    started_by: actor,
    created_at: workflow.created_at.toISOString(),
    updated_at: workflow.updated_at.toISOString(),
    finished_at: workflow.finished_at?.toISOString() ?? null,
    links: { self: workflowPath(id), ...(job_id !== null && { job: jobPath(job_id) }) },
  };
}

export function workflowDto({ workflow, steps }: WorkflowCourse): WorkflowDto {
  const { input, state, waits_for, waits_id, wake_at } = workflow;
  return {
    synthetic: true,
    ...workflowSummaryDto(workflow),
    input: input as Record<string, unknown>,
    waits_for:
      state === 'waiting' ? { kind: waits_for, id: waits_id, until: wake_at?.toISOString() ?? null } : null,
    steps: steps.map(stepDto),
  };
}

function stepDto({ name, state, attempts, output, started_at, finished_at }: WorkflowStep) {
  return {
    name,
    state,
    attempts,
    output: output as Record<string, unknown> | null,
    started_at: started_at?.toISOString() ?? null,
    finished_at: finished_at?.toISOString() ?? null,
  };
}
