import type { FeedAgents, FeedDrafts } from '../../engine/index.js';
import {
  addDirection,
  DIMENSIONS,
  directionOf,
  keyFromText,
  TopicDirections,
  writeUnitVector,
  zeros,
} from '../../engine/index.js';

/** What a simulation needs of an agent: the fields of an AgentProfile that shape behaviour, and those a report shows. */
export interface SimulationAgent {
  readonly id: string;
  readonly seed: string;
  readonly name: string;
  readonly username_hint: string;
  readonly interests: readonly string[];
  readonly posting_cadence: 'hourly' | 'daily' | 'weekly' | 'monthly';
  readonly tone: 'casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative';
  readonly behavioral_biases: readonly string[];
  /** IANA name. */
  readonly timezone: string;
  readonly country: string;
  readonly city: string;
  readonly locale: string;
  readonly age: number;
  readonly gender: string;
  /** What a population file adds. */
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** From -1 to 1, by topic, where a population file gives them. */
  readonly opinions?: Readonly<Record<string, number>>;
}

/** What a simulation needs of a draft. */
export interface SimulationDraft {
  readonly id: string;
  readonly agent_id: string;
  readonly caption: string;
  readonly hashtags: readonly string[];
  /** In [0, 1]. */
  readonly quality: number;
  readonly action: 'allow' | 'label' | 'review' | 'escalate' | 'block';
  readonly labels: readonly string[];
}

const MINUTES_A_DAY = 1440;

/** Posts a day, by posting cadence. */
const POSTS_A_DAY = { hourly: 24, daily: 1, weekly: 1 / 7, monthly: 1 / 30 } as const;

/** Sessions a day relative to one who posts daily: those who post more also read more, though less than in proportion. */
const SESSIONS_FACTOR = { hourly: 2.2, daily: 1, weekly: 0.7, monthly: 0.45 } as const;

/** Log-odds and factors that a trait adds for one agent; see FeedAgents. */
interface Tendency {
  readonly reaction?: number;
  readonly comment?: number;
  readonly repost?: number;
  readonly selectivity?: number;
  readonly conformity?: number;
}

const TONES: Record<SimulationAgent['tone'], Tendency & { readonly mix: readonly number[] }> = {
  casual: { mix: [60, 18, 16, 3, 3] },
  formal: { reaction: -0.3, comment: -0.2, repost: -0.2, mix: [66, 8, 3, 20, 3] },
  enthusiastic: { reaction: 0.5, comment: 0.2, repost: 0.3, mix: [40, 44, 10, 5, 1] },
  sarcastic: { reaction: -0.2, comment: 0.4, repost: -0.1, mix: [34, 4, 44, 6, 12] },
  informative: { comment: 0.2, repost: 0.2, mix: [50, 8, 4, 36, 2] },
};

/** Biases known from behavioural science, as far as a feed can show them; any other changes nothing. */
const BIASES: Readonly<Record<string, Tendency>> = {
  confirmation_bias: { selectivity: 0.5 },
  in_group_favoritism: { selectivity: 0.3, reaction: 0.1 },
  false_consensus_effect: { comment: 0.2 },
  social_proof: { conformity: 1.2 },
  bandwagon_effect: { conformity: 1.6, repost: 0.2 },
  authority_bias: { conformity: 0.8 },
  halo_effect: { conformity: 0.5, reaction: 0.1 },
  availability_heuristic: { repost: 0.2 },
  recency_bias: { reaction: 0.1 },
  novelty_bias: { selectivity: -0.3, repost: 0.2 },
  negativity_bias: { reaction: -0.2, comment: 0.3 },
  optimism_bias: { reaction: 0.3 },
  loss_aversion: { repost: -0.3 },
  status_quo_bias: { reaction: -0.2, comment: -0.2, repost: -0.4 },
  reciprocity: { reaction: 0.3, comment: 0.2 },
};

const NEGATIVE = new Set(['negativity_bias', 'loss_aversion']);
const DISLIKE = 4;

/**
 * Turns profiles into the engine's arrays, row by row. An interest points the same way for everyone; the first counts
 * full, the others less, and an individual taste from the agent's own seed keeps two people from being the same.
 * @param tickMinutes minutes of simulated time in a tick
 * @param sessionsPerDay mean sessions a day of an agent that posts daily
 */
export function mapAgents(
  agents: readonly SimulationAgent[],
  tickMinutes: number,
  sessionsPerDay: number,
): FeedAgents {
  const count = agents.length;
  const arrays = {
    count,
    interests: zeros(Int8Array, count * DIMENSIONS),
    activity: new Float64Array(count),
    posting: new Float64Array(count),
    reactionShift: new Float32Array(count),
    commentShift: new Float32Array(count),
    repostShift: new Float32Array(count),
    selectivity: new Float32Array(count),
    conformity: new Float32Array(count),
    reactionMix: new Uint8Array(count * 5),
  };
  const topics = new TopicDirections();
  for (const [row, agent] of agents.entries()) {
    writeUnitVector(tasteOf(agent, topics), arrays.interests, row);
    const posts = (POSTS_A_DAY[agent.posting_cadence] * tickMinutes) / MINUTES_A_DAY;
    const sessions = (sessionsPerDay * SESSIONS_FACTOR[agent.posting_cadence] * tickMinutes) / MINUTES_A_DAY;
    arrays.activity[row] = Math.min(posts + sessions, 1);
    arrays.posting[row] = posts / (posts + sessions);
    const tendency = tendencyOf(agent);
    arrays.reactionShift[row] = tendency.reaction;
    arrays.commentShift[row] = tendency.comment;
    arrays.repostShift[row] = tendency.repost;
    arrays.selectivity[row] = Math.max(1 + tendency.selectivity, 0);
    arrays.conformity[row] = tendency.conformity;
    arrays.reactionMix.set(reactionMixOf(agent), row * 5);
  }
  return arrays;
}

function tasteOf(agent: SimulationAgent, topics: TopicDirections): Float64Array {
  const components = new Float64Array(DIMENSIONS);
  for (const [place, interest] of agent.interests.entries()) {
    addDirection(components, topics.of(interest), place === 0 ? 1 : 0.5);
  }
  addDirection(components, directionOf(keyFromText(`taste:${agent.seed}`)), 0.35);
  return components;
}

/** The sum of what tone and biases add. */
function tendencyOf(agent: SimulationAgent): Required<Tendency> {
  const sum = { reaction: 0, comment: 0, repost: 0, selectivity: 0, conformity: 0 };
  for (const tendency of [TONES[agent.tone], ...agent.behavioral_biases.map((bias) => BIASES[bias] ?? {})]) {
    for (const name of ['reaction', 'comment', 'repost', 'selectivity', 'conformity'] as const) {
      sum[name] += tendency[name] ?? 0;
    }
  }
  return sum;
}

function reactionMixOf(agent: SimulationAgent): number[] {
  const negative = agent.behavioral_biases.some((bias) => NEGATIVE.has(bias));
  return TONES[agent.tone].mix.map((share, reaction) =>
    negative && reaction === DISLIKE ? share * 2 : share,
  );
}

/** The drafts that the guard lets into a simulation: those it allows, with or without a label. */
export function admits(draft: SimulationDraft): boolean {
  return draft.action === 'allow' || draft.action === 'label';
}

/** Drafts in the order of the engine's rows, and the engine's arrays for them. */
export interface MappedDrafts {
  readonly rows: readonly SimulationDraft[];
  readonly feed: FeedDrafts;
}

/**
 * Groups drafts by author, in the order of `agents` and, within one, in the order given. A draft's topics are its
 * author's first interests and its hashtags. Drafts of others than `agents` are left out.
 */
export function mapDrafts(
  agents: readonly SimulationAgent[],
  drafts: readonly SimulationDraft[],
): MappedDrafts {
  const byAuthor = new Map<string, SimulationDraft[]>(agents.map((agent) => [agent.id, []]));
  for (const draft of drafts) byAuthor.get(draft.agent_id)?.push(draft);
  const offsets = new Uint32Array(agents.length + 1);
  const rows: SimulationDraft[] = [];
  const authors: SimulationAgent[] = [];
  for (const [row, agent] of agents.entries()) {
    for (const draft of byAuthor.get(agent.id) ?? []) {
      rows.push(draft);
      authors.push(agent);
    }
    offsets[row + 1] = rows.length;
  }
  const topics = zeros(Int8Array, rows.length * DIMENSIONS);
  const quality = new Float32Array(rows.length);
  const known = new TopicDirections();
  for (const [row, draft] of rows.entries()) {
    writeUnitVector(topicsOf(authors[row] as SimulationAgent, draft, known), topics, row);
    quality[row] = draft.quality;
  }
  return { rows, feed: { offsets, topics, quality } };
}

function topicsOf(author: SimulationAgent, draft: SimulationDraft, topics: TopicDirections): Float64Array {
  const components = new Float64Array(DIMENSIONS);
  const [first] = author.interests;
  if (first !== undefined) addDirection(components, topics.of(first), 1);
  for (const hashtag of draft.hashtags) addDirection(components, topics.of(hashtag), 0.4);
  addDirection(components, directionOf(keyFromText(`draft:${draft.id}`)), 0.3);
  return components;
}
