import { endTick, fail, isLast, LaneStopped, meet } from './control.js';
import type { Kernel } from './kernel.js';
import { METRICS } from './model.js';
import { sumMetrics, type World } from './world.js';

/**
 * Runs one lane of a world until the last tick, or until a stop is requested. Lane 0 writes the metrics of each tick into
 * `history`, one row a tick.
 * @returns the last tick that was done
 * @throws LaneStopped when another lane failed
 */
export function runLane(
  world: World,
  kernel: Kernel,
  lane: number,
  ticks: { readonly from: number; readonly to: number },
  history: Float64Array,
): number {
  try {
    for (let tick = ticks.from; tick <= ticks.to; tick += 1) {
      kernel.act(tick);
      meet(world);
      kernel.commit(tick);
      if (lane === 0) {
        const row = (tick - 1) * METRICS.length;
        sumMetrics(world, history.subarray(row, row + METRICS.length));
        endTick(world, tick);
      }
      meet(world);
      if (isLast(world, tick)) return tick;
    }
    return ticks.to;
  } catch (error) {
    if (!(error instanceof LaneStopped)) fail(world);
    throw error;
  }
}
