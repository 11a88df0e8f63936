import type { PlatformAdapter } from '../../integrations/index.js';
import type { HeldPublication } from '../publications/delivery.repository.js';
import { bucketFor, type Bucket } from './token-buckets.js';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

/** What a publication takes a token of: first the gate of its platform, then the platform, the account, the agent and the campaign. */
export function bucketsOf(
  { name, traits }: Pick<PlatformAdapter, 'name' | 'traits'>,
  {
    campaign_id,
    agent_id,
    destination,
    caps,
  }: Pick<HeldPublication, 'campaign_id' | 'agent_id' | 'destination' | 'caps'>,
): Bucket[] {
  const quotas = traits.quotas
    .filter(({ acts }) => acts !== 'react')
    .map(({ per, limit, windowSeconds }) =>
      bucketFor(
        per === 'adapter'
          ? `platform:${name}:${windowSeconds}`
          : `account:${name}:${destination ?? ''}:${agent_id}:${windowSeconds}`,
        limit,
        windowSeconds,
      ),
    );
  return [
    { key: `gate:${name}`, burst: 1, intervalMs: 0 },
    ...quotas,
    ...(caps.per_agent_day === undefined
      ? []
      : [bucketFor(`agent:${campaign_id}:${agent_id}`, caps.per_agent_day, DAY_SECONDS)]),
    ...(caps.per_hour === undefined
      ? []
      : [bucketFor(`campaign:${campaign_id}`, caps.per_hour, HOUR_SECONDS)]),
  ];
}
