import { SchedulerError } from '../scheduler.errors.js';

export const CAMPAIGN_STATES = ['draft', 'running', 'paused', 'completed', 'cancelled'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** What people can do with a campaign. */
export const CAMPAIGN_ACTS = ['start', 'pause', 'resume', 'cancel'] as const;
export type CampaignAct = (typeof CAMPAIGN_ACTS)[number];

/** The state machine of campaigns; `complete` is the scheduler’s own act. docs/guides/campaigns.md draws it. */
export const TRANSITIONS: Readonly<
  Record<CampaignAct | 'complete', { from: readonly CampaignState[]; to: CampaignState }>
> = {
  start: { from: ['draft'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['draft', 'running', 'paused'], to: 'cancelled' },
  complete: { from: ['running'], to: 'completed' },
};

/**
 * The state that an act leads to.
 * @throws SchedulerError `transition_impossible` naming what can be done instead
 */
export function stateAfter(state: CampaignState, act: CampaignAct): CampaignState {
  const { from, to } = TRANSITIONS[act];
  if (from.includes(state)) return to;
  const possible = CAMPAIGN_ACTS.filter((each) => TRANSITIONS[each].from.includes(state));
  const instead = possible.length === 0 ? 'it is over' : `it can be: ${possible.join(', ')}`;
  throw new SchedulerError(
    'conflict',
    'transition_impossible',
    `${act}: the campaign is ${state} and not ${from.join(' or ')}; ${instead}`,
  );
}
