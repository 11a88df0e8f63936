import type { Simulation } from '../simulation.rules.js';
import type { DeciderReport } from './deciders-report.js';

/** How whoever waits is told to stop. */
export interface TurnWatch {
  readonly signal: AbortSignal;
  progress(ticks: number, note: string): void;
}

/** Where a run gets what somebody outside decides. */
export interface TurnTaking {
  /** Whether decisions of a tick may have to be waited for, tick being the next to open. */
  mayWait(simulation: Simulation, tick: number): Promise<boolean>;
  /** Settles what is decided in the tick that is open. @throws RunWaits where that takes long, or the reason of the signal */
  take(simulation: Simulation, tick: number, watch: TurnWatch): Promise<void>;
  /** What became of the decisions of the run. */
  report(simulation: Simulation): Promise<readonly DeciderReport[]>;
}

/** A run that waits for decisions and gives its place to others meanwhile. */
export class RunWaits extends Error {
  constructor(
    readonly tick: number,
    /** When it goes on in any case. */
    readonly until: Date,
  ) {
    super(`the run waits for the decisions of tick ${tick}`);
  }
}
