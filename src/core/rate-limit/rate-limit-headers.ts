import type { FastifyReply } from 'fastify';
import type { Policy, Verdict } from './budgets.js';

// The form of draft-ietf-httpapi-ratelimit-headers-08 and later: lists of named items.

const items = new WeakMap<Policy, string>();

/** `"caller";q=1200;w=60` */
function policyItem(policy: Policy): string {
  let item = items.get(policy);
  if (item === undefined) {
    item = `"${policy.name}";q=${policy.limit};w=${policy.windowMs / 1_000}`;
    items.set(policy, item);
  }
  return item;
}

/** Tells which limit a request was counted for and what is left of it, beside those that were told before. */
export function tellLimit(reply: FastifyReply, { outcome, policy, left, resetMs }: Verdict): void {
  if (outcome === 'unknown') return;
  const before = reply.getHeader('ratelimit-policy') as string | undefined;
  const limit = `"${policy.name}";r=${left};t=${Math.ceil(resetMs / 1_000)}`;
  if (before === undefined) {
    void reply.header('ratelimit-policy', policyItem(policy)).header('ratelimit', limit);
    return;
  }
  void reply
    .header('ratelimit-policy', `${before}, ${policyItem(policy)}`)
    .header('ratelimit', `${reply.getHeader('ratelimit') as string}, ${limit}`);
}

/** What was told counts no more. */
export function forgetLimits(reply: FastifyReply): void {
  void reply.removeHeader('ratelimit-policy').removeHeader('ratelimit');
}
