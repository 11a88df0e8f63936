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
  const rows = new Map(agents.map(({ id }, row) => [id, row]));
  return {
    agents: agents.length,
    posts: feed.world.posts,
    groupOf: groups.of,
    groups: groups.labels.length,
    topicOf: Uint16Array.from(admitted, ({ agent_id }) => topics.of[rows.get(agent_id) ?? 0] as number),
    topics: topics.labels.length,
    labelled: Uint8Array.from(admitted, ({ action }) => Number(action !== 'allow')),
    exposures: scenario.log_exposures,
  };
}
