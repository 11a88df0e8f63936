import { endTick, meet } from './barrier.js';
import type { Kernel } from './kernel.js';
import { MEASURES } from './model.js';
import { foundLane, foundWorld, sumMeasures, type World } from './world.js';

/** What one thread does: its part of every tick. Lane 0 also founds the world, and writes the measures. */
export interface Lane {
  readonly world: World;
  readonly lane: number;
  readonly ticks: number;
  /** Makes the lane's kernel, once the world is there. */
  readonly kernel: () => Kernel;
  /** Row `tick − 1` takes the measures of a tick. */
  readonly history: Float64Array;
}

/** Runs a lane from memory that holds zeros to the last tick. @param ticked is told, in lane 0, of every tick that is done */
export function runLane({ world, lane, ticks, kernel, history }: Lane, ticked: (tick: number) => void): void {
  if (lane === 0) foundWorld(world);
  foundLane(world, lane);
  meet(world);
  const work = kernel();
  for (let tick = 1; tick <= ticks; tick += 1) {
    work.act(tick);
    meet(world);
    work.commit(tick);
    if (lane === 0) {
      const row = (tick - 1) * MEASURES.length;
      sumMeasures(world, history.subarray(row, row + MEASURES.length));
      endTick(world, tick);
      ticked(tick);
    }
    meet(world);
  }
}
