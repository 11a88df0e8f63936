import type { CampaignState } from '../campaigns/campaign.rules.js';

export const PUBLICATION_STATES = [
  'planned',
  'drafted',
  'awaiting_approval',
  'due',
  'publishing',
  'published',
  'removed',
  'failed',
  'cancelled',
  'expired',
] as const;
export type PublicationState = (typeof PUBLICATION_STATES)[number];

/** Why nothing of a publication may be sent. */
export interface Hindrance {
  by: 'agent' | 'campaign' | 'guard';
  reason: string;
  /** Whether it stays so until the publication is over. */
  lasting: boolean;
}

/** What keeps a publication from being sent anew; nothing where it may go out. */
export function hindranceOf(publication: {
  campaign_state: CampaignState;
  agent_state: 'active' | 'suspended' | 'retired' | null;
  /** Whether the guard lets its draft out. */
  passing: boolean;
  /** Whether its time is over. */
  late: boolean;
}): Hindrance | undefined {
  const { campaign_state: campaign, agent_state: agent, passing, late } = publication;
  const inTime = (by: Hindrance['by'], reason: string): Hindrance =>
    late ? { by, reason: `${reason}, and its time is over`, lasting: true } : { by, reason, lasting: false };
  if (campaign === 'cancelled')
    return { by: 'campaign', reason: 'the campaign was cancelled', lasting: true };
  if (agent === 'retired') return { by: 'agent', reason: 'its agent is retired', lasting: true };
  if (agent === 'suspended') return inTime('agent', 'its agent is suspended');
  if (campaign !== 'running') return inTime('campaign', `the campaign is ${campaign}`);
  if (!passing)
    return { by: 'guard', reason: 'the guard does not let its draft out any more', lasting: true };
  return undefined;
}
