import type { BudgetStore, Grant } from './budget-store.js';

/** How many requests, and what the headers call the limit. */
export interface Policy {
  name: string;
  /** Requests in a window. */
  limit: number;
  windowMs: number;
}

/** What became of a request. `unknown`: the store did not answer. */
export interface Verdict {
  outcome: 'admitted' | 'refused' | 'unknown';
  policy: Policy;
  /** What the budget still has, as far as this process knows. */
  left: number;
  /** Milliseconds until the budget is full again. */
  resetMs: number;
  /** Where the request was taken from, to give it back to. */
  lease: Lease | undefined;
}

/** Requests that this process may admit without asking, until their window ends. */
interface Lease {
  points: number;
  /** What the store has beside these. */
  behind: number;
  /** At the latest the end of the window, by `performance.now`. */
  endsAt: number;
}

type Waiter = (verdict: Verdict) => void;

/** A process asks for this part of a limit at once, so that few requests wait for the store; small limits stay exact. */
const PORTIONS = 100;
/** Leases of so many keys are kept; who is forgotten asks the store again. */
const KEYS_MAX = 50_000;

/**
 * The budgets of one policy, by key. Every point was given by the store and is used once, so all processes together never
 * admit more than the limit in a window. What a process has and does not use is lost at the end of the window.
 */
export class Budgets {
  private readonly leases = new Map<string, Lease>();
  private readonly waiting = new Map<string, Waiter[]>();
  private readonly portion: number;

  constructor(
    readonly policy: Policy,
    private readonly store: BudgetStore,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.portion = Math.max(1, Math.floor(policy.limit / PORTIONS));
  }

  /** Takes one request from the budget; waits only when the store must be asked. */
  spend(key: string): Verdict | Promise<Verdict> {
    const lease = this.leases.get(key);
    if (lease !== undefined && this.now() < lease.endsAt && (lease.points > 0 || lease.behind === 0)) {
      return this.take(lease);
    }
    return new Promise((resolve) => {
      const waiters = this.waiting.get(key);
      if (waiters !== undefined) {
        waiters.push(resolve);
      } else {
        const first = [resolve];
        this.waiting.set(key, first);
        void this.serve(key, first);
      }
    });
  }

  /** Gives a request back that was not to count. */
  refund({ outcome, lease }: Verdict): void {
    if (outcome === 'admitted' && lease !== undefined) lease.points += 1;
  }

  /** Asks for all that wait, one draw after the other. */
  private async serve(key: string, waiters: Waiter[]): Promise<void> {
    while (waiters.length > 0) {
      const served = waiters.splice(0);
      const points = Math.max(this.portion, served.length);
      const asked = this.now();
      const { policy } = this;
      try {
        const grant = await this.store.draw({
          key: `${policy.name}:${key}`,
          points,
          limit: policy.limit,
          windowMs: policy.windowMs,
        });
        const lease = this.keep(key, grant, asked + grant.resetMs);
        for (const resolve of served) resolve(this.take(lease));
      } catch {
        for (const resolve of served) {
          resolve({ outcome: 'unknown', policy, left: 0, resetMs: 0, lease: undefined });
        }
      }
    }
    this.waiting.delete(key);
  }

  /** @param endsAt counted from before the draw, and so not after the window's true end */
  private keep(key: string, { granted, left }: Grant, endsAt: number): Lease {
    const known = this.leases.get(key);
    if (known !== undefined && this.now() < known.endsAt) {
      known.points += granted;
      known.behind = left;
      known.endsAt = Math.max(known.endsAt, endsAt);
      return known;
    }
    const lease = { points: granted, behind: left, endsAt };
    this.leases.delete(key);
    this.forget();
    this.leases.set(key, lease);
    return lease;
  }

  /** The oldest leases come first: what is over goes, and what there is no room for. */
  private forget(): void {
    for (const [key, { endsAt }] of this.leases) {
      if (endsAt > this.now() && this.leases.size < KEYS_MAX) return;
      this.leases.delete(key);
    }
  }

  private take(lease: Lease): Verdict {
    const admitted = lease.points > 0;
    if (admitted) lease.points -= 1;
    return {
      outcome: admitted ? 'admitted' : 'refused',
      policy: this.policy,
      left: lease.points + lease.behind,
      resetMs: Math.max(0, lease.endsAt - this.now()),
      lease,
    };
  }
}
