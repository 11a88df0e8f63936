import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { buildGraph, Feed, type FeedAgents, type GraphSettings, keyFromText } from '../../engine/index.js';
import {
  admits,
  mapAgents,
  mapDrafts,
  type SimulationAgent,
  type SimulationDraft,
} from './feed-mapping.rules.js';
import type { FeedScenario } from './scenarios/scenario.schema.js';
import { SimulationError } from './simulation.errors.js';

/** Raised whenever the same scenario, seed, agents and drafts would give other events. */
export const ENGINE_VERSION = 1;

/** Everything that a run's result depends on. */
export interface SimulationInput {
  readonly scenario: FeedScenario;
  readonly seed: string;
  readonly agents: readonly SimulationAgent[];
  /** With any decision; only those that the guard admits are posted. */
  readonly drafts: readonly SimulationDraft[];
}

/** A run that is ready to tick: the feed, and what its row numbers mean. */
export interface Simulation extends SimulationInput {
  readonly feed: Feed;
  /** The drafts that may be posted, by the engine's row. */
  readonly admitted: readonly SimulationDraft[];
}

/**
 * Prepares a run.
 * @throws SimulationError `no_agents`, or `no_drafts` when the guard admits none
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
  const mapped = mapDrafts(agents, drafts.filter(admits));
  if (mapped.rows.length === 0) {
    const message = `the guard admits none of the ${drafts.length} drafts; a simulation needs at least one to post`;
    throw new SimulationError('conflict', 'no_drafts', message);
  }
  const feedAgents = mapAgents(agents, scenario.tick_minutes, scenario.behaviour.sessions_per_day);
  const feed = new Feed({
    key: keyFromText(`simulation:${seed}`),
    agents: feedAgents,
    drafts: mapped.feed,
    graph: graphOf(scenario, seed, feedAgents),
    logExposures: scenario.log_exposures,
    ...settingsOf(scenario),
  });
  return { ...input, feed, admitted: mapped.rows };
}

function graphOf(scenario: FeedScenario, seed: string, agents: FeedAgents): ReturnType<typeof buildGraph> {
  const settings = graphSettingsOf(scenario);
  return buildGraph(agents.interests, agents.count, settings, keyFromText(`graph:${seed}`));
}

/** How the agents of a scenario choose whom they follow. */
export function graphSettingsOf({ graph }: FeedScenario): GraphSettings {
  const { mean_follows: meanFollows, homophily, hubs, reciprocity } = graph;
  return { meanFollows, homophily, hubs, reciprocity };
}

function settingsOf({ behaviour, feed, ...scenario }: FeedScenario) {
  return {
    clock: { tickMinutes: scenario.tick_minutes, startHour: scenario.start_hour, rhythm: behaviour.rhythm },
    ranking: {
      size: feed.size,
      windowTicks: feed.window_ticks,
      discovery: feed.discovery,
      halfLifeTicks: feed.half_life_ticks,
      weights: feed.weights,
    },
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
