import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimits, type Verdict } from '../../../core/rate-limit/index.js';
import type { MastodonRoute, Session } from './routing.js';

/** Counts requests: of a token for itself, as the API does for callers, and of others for their address. */
@Injectable()
export class TokenLimits {
  constructor(private readonly limits: RateLimits) {}

  /** Counts an attempt to prove who one is. @throws RateLimitedError */
  async countProof(request: FastifyRequest, { proves }: MastodonRoute): Promise<void> {
    if (proves === undefined) return;
    const verdict = await this.limits.spendProof(proves, request.ip);
    if (verdict !== undefined) this.limits.require(verdict);
  }

  /** Counts a request of a token, whose address is spared it, and says how many are left. @throws RateLimitedError */
  async countToken(request: FastifyRequest, reply: FastifyReply, { token }: Session): Promise<void> {
    const { addressVerdict } = request as { addressVerdict?: Verdict };
    if (addressVerdict !== undefined) this.limits.refund(addressVerdict);
    for (const verdict of await this.limits.spendCaller(holderOf(token))) {
      tellLeft(reply, verdict);
      this.limits.require(verdict);
    }
  }

  /** Counts an attempt to listen: for its address until it is known who calls, and then for the token. @throws RateLimitedError */
  async countStream<Found extends { session: Session | undefined }>(
    address: string,
    identify: () => Promise<Found>,
  ): Promise<Found> {
    const giveBack = await this.limits.admitConnection(address);
    const found = await identify();
    if (found.session === undefined) return found;
    giveBack();
    await this.limits.admitCaller(holderOf(found.session.token));
    return found;
  }
}

function holderOf({ account_id, app_id, network_id }: Session['token']): { id: string } {
  return { id: `network ${account_id === null ? `app ${app_id ?? ''}` : `${network_id}/${account_id}`}` };
}

function tellLeft(reply: FastifyReply, { outcome, policy, left, resetMs }: Verdict): void {
  if (outcome === 'unknown') return;
  void reply.headers({
    'x-ratelimit-limit': String(policy.limit),
    'x-ratelimit-remaining': String(left),
    'x-ratelimit-reset': new Date(Date.now() + resetMs).toISOString(),
  });
}
