import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { Feed, followerCounts, keyFromText } from '../../engine/index.js';
import type { ConductLog } from './deciders/conduct-log.js';
import { guidanceOf } from './deciders/guidance.rules.js';
import type { KeptDecisions, OutsideDeciders } from './deciders/outside-deciders.js';
import {
  admits,
  mapAgents,
  mapDrafts,
  type SimulationAgent,
  type SimulationDraft,
} from './feed-mapping.rules.js';
import { expressionsOf, feedKinds, feedSettings } from './feed-settings.rules.js';
import type { ImportedNetwork } from './graphs/imported-network.js';
import { buildNetwork } from './graphs/network.rules.js';
import { groupAgents } from './groups.rules.js';
import { liftOf, opinionsOf } from './information.rules.js';
import { interventionsOf } from './interventions.rules.js';
import type { FeedScenario } from './scenarios/scenario.schema.js';
import { type Clocks, clocksOf, weekdayOf } from './scenarios/time-zones.js';
import { SimulationError } from './simulation.errors.js';

/** Raised whenever the same scenario, seed, agents and drafts would give other events. */
export const ENGINE_VERSION = 2;

/** Everything that a run's result depends on. */
export interface SimulationInput {
  readonly scenario: FeedScenario;
  readonly seed: string;
  readonly agents: readonly SimulationAgent[];
  /** With any decision; only those that the guard admits are posted. */
  readonly drafts: readonly SimulationDraft[];
  /** What the file of an imported graph says. */
  readonly network?: ImportedNetwork | undefined;
  /** What was done in the runs that deciders replay, by their ids. */
  readonly logs?: ReadonlyMap<string, ConductLog>;
  /** What was decided in the runs whose decisions are repeated, by their ids. */
  readonly kept?: KeptDecisions;
  /** Every scenario that the run goes by, where it goes by several. */
  readonly stages?: readonly FeedScenario[];
}

/** A run that is ready to tick: the feed, and what its row numbers mean. */
export interface Simulation extends SimulationInput {
  readonly feed: Feed;
  /** The drafts that may be posted, by the engine's row. */
  readonly admitted: readonly SimulationDraft[];
  /** For whom somebody outside decides. */
  readonly outside: OutsideDeciders | undefined;
}

/**
 * Prepares a run.
 * @throws SimulationError `no_agents`, `no_drafts` when the guard admits none, `network_impossible` or `group_too_large`
 */
export function prepareSimulation(input: SimulationInput): Simulation {
  const { scenario, seed, agents, drafts } = input;
  if (agents.length === 0) {
    throw new SimulationError(
      'conflict',
      'no_agents',
      'the population has no agents; a simulation needs at least one',
    );
  }
  // Where moderation is part of the run, what the guard would hold back is posted, and found or not.
  const moderated = scenario.interventions.some(({ kind }) => kind === 'moderation');
  const mapped = mapDrafts(agents, moderated ? drafts : drafts.filter(admits));
  if (mapped.rows.length === 0) {
    const message = `the guard admits none of the ${drafts.length} drafts; a simulation needs at least one to post`;
    throw new SimulationError('conflict', 'no_drafts', message);
  }
  const feedAgents = mapAgents(agents, scenario.tick_minutes, scenario.behaviour.sessions_per_day);
  const clocks = clocksIn(scenario, agents);
  const graph = buildNetwork({ ...input, graph: scenario.graph, interests: feedAgents.interests });
  const followers = followerCounts(graph);
  const opinions = opinionsOf(input, agents);
  const { logs = new Map(), kept = new Map() } = input;
  const guided = guidanceOf({ scenario, seed, agents, drafts: mapped.rows, logs, kept });
  const feed = new Feed({
    key: keyFromText(`simulation:${seed}`),
    agents: { ...feedAgents, zone: clocks.of, group: new Uint8Array(groupAgents(agents, 'interest').of) },
    drafts: { ...mapped.feed, lift: liftOf(input, mapped.rows) },
    graph,
    interventions: interventionsOf({ scenario, seed, agents, drafts: mapped.rows, followers }),
    ...(opinions !== undefined && { opinions }),
    ...(guided !== undefined && { guidance: guided.guidance }),
    logExposures: scenario.log_exposures,
    logScores: scenario.log_exposures && scenario.log_scores,
    foreseen: (input.stages ?? []).flatMap((stage) => feedKinds(stage)),
    ...settingsOf(scenario, clocks.ahead),
  });
  return { ...input, feed, admitted: mapped.rows, outside: guided?.outside };
}

/** By whose clocks people live: by one for all, or by those of their own time zones. */
function clocksIn({ time_zone, start_date }: FeedScenario, agents: readonly SimulationAgent[]): Clocks {
  if (time_zone === undefined) return { ahead: [0], of: new Uint8Array(agents.length) };
  return clocksOf(
    agents.map(({ timezone }) => timezone),
    time_zone,
    start_date,
  );
}

function settingsOf(scenario: FeedScenario, zones: readonly number[]) {
  const { behaviour, feed } = scenario;
  const { ranking } = feed;
  return {
    clock: {
      tickMinutes: scenario.tick_minutes,
      startHour: scenario.start_hour,
      startDay: weekdayOf(scenario.start_date),
      rhythm: behaviour.rhythm,
      week: behaviour.week,
      zones,
    },
    ranking: {
      size: feed.size,
      windowTicks: feed.window_ticks,
      discovery: feed.discovery,
      halfLifeTicks: feed.half_life_ticks,
      weights: feed.weights,
      feed: feedSettings(scenario, ranking, 'feed'),
      ...(feed.outside !== undefined && { outside: feed.outside }),
    },
    expressions: expressionsOf(scenario),
    behaviour: {
      lurking: behaviour.lurking,
      reaction: behaviour.reaction,
      comment: behaviour.comment,
      repost: behaviour.repost,
      interestPull: behaviour.interest_pull,
      affinityPull: behaviour.affinity_pull,
      qualityPull: behaviour.quality_pull,
      replyShare: behaviour.reply_share,
      answering: behaviour.answering,
      affinityGain: behaviour.affinity_gain,
      affinityDecay: behaviour.affinity_decay,
      acts: behaviour.acts,
      bursts: { gain: behaviour.bursts.gain, halfLifeTicks: behaviour.bursts.half_life_ticks },
      churn: behaviour.churn,
    },
  };
}

/** A version-4-shaped UUID, a function of its text alone. */
export function uuidFromText(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The ids of what a run makes, by the engine's numbers; they depend on scenario, seed and number alone. */
export class SimulationIds {
  private readonly known = { post: [] as string[], comment: [] as string[] };

  constructor(private readonly namespace: string) {}

  static of({ scenario, seed }: SimulationInput): SimulationIds {
    return new SimulationIds(`${scenario.id}:${scenario.version}:${seed}`);
  }

  post(index: number): string {
    return this.id('post', index);
  }

  comment(index: number): string {
    return this.id('comment', index);
  }

  private id(kind: 'post' | 'comment', index: number): string {
    return (this.known[kind][index] ??= uuidFromText(`${kind}:${index}:${this.namespace}`));
  }
}

/** SHA-256 over the canonical JSON of each item, a line each: equal inputs have equal digests. */
export function digestOf(items: Iterable<object>): string {
  const hash = createHash('sha256');
  for (const item of items) hash.update(`${canonicalize(item) as string}\n`);
  return hash.digest('hex');
}
