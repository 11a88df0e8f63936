import { AppError } from '../../../core/errors/index.js';

/** `idle`: nobody has activated it; it is as free as an active one, and no sessions are had with it. */
export const LIFECYCLE_STATES = ['idle', 'active', 'suspended', 'retired'] as const;
export type LifecycleState = (typeof LIFECYCLE_STATES)[number];

/** What can be done with an agent. */
export const LIFECYCLE_ACTS = ['activate', 'suspend', 'retire'] as const;
export type LifecycleAct = (typeof LIFECYCLE_ACTS)[number];

const TO = { activate: 'active', suspend: 'suspended', retire: 'retired' } as const satisfies Record<
  LifecycleAct,
  LifecycleState
>;

/** An agent is not in a state in which this could be done with it. */
export class LifecycleRefused extends AppError {
  constructor(id: string, act: LifecycleAct) {
    super('conflict', 'lifecycle_refused', `${act}: agent ${id} is retired, for good`);
  }
}

/**
 * The state that an act leads to, which may be the one that it is in. docs/guides/workflows.md draws it.
 * @throws LifecycleRefused when the agent is retired
 */
export function stateAfter(
  id: string,
  state: LifecycleState,
  act: LifecycleAct,
): Exclude<LifecycleState, 'idle'> {
  if (state === 'retired' && act !== 'retire') throw new LifecycleRefused(id, act);
  return TO[act];
}
