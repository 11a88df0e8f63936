import type { Counter } from 'prom-client';
import type { Config } from '../config/index.js';
import { networkOf, type Proof, type RouteGroup } from '../http/index.js';
import type { Metrics } from '../metrics/index.js';
import type { BudgetStore } from './budget-store.js';
import { Budgets, type Verdict } from './budgets.js';
import { RateLimitedError, RateLimitUnavailableError } from './rate-limit.errors.js';

/**
 * Who calls, for the limits: a user, by whatever keys and sessions; many of them make no larger budget, one key a smaller one. A bot
 * counts for itself: its owner has to be able to stop it.
 */
interface CountedCaller {
  id: string;
  keyId?: string | undefined;
  bot?: string | undefined;
}

/** Requests in a window, by what they are counted for. */
export type Limits = Config['rateLimits'];

/** The limits of a process that serves others. A limit of 0 is none. */
export class RateLimits {
  private readonly addresses: Budgets | undefined;
  private readonly proofs: Readonly<Record<Proof, Budgets | undefined>>;
  private readonly callers: Budgets | undefined;
  private readonly keys: Budgets | undefined;
  private readonly bots: Budgets | undefined;
  private readonly groups: ReadonlyMap<string, Budgets>;
  private readonly refused: Counter<'policy'>;

  constructor(
    { windowSeconds, groups, ...of }: Limits,
    private readonly store: BudgetStore,
    metrics: Metrics,
  ) {
    const budgets = (name: string, limit: number): Budgets | undefined =>
      limit === 0 ? undefined : new Budgets({ name, limit, windowMs: windowSeconds * 1_000 }, store);
    this.addresses = budgets('address', of.addressRequests);
    this.proofs = { login: budgets('login', of.logins), token: budgets('token', of.tokenRequests) };
    this.callers = budgets('caller', of.requests);
    this.keys = budgets('key', of.keyRequests);
    this.bots = budgets('bot', of.botRequests);
    this.groups = new Map(
      Object.entries(groups).flatMap(([group, limit]) => {
        const made = budgets(`group-${group}`, limit);
        return made === undefined ? [] : [[group, made] as const];
      }),
    );
    this.refused = metrics.counter({
      name: 'rate_limited_requests_total',
      help: 'Requests and messages that a rate limit refused.',
      labels: ['policy'],
    });
  }

  /** Whether any route group has a limit of its own. */
  get hasGroups(): boolean {
    return this.groups.size > 0;
  }

  /** Counts a request before it is known who calls; {@link RateLimits.refund} when that is known. */
  spendAddress(address: string): Verdict | Promise<Verdict> | undefined {
    return this.addresses?.spend(networkOf(address));
  }

  /** The request was a known caller's and does not count for its address. */
  refund(verdict: Verdict): void {
    this.addresses?.refund(verdict);
  }

  /** Counts an attempt to prove who one is. */
  spendProof(proof: Proof, address: string): Verdict | Promise<Verdict> | undefined {
    return this.proofs[proof]?.spend(networkOf(address));
  }

  /**
   * Counts a request of a known caller: for its key, if it has one, and for its user, or for its bot alone. One that the limit of its
   * key refuses costs its user nothing.
   * @returns what became of it for each, in this order
   */
  spendCaller(caller: CountedCaller): readonly Verdict[] | Promise<readonly Verdict[]> {
    const ofKey = caller.keyId === undefined ? undefined : this.keys?.spend(caller.keyId);
    return ofKey instanceof Promise
      ? ofKey.then((verdict) => this.spendUser(caller, verdict))
      : this.spendUser(caller, ofKey);
  }

  private spendUser(
    caller: CountedCaller,
    ofKey: Verdict | undefined,
  ): readonly Verdict[] | Promise<readonly Verdict[]> {
    const before = ofKey === undefined ? [] : [ofKey];
    if (ofKey?.outcome === 'refused') return before;
    const budgets = caller.bot === undefined ? this.callers : this.bots;
    const ofUser = budgets?.spend(subjectOf(caller));
    if (ofUser === undefined) return before;
    return ofUser instanceof Promise ? ofUser.then((verdict) => [...before, verdict]) : [...before, ofUser];
  }

  /** Counts a request for the limit of its route group, if there is one. */
  spendGroup(group: RouteGroup, caller: CountedCaller): Verdict | Promise<Verdict> | undefined {
    return this.groups.get(group)?.spend(subjectOf(caller));
  }

  /**
   * Counts a connection for an address before it is known who calls.
   * @returns takes it back, for when that is known
   * @throws RateLimitedError
   */
  async admitConnection(address: string): Promise<() => void> {
    const verdict = await this.spendAddress(address);
    if (verdict !== undefined) this.require(verdict);
    return () => verdict !== undefined && this.refund(verdict);
  }

  /** Counts a message of a known caller, or a connection. @throws RateLimitedError */
  async admitCaller(caller: CountedCaller): Promise<void> {
    for (const verdict of await this.spendCaller(caller)) this.require(verdict);
  }

  /**
   * Lets what was admitted pass, and what could not be counted unless somebody proves who they are.
   * @throws RateLimitedError, RateLimitUnavailableError
   */
  require({ outcome, policy, resetMs }: Verdict): void {
    if (outcome === 'admitted') return;
    if (outcome === 'refused') {
      this.refused.inc({ policy: policy.name });
      throw new RateLimitedError(policy, Math.max(1, Math.ceil(resetMs / 1_000)));
    }
    if (Object.values(this.proofs).some((proof) => proof?.policy === policy))
      throw new RateLimitUnavailableError();
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

function subjectOf({ id, bot }: CountedCaller): string {
  return bot === undefined ? `user:${id}` : `bot:${bot}`;
}
