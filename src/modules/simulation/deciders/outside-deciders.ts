import type { Decision, Decisions } from './decision.js';
import type { OutsideDecider } from './deciders.schema.js';

/** People for whom somebody outside decides. */
export interface OutsideGroup {
  /** Place of the decider in the scenario. */
  readonly place: number;
  readonly decider: OutsideDecider;
  /** Rows of agents, ascending. */
  readonly rows: readonly number[];
}

/** What was decided in the ticks of runs, by their ids. */
export type KeptDecisions = ReadonlyMap<string, ReadonlyMap<number, Decisions>>;

/** Everybody for whom somebody outside decides, and what was decided for the tick that is open. */
export class OutsideDeciders {
  private tick = -1;
  private decisions: Decisions = {};

  /** @param kept of the runs whose decisions are repeated */
  constructor(
    readonly groups: readonly OutsideGroup[],
    private readonly kept: KeptDecisions,
  ) {}

  /** The groups whose decisions a tick needs. */
  askedIn(tick: number): OutsideGroup[] {
    return this.groups.filter(
      ({ decider: { every, repeats } }) => repeats === undefined && tick % every === 0,
    );
  }

  /** The first tick from one on whose decisions are asked for; nothing where none are. */
  nextAsked(from: number): number | undefined {
    const ticks = this.groups.flatMap(({ decider }) =>
      decider.repeats === undefined ? [Math.ceil(from / decider.every) * decider.every] : [],
    );
    return ticks.length === 0 ? undefined : Math.min(...ticks);
  }

  /** Takes what is decided for the tick that is open. */
  settle(tick: number, decisions: Decisions): void {
    this.tick = tick;
    this.decisions = decisions;
  }

  /** What is decided for an agent of a group. */
  of({ decider }: OutsideGroup, tick: number, agent: string): Decision {
    if (tick % decider.every !== 0) return { does: 'nothing' };
    if (decider.repeats !== undefined) {
      const found = this.kept.get(decider.repeats)?.get(tick)?.[agent];
      return found === undefined ? { does: decider.missing } : elsewhere(found);
    }
    if (tick !== this.tick) throw new Error(`nothing was settled for tick ${tick}`);
    return this.decisions[agent] ?? { does: 'nothing' };
  }
}

/** A decision in another run than its own, where originals have other numbers. */
function elsewhere(decision: Decision): Decision {
  if (decision.does !== 'read') return decision;
  return { ...decision, acts: decision.acts.map((act) => ({ ...act, root: -1 })) };
}
