import { createHash } from 'node:crypto';
import type { Run, Stage } from './run.entity.js';
import { scenarioDigest } from './scenarios/scenario.loader.js';
import type { FeedScenario } from './scenarios/scenario.schema.js';

/**
 * The stages of a run in their order: one that begins at tick 0, and for a branch the stages of the run that it parted from, with its own
 * behind them.
 */
export function stagesOf({ trunk, branch_tick, definition }: Run): [Stage, ...Stage[]] {
  const own = { from: branch_tick ?? 0, definition: definition as FeedScenario };
  const [first, ...further] = trunk ?? [];
  return first === undefined ? [own] : [first, ...further, own];
}

/** The stages that a branch at a tick has before its own. */
export function trunkAt(stages: readonly Stage[], tick: number): Stage[] {
  return stages.filter(({ from }) => from < tick);
}

/** The place of the stage that the tick after `tick` ticks belongs to. */
export function stageAfter(stages: readonly Stage[], tick: number): number {
  return stages.findLastIndex(({ from }) => from <= tick);
}

/** SHA-256 of everything that a run went by in its first `ticks` ticks: runs that share it did the same until then. */
export function lineageOf(stages: readonly Stage[], ticks: number): string {
  const hash = createHash('sha256');
  for (const { from, definition } of trunkAt(stages, ticks))
    hash.update(`${from} ${scenarioDigest(definition)}\n`);
  return hash.digest('hex');
}
