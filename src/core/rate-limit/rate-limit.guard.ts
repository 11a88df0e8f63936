import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { contractOf, ROUTE_GROUP, type Caller, type RouteGroup } from '../http/index.js';
import type { Verdict } from './budgets.js';
import { forgetLimits } from './rate-limit-headers.js';
import { settle, type CountedRequest } from './rate-limit.hooks.js';
import { RateLimits } from './rate-limits.js';

type Counted = CountedRequest & { user?: Caller };
type Verdicts = readonly (Verdict | Promise<Verdict>)[];

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
    if (user === undefined) return this.settle(reply, this.countProof(context, request), 'beside');
    // The address is spared a request of somebody who is known.
    if (request.addressVerdict !== undefined) this.limits.refund(request.addressVerdict);
    const verdicts = this.countCaller(context, user);
    if (verdicts.length === 0) forgetLimits(reply);
    return this.settle(reply, verdicts, 'alone');
  }

  private countProof(context: ExecutionContext, { ip }: Counted): Verdicts {
    const proves = contractOf(context.getHandler())?.proves;
    const verdict = proves === undefined ? undefined : this.limits.spendProof(proves, ip);
    return verdict === undefined ? [] : [verdict];
  }

  private countCaller(context: ExecutionContext, user: Caller): Verdicts {
    const verdicts: (Verdict | Promise<Verdict>)[] = [];
    const verdict = this.limits.spendCaller(user);
    if (verdict !== undefined) verdicts.push(verdict);
    if (this.limits.hasGroups) {
      const group = this.reflector.get<RouteGroup | undefined>(ROUTE_GROUP, context.getClass());
      const ofGroup = group === undefined ? undefined : this.limits.spendGroup(group, user);
      if (ofGroup !== undefined) verdicts.push(ofGroup);
    }
    return verdicts;
  }

  /** Without waiting where nothing is waited for, since that costs every request. */
  private settle(
    reply: FastifyReply,
    verdicts: Verdicts,
    first: 'alone' | 'beside',
  ): boolean | Promise<boolean> {
    for (const [index, verdict] of verdicts.entries()) {
      const place = index === 0 ? first : 'beside';
      if (verdict instanceof Promise) return this.settleLater(reply, verdicts.slice(index), place);
      settle(this.limits, reply, verdict, place);
    }
    return true;
  }

  private async settleLater(
    reply: FastifyReply,
    verdicts: Verdicts,
    first: 'alone' | 'beside',
  ): Promise<boolean> {
    for (const [index, verdict] of verdicts.entries()) {
      settle(this.limits, reply, await verdict, index === 0 ? first : 'beside');
    }
    return true;
  }
}
