import { createHash } from 'node:crypto';
import { decidersReport, type DeciderReport } from '../../src/modules/simulation/deciders/deciders-report.js';
import type { Decisions, KeptDecision } from '../../src/modules/simulation/deciders/decision.js';
import {
  type GivenAct,
  type GivenDecision,
  judgeDecision,
} from '../../src/modules/simulation/deciders/decision.rules.js';
import { type Offer, offersOf } from '../../src/modules/simulation/deciders/offers.rules.js';
import { RunWaits, type TurnTaking } from '../../src/modules/simulation/deciders/turn-taking.js';
import type { Simulation } from '../../src/modules/simulation/simulation.rules.js';

/** What an offer has of what somebody decides on; that of the API as well. */
interface Seen {
  readonly agent_id: string;
  readonly accepts: readonly string[];
  readonly notification: { readonly comment_id: string; readonly post_id: string } | null;
  readonly feed: readonly {
    readonly post_id: string;
    readonly accepts: readonly string[];
    readonly comments: readonly { readonly comment_id: string }[];
  }[];
}

const KINDS = ['reaction', 'comment', 'repost', 'quote', 'follow', 'unfollow', 'mute', 'report'] as const;

/** A whole number below `most`, by a text alone. */
function drawn(text: string, most: number): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) % most;
}

/** What somebody does who decides by the agent, the tick and what is shown alone. */
export function decideFor(seen: Seen, tick: number): GivenDecision {
  const { agent_id, accepts, notification, feed } = seen;
  const at = `${agent_id} ${tick}`;
  if (accepts.includes('return')) return { agent_id, does: drawn(at, 3) === 0 ? 'return' : 'nothing' };
  if (accepts.includes('post') && drawn(`${at} post`, 4) === 0) return { agent_id, does: 'post' };
  if (drawn(`${at} nothing`, 5) === 0) return { agent_id, does: 'nothing' };
  const acts: GivenAct[] = feed.flatMap(({ post_id, accepts: kinds, comments }) => {
    const kind = KINDS[drawn(`${at} ${post_id}`, KINDS.length * 2)];
    if (kind === undefined || !kinds.includes(kind)) return [];
    const [answered] = comments;
    return [
      {
        kind,
        post_id,
        ...(kind === 'reaction' && { reaction: 'love' as const }),
        ...(kind === 'comment' && answered !== undefined && { comment_id: answered.comment_id }),
      },
    ];
  });
  if (notification !== null && drawn(`${at} told`, 2) === 0)
    acts.push({ kind: 'comment', post_id: notification.post_id, comment_id: notification.comment_id });
  const leaves = acts.length === 0 && notification === null && drawn(`${at} leave`, 4) === 0;
  return { agent_id, does: 'read', leaves, acts };
}

/** Decides in this process, and keeps what was decided. */
export class OutsideDecider implements TurnTaking {
  readonly kept = new Map<number, Decisions>();
  readonly offered = new Map<number, Offer[]>();
  /** Ticks that are waited for, once each. */
  readonly slow = new Set<number>();

  /** @param decides what becomes of an offer; nothing where nobody decides */
  constructor(
    private readonly decides: (offer: Offer, tick: number) => GivenDecision | undefined = decideFor,
  ) {}

  mayWait({ outside }: Simulation, tick: number): Promise<boolean> {
    return Promise.resolve(outside?.askedIn(tick).length !== 0 && !this.kept.has(tick));
  }

  take(simulation: Simulation, tick: number): Promise<void> {
    if ((simulation.outside?.askedIn(tick).length ?? 0) > 0 && this.slow.delete(tick))
      return Promise.reject(new RunWaits(tick, new Date()));
    this.settle(simulation, tick);
    return Promise.resolve();
  }

  /** Settles what is decided in the tick that is open. */
  settle(simulation: Simulation, tick: number): void {
    if ((simulation.outside?.askedIn(tick).length ?? 0) === 0) return;
    const decided = this.kept.get(tick) ?? this.ask(simulation, tick);
    this.kept.set(tick, decided);
    simulation.outside?.settle(tick, decided);
  }

  report(simulation: Simulation): Promise<DeciderReport[]> {
    const counts = [...this.kept.values()].flatMap((decisions) =>
      Object.entries(decisions).map(([agent, { origin }]) => ({ agent, origin, decisions: 1 })),
    );
    return Promise.resolve(decidersReport(simulation, counts, []));
  }

  private ask(simulation: Simulation, tick: number): Decisions {
    const offers = offersOf(simulation, simulation.outside?.askedIn(tick) ?? []);
    this.offered.set(tick, offers);
    return Object.fromEntries(
      offers.map((offer): [string, KeptDecision] => {
        const given = this.decides(offer, tick);
        const group = simulation.outside?.groups.find(({ place }) => place === offer.decider);
        if (given === undefined)
          return [offer.agent_id, { does: group?.decider.missing ?? 'nothing', origin: 'missing' }];
        const judged = judgeDecision(offer, given, 'decisions[0]');
        if ('issues' in judged) throw new Error(JSON.stringify(judged.issues));
        return [offer.agent_id, { ...judged.decision, origin: 'decided' }];
      }),
    );
  }
}
