import type { PlatformAdapter } from '../../integrations/index.js';
import type { HeldPublication } from '../publications/delivery.repository.js';
import { bucketFor, type Bucket } from './token-buckets.js';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

/** What an act on a platform takes a token of: first the platform’s gate, then the platform and the account. */
export function platformBuckets(
  { name, traits }: Pick<PlatformAdapter, 'name' | 'traits'>,
  { agentId, destination }: { agentId: string; destination: string | null },
  act: 'publish' | 'react',
): Bucket[] {
  const quotas = traits.quotas
    .filter(({ acts }) => acts === act || acts === 'all')
    .map(({ per, acts, limit, windowSeconds }) => {
      const whose =
        per === 'adapter' ? `platform:${name}` : `account:${name}:${destination ?? ''}:${agentId}`;
      return bucketFor(`${whose}:${acts === 'react' ? 'react:' : ''}${windowSeconds}`, limit, windowSeconds);
    });
  return [{ key: `gate:${name}`, burst: 1, intervalMs: 0 }, ...quotas];
}

/** What a publication takes a token of: those of its platform, then of the agent and the campaign. */
export function bucketsOf(
  adapter: Pick<PlatformAdapter, 'name' | 'traits'>,
  {
    campaign_id,
    agent_id,
    destination,
    caps,
  }: Pick<HeldPublication, 'campaign_id' | 'agent_id' | 'destination' | 'caps'>,
): Bucket[] {
  return [
    ...platformBuckets(adapter, { agentId: agent_id, destination }, 'publish'),
    ...(caps.per_agent_day === undefined
      ? []
      : [bucketFor(`agent:${campaign_id}:${agent_id}`, caps.per_agent_day, DAY_SECONDS)]),
    ...(caps.per_hour === undefined
      ? []
      : [bucketFor(`campaign:${campaign_id}`, caps.per_hour, HOUR_SECONDS)]),
  ];
}
