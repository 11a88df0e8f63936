import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { contractOf, ROUTE_GROUP, type Caller, type RouteGroup } from '../http/index.js';
import type { Verdict } from './budgets.js';
import { forgetLimits } from './rate-limit-headers.js';
import { settle, type CountedRequest } from './rate-limit.hooks.js';
import { RateLimits } from './rate-limits.js';

type Counted = CountedRequest & { user?: Caller };
/** Of one count there may be several, as of a key and its user. */
type Verdicts = readonly (Verdict | readonly Verdict[] | Promise<Verdict | readonly Verdict[]>)[];

/** Counts a request for who calls; comes after the access guard, which finds that out. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly limits: RateLimits,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Counted>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const { user } = request;
    if (user === undefined) return this.settle(reply, this.countProof(context, request));
    // The address is spared a request of somebody who is known.
    if (request.addressVerdict !== undefined) this.limits.refund(request.addressVerdict);
    forgetLimits(reply);
    return this.settle(reply, this.countCaller(context, user));
  }

  private countProof(context: ExecutionContext, { ip }: Counted): Verdicts {
    const proves = contractOf(context.getHandler())?.proves;
    const verdict = proves === undefined ? undefined : this.limits.spendProof(proves, ip);
    return verdict === undefined ? [] : [verdict];
  }

  private countCaller(context: ExecutionContext, user: Caller): Verdicts {
    const ofCaller = this.limits.spendCaller(user);
    if (!this.limits.hasGroups) return [ofCaller];
    const group = this.reflector.get<RouteGroup | undefined>(ROUTE_GROUP, context.getClass());
    const ofGroup = group === undefined ? undefined : this.limits.spendGroup(group, user);
    return ofGroup === undefined ? [ofCaller] : [ofCaller, ofGroup];
  }

  /** Without waiting where nothing is waited for, since that costs every request. */
  private settle(reply: FastifyReply, verdicts: Verdicts): boolean | Promise<boolean> {
    for (const [index, verdict] of verdicts.entries()) {
      if (verdict instanceof Promise) return this.settleLater(reply, verdicts.slice(index));
      this.settleOne(reply, verdict);
    }
    return true;
  }

  private async settleLater(reply: FastifyReply, verdicts: Verdicts): Promise<boolean> {
    for (const verdict of verdicts) this.settleOne(reply, await verdict);
    return true;
  }

  private settleOne(reply: FastifyReply, verdict: Verdict | readonly Verdict[]): void {
    for (const each of [verdict].flat()) settle(this.limits, reply, each);
  }
}
