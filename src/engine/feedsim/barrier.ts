import type { World } from './world.js';

/** Words of `World.control`; each on a cache line of its own, since all threads write or watch them. */
const WAITING = 0;
const GENERATION = 16;
const TICKS_DONE = 32;

/** Looks at the barrier before a thread sleeps: some ten microseconds. Longer spins collapse where another program has a core. */
const SPINS = 4000;

/** Waits until all lanes are here; a short spin, then sleep. What a lane wrote before, all lanes see afterwards. */
export function meet({ control, layout }: World): void {
  const generation = Atomics.load(control, GENERATION);
  if (Atomics.add(control, WAITING, 1) === layout.lanes - 1) {
    Atomics.store(control, WAITING, 0);
    Atomics.add(control, GENERATION, 1);
    Atomics.notify(control, GENERATION);
    return;
  }
  for (let spin = 0; spin < SPINS; spin += 1) {
    if (Atomics.load(control, GENERATION) !== generation) return;
  }
  while (Atomics.load(control, GENERATION) === generation) Atomics.wait(control, GENERATION, generation);
}

/** Says that a tick is done. */
export function endTick({ control }: World, tick: number): void {
  Atomics.store(control, TICKS_DONE, tick);
}

/** How many ticks are done; any thread may ask. */
export function ticksDone({ control }: Pick<World, 'control'>): number {
  return Atomics.load(control, TICKS_DONE);
}
