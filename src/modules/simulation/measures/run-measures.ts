import {
  bimodality,
  type CascadeShapes,
  countGini,
  eiIndex,
  type ExposureDiversity,
  type Feed,
  type GroupCounts,
  measureCascades,
  modularity,
  momentsOf,
  quantiles,
  type TickMetrics,
} from '../../../engine/index.js';
import type { Simulation } from '../simulation.rules.js';
import type { RunMeter } from './run-meter.js';

/** A distribution in four figures. */
export interface Spread {
  readonly mean: number;
  readonly median: number;
  readonly p90: number;
  readonly max: number;
}

/** What is measured of a group. Null where exposures were not logged. */
export interface GroupMeasures {
  readonly group: string;
  readonly agents: number;
  readonly posts: number;
  readonly reactions: number;
  readonly comments: number;
  readonly reposts: number;
  readonly quotes: number;
  readonly exposures: number | null;
  /** Shares of the members that did nothing, and that were shown anything. */
  readonly silent: number;
  readonly reached: number | null;
  /** Share of all exposures that went to posts of members. */
  readonly attention: number | null;
  readonly topic_entropy: number | null;
  readonly labelled_prevalence: number | null;
  readonly opinion_mean: number | null;
}

/** What is measured of a whole run; docs/guides/metrics.md defines each. Null where exposures or opinions are not there. */
export interface RunMeasures {
  readonly rates: {
    readonly idle_sessions: number;
    readonly silent_agents: number;
    readonly reactions: number;
    readonly comments: number;
    readonly reposts: number;
    readonly quotes: number;
  };
  readonly reach: { readonly agents: number; readonly views: Spread };
  readonly diversity: { readonly authors: number; readonly topics: number } | null;
  readonly attention_gini: number;
  readonly cascades: {
    readonly count: number;
    readonly size: Spread;
    readonly depth: Spread;
    readonly breadth: Spread;
    readonly virality: Spread;
  };
  readonly polarisation: {
    readonly follow_ei_index: number;
    readonly follow_modularity: number;
    readonly repost_ei_index: number;
    readonly repost_modularity: number;
    readonly opinion: {
      /** Null for the question that the scenario itself is about. */
      readonly topic: string | null;
      readonly variance: number;
      readonly bimodality: number;
    } | null;
  };
  readonly labelled_prevalence: number | null;
  readonly compliance_ratio: number;
  readonly groups: { readonly by: string; readonly list: readonly GroupMeasures[] };
}

/** Measures a finished run. */
export function measureRun(simulation: Simulation, meter: RunMeter): RunMeasures {
  const { feed, agents, scenario } = simulation;
  const { posts, comments, reached } = feed.world;
  const shapes = measureCascades(posts, comments);
  const views = shapes.roots.map((root) => posts.shown[root] as number);
  const logged = scenario.log_exposures;
  const groups = meter.group.result();
  const shown = groups.reduce((sum, { exposures }) => sum + exposures, 0);
  const labelled = groups.reduce((sum, group) => sum + group.labelled, 0);
  const diversity = meter.diversity.result();
  return {
    rates: ratesOf(feed, meter),
    reach: { agents: ratio(reached, agents.length), views: spreadOf(views) },
    diversity: logged ? { authors: diversity.authors, topics: diversity.topics } : null,
    attention_gini: attentionGini(simulation, shapes, views),
    cascades: {
      count: shapes.roots.length,
      size: spreadOf(shapes.sizes),
      depth: spreadOf(shapes.depths),
      breadth: spreadOf(shapes.breadths),
      virality: spreadOf(shapes.viralities),
    },
    polarisation: polarisationOf(simulation, meter),
    labelled_prevalence: logged ? ratio(labelled, shown) : null,
    compliance_ratio: meter.tick.posts === 0 ? 1 : 1 - meter.tick.labelledPosts / meter.tick.posts,
    groups: { by: meter.by, list: groupMeasures(simulation, meter, groups, diversity) },
  };
}

/** Mean, median, 90th percentile and largest; all 0 for nothing. */
export function spreadOf(values: ArrayLike<number>): Spread {
  const [median = 0, p90 = 0, max = 0] = quantiles(values, [0.5, 0.9, 1]);
  return { mean: momentsOf(values).mean, median, p90, max };
}

/** How many sessions read, and how many of them did nothing. */
export function readingOf(feed: Feed): { readonly sessions: number; readonly idle: number } {
  const sum = (name: 'active' | 'idle'): number =>
    feed.metrics().reduce((total, tick) => total + tick[name], 0);
  // A session that posts does not look at the feed; what interventions make people post takes no session.
  const posting = feed.world.posted.reduce((total, posts) => total + posts, 0);
  return { sessions: sum('active') - posting, idle: sum('idle') };
}

function ratesOf(feed: Feed, meter: RunMeter): RunMeasures['rates'] {
  const sum = (name: keyof TickMetrics): number =>
    feed.metrics().reduce((total, tick) => total + tick[name], 0);
  const exposures = sum('exposures');
  const reading = readingOf(feed);
  return {
    idle_sessions: ratio(reading.idle, reading.sessions),
    silent_agents: meter.ticks.at(-1)?.silent ?? 1,
    reactions: ratio(sum('reactions'), exposures),
    comments: ratio(sum('comments'), exposures),
    reposts: ratio(sum('reposts'), exposures),
    quotes: ratio(sum('quotes'), exposures),
  };
}

function attentionGini({ feed, agents }: Simulation, { roots }: CascadeShapes, views: Int32Array): number {
  const byAuthor = new Int32Array(agents.length);
  for (const [row, root] of roots.entries()) {
    const author = feed.world.posts.author[root] as number;
    byAuthor[author] = (byAuthor[author] as number) + (views[row] as number);
  }
  return countGini(byAuthor, agents.length);
}

function polarisationOf(simulation: Simulation, meter: RunMeter): RunMeasures['polarisation'] {
  const { of, labels } = meter.groups;
  const follows = labels.map(() => labels.map(() => 0));
  simulation.feed.world.ties.each((agent, followee) => {
    const row = follows[of[agent] as number] as number[];
    const column = of[followee] as number;
    row[column] = (row[column] as number) + 1;
  });
  return {
    follow_ei_index: eiIndex(follows),
    follow_modularity: modularity(follows),
    repost_ei_index: eiIndex(meter.tick.reposts),
    repost_modularity: modularity(meter.tick.reposts),
    opinion: opinionOf(simulation),
  };
}

/**
 * What agents think, where there is anything to measure: of the population file's topic that the scenario names, those who have an
 * opinion on it; otherwise of the scenario's own question, at the end.
 */
function opinionsIn(simulation: Simulation): { topic: string | null; of: (row: number) => number[] } | null {
  const { agents, scenario, feed } = simulation;
  const topic = scenario.measures?.opinion;
  if (topic !== undefined) {
    return { topic, of: (row) => [agents[row]?.opinions?.[topic] ?? []].flat() };
  }
  if (feed.input.opinions === undefined) return null;
  return { topic: null, of: (row) => [feed.world.people.opinion[row] as number] };
}

function opinionOf(simulation: Simulation): RunMeasures['polarisation']['opinion'] {
  const opinions = opinionsIn(simulation);
  if (opinions === null) return null;
  const values = simulation.agents.flatMap((_, row) => opinions.of(row));
  if (values.length === 0) return null;
  return {
    topic: opinions.topic,
    variance: momentsOf(values).variance,
    bimodality: bimodality(values),
  };
}

function groupMeasures(
  simulation: Simulation,
  meter: RunMeter,
  counts: readonly GroupCounts[],
  { topicsByGroup }: ExposureDiversity,
): GroupMeasures[] {
  const logged = simulation.scenario.log_exposures;
  const attention = counts.reduce((sum, group) => sum + group.attention, 0);
  const thoughts = opinionsByGroup(simulation, meter);
  return counts.map((count, place) => {
    const opinions = thoughts[place] ?? [];
    return {
      group: meter.groups.labels[place] as string,
      agents: count.agents,
      posts: count.posts,
      reactions: count.reactions,
      comments: count.comments,
      reposts: count.reposts,
      quotes: count.quotes,
      exposures: logged ? count.exposures : null,
      silent: 1 - ratio(count.acted, count.agents),
      reached: logged ? ratio(count.reached, count.agents) : null,
      attention: logged ? ratio(count.attention, attention) : null,
      topic_entropy: logged ? (topicsByGroup[place] as number) : null,
      labelled_prevalence: logged ? ratio(count.labelled, count.exposures) : null,
      opinion_mean: opinions.length === 0 ? null : momentsOf(opinions).mean,
    };
  });
}

/** What the members of each group think; nothing where there is nothing to measure. */
function opinionsByGroup(simulation: Simulation, meter: RunMeter): readonly number[][] {
  const opinions = opinionsIn(simulation);
  if (opinions === null) return [];
  const byGroup = meter.groups.labels.map((): number[] => []);
  for (const row of simulation.agents.keys())
    byGroup[meter.groups.of[row] as number]?.push(...opinions.of(row));
  return byGroup;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
