import { hash } from 'node:crypto';

/** What the product knows to coordinate. */
export const WORKFLOW_NAMES = [
  'onboarding',
  'content_publication',
  'moderation_escalation',
  'lifecycle',
  'session',
] as const;
export type WorkflowName = (typeof WORKFLOW_NAMES)[number];

/** `waiting`: for a job, a decision, a publication or a time, and no worker is at it. docs/guides/workflows.md draws them. */
export const WORKFLOW_STATES = ['running', 'waiting', 'completed', 'failed', 'cancelled'] as const;
export type WorkflowState = (typeof WORKFLOW_STATES)[number];

/** `skipped`: the workflow came to its end before. */
export const STEP_STATES = ['pending', 'running', 'waiting', 'completed', 'failed', 'skipped'] as const;
export type StepState = (typeof STEP_STATES)[number];

/** What a workflow can wait for beside a time. */
export const AWAITED = ['job', 'decision', 'publication'] as const;
export type Awaited = (typeof AWAITED)[number];

/** A version-8 UUID that follows from a text. */
function uuidOf(text: string): string {
  const hex = hash('sha256', text, 'hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * The idempotency key of what a step does: the same in each of its attempts.
 * @param part which of several acts of the step
 */
export function stepKey(workflowId: string, step: string, part = ''): string {
  return uuidOf(`${workflowId}/${step}/${part}`);
}
