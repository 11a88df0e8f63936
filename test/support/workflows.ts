import { setTimeout as sleep } from 'node:timers/promises';
import type { TestApplication } from './application.js';

/** A workflow, as the API shows it. */
export interface ShownWorkflow {
  id: string;
  workflow: string;
  state: string;
  step: string;
  reason: string | null;
  waits_for: { kind: string | null; id: string | null; until: string | null } | null;
  steps: { name: string; state: string; attempts: number; output: Record<string, unknown> | null }[];
  code?: string;
  detail?: string;
}

/** A text that the guard wants a person to look at. */
export const HELD_TEMPLATE = `id: overheard
version: 1.0.0
title: Overheard
description: What somebody wrote on a wall.
default_language: en
variables: [agent.first_name]
languages:
  en:
    phrases: { where: [on the corner, near the station, behind the market, in our street, at the bridge, by the river] }
    caption: 'Somebody wrote that Muslims are animals {{ where }}, and we painted over it, says {{ agent.first_name }}.'
    alt_text: A wall
    hashtags: ['#walls']
    variations: { count: 1 }
`;

/** Starts a workflow. */
export async function startWorkflow(
  test: TestApplication,
  workflow: string,
  input: object,
): Promise<ShownWorkflow> {
  const { status, body } = await test.call<ShownWorkflow>('POST', '/api/v1/workflows', { workflow, input });
  if (status !== 202) throw new Error(JSON.stringify(body));
  return body;
}

export async function workflowOf(test: TestApplication, id: string): Promise<ShownWorkflow> {
  return (await test.call<ShownWorkflow>('GET', `/api/v1/workflows/${id}`)).body;
}

/** Waits until a workflow is in one of some states. */
export async function until(
  test: TestApplication,
  id: string,
  ...states: readonly string[]
): Promise<ShownWorkflow> {
  const end = Date.now() + 180_000;
  for (;;) {
    const workflow = await workflowOf(test, id);
    if (states.includes(workflow.state)) return workflow;
    const isOver = !['running', 'waiting'].includes(workflow.state);
    if (isOver || Date.now() > end) throw new Error(`it is ${JSON.stringify(workflow)}`);
    await sleep(100);
  }
}

/** Waits until it is over, whichever way. */
export function ended(test: TestApplication, id: string): Promise<ShownWorkflow> {
  return until(test, id, 'completed', 'failed', 'cancelled');
}
