import {
  EXPOSURE_REASONS,
  followerCounts,
  gini,
  measureCascades,
  REACTIONS,
  type TickMeasures,
  type TickMetrics,
} from '../../../engine/index.js';
import type { DeciderReport } from '../deciders/deciders-report.js';
import type { RunFile } from '../run-files.js';
import type { SimulationDraft } from '../feed-mapping.rules.js';
import { scenarioDigest } from '../scenarios/scenario.loader.js';
import { digestOf, ENGINE_VERSION, type Simulation } from '../simulation.rules.js';
import { measureRun, type RunMeasures } from '../measures/run-measures.js';
import type { RunMeter } from '../measures/run-meter.js';
import type { RunTally } from './run-tally.js';
import { type TopPost, topPosts } from './top-posts.js';

/** How often each value occurred, ascending by value. */
export type Distribution = readonly (readonly [value: number, count: number])[];

/** Sums over all ticks. */
export interface Totals {
  active: number;
  idle: number;
  posts: number;
  exposures: number;
  reactions: number;
  comments: number;
  replies: number;
  reposts: number;
  /** Different agents that were shown anything, and that posted or interacted. */
  reached: number;
  acted: number;
}

/** Everything a report shows: a function of scenario, seed, agents and drafts, free of clocks and machines. */
export interface ReportData {
  readonly format: 'azt3knet.simulation-report';
  readonly format_version: 1;
  readonly synthetic: true;
  readonly scenario: {
    readonly id: string;
    readonly version: string;
    readonly title: string;
    readonly description: string;
    readonly tick_minutes: number;
    readonly start_hour: number;
    readonly template: string;
  };
  readonly seed: string;
  readonly ticks: number;
  readonly agents: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly digests: Readonly<Record<string, string>>;
  readonly checksum: number;
  readonly totals: Totals;
  /** With the digest of each tick, which is begun from the digest of the tick before. */
  readonly per_tick: readonly (TickMetrics & TickMeasures & { acted: number; digest: string })[];
  readonly measures: RunMeasures;
  readonly cascades: {
    readonly sizes: Distribution;
    readonly depths: Distribution;
    readonly largest: number;
    readonly deepest: number;
    readonly mean_size: number;
  };
  readonly network: {
    readonly follows: number;
    readonly follower_gini: number;
    readonly followers: Distribution;
    /** (external - internal) / all follows, by community: -1 is closed, 1 mixes only across. */
    readonly ei_index: number;
  };
  readonly communities: {
    readonly labels: readonly string[];
    readonly sizes: readonly number[];
    readonly interactions: readonly (readonly number[])[];
  };
  readonly reactions: Readonly<Record<string, number>>;
  /** Empty when exposures were not logged. */
  readonly exposure_reasons: Readonly<Record<string, number>>;
  readonly guard: {
    readonly drafts: number;
    readonly admitted: number;
    readonly actions: Readonly<Record<SimulationDraft['action'], number>>;
    readonly labels: Readonly<Record<string, number>>;
  };
  readonly top_posts: readonly TopPost[];
  /** The agents of each intervention by which some act as one: the ground truth of its detection. */
  readonly coordinated: readonly (readonly string[])[];
  /** What became of what is decided outside, where somebody does. */
  readonly deciders?: readonly DeciderReport[];
}

/** Measures a finished run. */
export function reportData(
  simulation: Simulation,
  { run: tally, meter }: { readonly run: RunTally; readonly meter: RunMeter },
  files: readonly RunFile[],
  versions: Record<string, string>,
): ReportData {
  const { scenario, seed, feed, agents, drafts } = simulation;
  const { id, version, title, description, tick_minutes, start_hour } = scenario;
  return {
    format: 'azt3knet.simulation-report',
    format_version: 1,
    synthetic: true,
    scenario: {
      id,
      version,
      title,
      description,
      tick_minutes,
      start_hour,
      template: scenario.content.template,
    },
    seed,
    ticks: feed.metrics().length,
    agents: agents.length,
    versions: { engine: String(ENGINE_VERSION), scenario: version, ...versions },
    digests: {
      scenario: scenarioDigest(scenario),
      agents: digestOf(agents),
      drafts: digestOf(drafts),
      ...Object.fromEntries(files.map((file) => [file.name, file.sha256])),
    },
    checksum: feed.checksum(),
    totals: totals(feed.metrics(), tally),
    per_tick: feed.metrics().map((tick, index) => ({
      ...tick,
      acted: tally.acted[index] ?? 0,
      ...(meter.ticks[index] as TickMeasures),
      digest: feed.digests()[index] ?? '',
    })),
    measures: measureRun(simulation, meter),
    cascades: cascades(simulation),
    network: network(simulation, tally),
    communities: {
      labels: tally.communities.labels,
      sizes: tally.communities.sizes,
      interactions: tally.interactions,
    },
    reactions: named(REACTIONS, tally.reactions),
    exposure_reasons: scenario.log_exposures ? named(EXPOSURE_REASONS, tally.reasons) : {},
    guard: guard(drafts, simulation.admitted.length),
    top_posts: topPosts(simulation),
    coordinated: coordinated(simulation),
  };
}

function totals(ticks: readonly TickMetrics[], tally: RunTally): Totals {
  const sum = (name: keyof TickMetrics): number => ticks.reduce((before, tick) => before + tick[name], 0);
  return {
    active: sum('active'),
    idle: sum('idle'),
    posts: sum('posts'),
    exposures: sum('exposures'),
    reactions: sum('reactions'),
    comments: sum('comments'),
    replies: sum('replies'),
    reposts: sum('reposts'),
    reached: ticks.at(-1)?.reached ?? 0,
    acted: tally.acted.at(-1) ?? 0,
  };
}

function cascades({ feed }: Simulation): ReportData['cascades'] {
  const { sizes, depths } = measureCascades(feed.world.posts, feed.world.comments);
  const members = sizes.reduce((before, size) => before + size, 0);
  return {
    sizes: distribution(sizes),
    depths: distribution(depths),
    largest: largest(sizes),
    deepest: largest(depths),
    mean_size: sizes.length === 0 ? 0 : members / sizes.length,
  };
}

function network({ feed }: Simulation, { communities }: RunTally): ReportData['network'] {
  const { graph } = feed.input;
  const followers = followerCounts(graph);
  let internal = 0;
  for (let agent = 0; agent < graph.count; agent += 1) {
    for (const followee of graph.followees.subarray(graph.offsets[agent], graph.offsets[agent + 1])) {
      if (communities.of[agent] === communities.of[followee]) internal += 1;
    }
  }
  const follows = graph.followees.length;
  return {
    follows,
    follower_gini: gini(followers),
    followers: distribution(followers),
    ei_index: follows === 0 ? 0 : (follows - 2 * internal) / follows,
  };
}

function guard(drafts: readonly SimulationDraft[], admitted: number): ReportData['guard'] {
  const actions = { allow: 0, label: 0, review: 0, escalate: 0, block: 0 };
  const labels: Record<string, number> = {};
  for (const draft of drafts) {
    actions[draft.action] += 1;
    for (const label of draft.labels) labels[label] = (labels[label] ?? 0) + 1;
  }
  return { drafts: drafts.length, admitted, actions, labels };
}

function distribution(values: Int32Array | Uint32Array): Distribution {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([a], [b]) => a - b);
}

function largest(values: Int32Array): number {
  return values.reduce((before, value) => Math.max(before, value), 0);
}

function named(names: readonly string[], counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, place) => [name, counts[place] ?? 0]));
}

function coordinated({ feed, agents }: Simulation): string[][] {
  return (feed.input.interventions ?? []).flatMap((each) =>
    each.kind === 'coordinate' ? [agents.filter((_, row) => each.agents[row] === 1).map(({ id }) => id)] : [],
  );
}
