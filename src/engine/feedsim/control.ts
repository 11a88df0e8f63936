import type { World } from './world.js';

/** Words of `World.control`; those that many threads write lie on cache lines of their own. */
const WAITING = 0;
const GENERATION = 16;
const TICK = 32;
const STOP_WANTED = 33;
const LAST_TICK = 34;
const FAILED = 35;

/** Looks at the barrier before a thread sleeps: some ten microseconds. Longer spins collapse where another program has a core. */
const SPINS = 4000;
/** A sleeping thread looks again after so many milliseconds, in case that another ended without a word. */
const SLEEP_MS = 50;

/** Another lane failed, so that this one cannot go on. */
export class LaneStopped extends Error {}

/** Waits until all lanes are here. @throws LaneStopped */
export function meet({ control, layout }: World): void {
  const generation = Atomics.load(control, GENERATION);
  if (Atomics.add(control, WAITING, 1) === layout.lanes - 1) {
    Atomics.store(control, WAITING, 0);
    Atomics.add(control, GENERATION, 1);
    Atomics.notify(control, GENERATION);
    return;
  }
  for (let spin = 0; Atomics.load(control, GENERATION) === generation; spin += 1) {
    if (spin < SPINS) continue;
    if (Atomics.load(control, FAILED) !== 0) throw new LaneStopped('another lane of the simulation failed');
    Atomics.wait(control, GENERATION, generation, SLEEP_MS);
  }
}

/** Tells the other lanes that this one will not come any more. */
export function fail({ control }: World): void {
  Atomics.store(control, FAILED, 1);
  Atomics.notify(control, GENERATION);
}

/** Asks a run to end after the tick that it is in. */
export function requestStop({ control }: World): void {
  Atomics.store(control, STOP_WANTED, 1);
}

/** Ticks that are done. */
export function ticksDone({ control }: World): number {
  return Atomics.load(control, TICK);
}

/** Between the barriers of a tick, by one lane: says that the tick is done, and whether it is the last one. */
export function endTick({ control }: World, tick: number): void {
  if (Atomics.load(control, STOP_WANTED) !== 0) Atomics.store(control, LAST_TICK, tick);
  Atomics.store(control, TICK, tick);
}

/** After the second barrier of a tick: whether it was the last one; the same for all lanes. */
export function isLast({ control }: World, tick: number): boolean {
  return Atomics.load(control, LAST_TICK) === tick;
}
