import { zeros } from './columns.js';
import { decayTable } from './clock.js';

/** How notifications make agents come back: a self-exciting process in discrete time (Hawkes, Biometrika 1971). */
export interface BurstSettings {
  /** What one notification adds to the factor on activity, ≥ 0; 0: nothing. */
  readonly gain: number;
  /** Ticks after which what was added has halved, > 0. */
  readonly halfLifeTicks: number;
}

/** The most that notifications add to the factor on activity. */
const MOST = 50;
const LEAST = 1e-4;

/** What is known of agents between two ticks, beside what they read and wrote. */
export class People {
  /** 1 for agents that have left. */
  readonly away: Uint8Array;
  /** The tick up to which an agent is suspended; 0: it is not. */
  readonly suspended: Int32Array;
  readonly opinion: Float64Array;
  private readonly excitement: Float32Array;
  private readonly excitedAt: Int32Array;
  // Follows from the settings, and is none of what a checkpoint holds.
  readonly #decay: Float64Array;

  constructor(
    count: number,
    private readonly bursts: BurstSettings,
    opinion: Float64Array | undefined,
  ) {
    this.away = zeros(Uint8Array, count);
    this.suspended = zeros(Int32Array, count);
    this.opinion = zeros(Float64Array, count);
    if (opinion !== undefined) this.opinion.set(opinion);
    this.excitement = zeros(Float32Array, count);
    this.excitedAt = zeros(Int32Array, count);
    this.#decay = decayTable(bursts.halfLifeTicks, LEAST);
  }

  /** What notifications add to an agent's factor on activity at a tick, ≥ 0. */
  excitementAt(agent: number, tick: number): number {
    if (this.bursts.gain === 0) return 0;
    const excitement = this.excitement[agent] as number;
    if (excitement === 0) return 0;
    return excitement * (this.#decay[tick - (this.excitedAt[agent] as number)] ?? 0);
  }

  /** Something happened that an agent is told of. */
  notify(agent: number, tick: number): void {
    if (this.bursts.gain === 0) return;
    this.excitement[agent] = Math.min(this.excitementAt(agent, tick) + this.bursts.gain, MOST);
    this.excitedAt[agent] = tick;
  }

  mayAct(agent: number, tick: number): boolean {
    return (this.suspended[agent] as number) <= tick;
  }
}
