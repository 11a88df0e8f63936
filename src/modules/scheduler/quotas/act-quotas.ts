import { Injectable } from '@nestjs/common';
import { AdapterRegistry } from '../../integrations/index.js';
import { platformBuckets } from './publication-buckets.js';
import { bucketFor, TokenBuckets, type Bucket } from './token-buckets.js';

/** Something that an agent is about to do on a platform. */
interface QuotedAct {
  adapter: string;
  agentId: string;
  destination: string | null;
  /** `publish`: with words of its own. */
  act: 'publish' | 'react';
  /** More quotas, of what the act is part of. */
  more: readonly { key: string; limit: number; windowSeconds: number }[];
}

/** Tokens that were taken, or how long it takes until there are any. */
type ActGrant = { granted: true; giveBack: () => Promise<void> } | { granted: false; waitMs: number };

/** The quotas of single acts, which they share with publications: by platform, account and more. */
@Injectable()
export class ActQuotas {
  constructor(
    private readonly adapters: AdapterRegistry,
    private readonly buckets: TokenBuckets,
  ) {}

  /** Takes a token of all of an act’s quotas, or of none. @throws NetworkError `adapter_not_found` */
  async reserve({ adapter, agentId, destination, act, more }: QuotedAct): Promise<ActGrant> {
    const buckets: Bucket[] = [
      ...platformBuckets(this.adapters.get(adapter), { agentId, destination }, act),
      ...more.map(({ key, limit, windowSeconds }) => bucketFor(key, limit, windowSeconds)),
    ];
    const grant = await this.buckets.reserve(buckets);
    if (!grant.granted) return grant;
    return { granted: true, giveBack: () => this.buckets.giveBack(buckets, grant.at) };
  }
}
