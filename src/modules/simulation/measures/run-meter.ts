import { type MeasuredRun, Meters, type TickMeasures } from '../../../engine/index.js';
import { groupAgents, type Groups } from '../groups.rules.js';
import type { Simulation } from '../simulation.rules.js';

/** What agents are grouped by where a scenario does not say. */
const DEFAULT_GROUPING = 'interest';

/** Measures a run while its events pass by, so that they need not be kept. */
export class RunMeter extends Meters {
  readonly by: string;
  readonly groups: Groups;

  constructor(simulation: Simulation) {
    const { agents, scenario } = simulation;
    const by = scenario.measures?.group_by ?? DEFAULT_GROUPING;
    const groups = groupAgents(agents, by);
    super(measuredRun(simulation, groups));
    this.by = by;
    this.groups = groups;
  }

  get ticks(): readonly TickMeasures[] {
    return this.tick.ticks;
  }
}

/** A draft's topic is the first interest of its author. */
function measuredRun({ agents, admitted, scenario, feed }: Simulation, groups: Groups): MeasuredRun {
  const topics = groupAgents(agents, 'interest');
  const topicOf = new Uint16Array(admitted.length);
  const labelled = new Uint8Array(admitted.length);
  for (const [draft, { action }] of admitted.entries()) labelled[draft] = Number(action !== 'allow');
  const { offsets } = feed.input.drafts;
  for (const [row, topic] of topics.of.entries()) topicOf.fill(topic, offsets[row], offsets[row + 1]);
  return {
    agents: agents.length,
    posts: feed.world.posts,
    groupOf: groups.of,
    groups: groups.labels.length,
    topicOf,
    topics: topics.labels.length,
    labelled,
    exposures: scenario.log_exposures,
  };
}
