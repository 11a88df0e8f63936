import type { FeedInput } from '../../src/engine/feed-input.js';
import {
  buildGraph,
  homophilousAttachment,
  type HomophilousSettings,
} from '../../src/engine/graphs/index.js';
import { keyFromText, RandomStream } from '../../src/engine/random.js';
import {
  addDirection,
  DIMENSIONS,
  directionOf,
  TopicDirections,
  writeUnitVector,
} from '../../src/engine/vectors.js';

const TOPICS = ['street art', 'music', 'food', 'football', 'photography', 'cinema'];

/** What a test may vary in {@link sampleInput}. */
export interface SampleOptions {
  readonly agents: number;
  readonly seed?: string;
  readonly draftsPerAgent?: number;
  readonly graph?: Partial<HomophilousSettings>;
  readonly behaviour?: Partial<FeedInput['behaviour']>;
  readonly ranking?: Partial<FeedInput['ranking']>;
  readonly logExposures?: boolean;
  readonly logScores?: boolean;
}

/** A small lively network for tests and benchmarks, a function of its options alone. */
export function sampleInput(options: SampleOptions): FeedInput {
  const { agents: count, seed = 'sample', draftsPerAgent = 2 } = options;
  const interests = new Int8Array(count * DIMENSIONS);
  const topics = new Int8Array(count * draftsPerAgent * DIMENSIONS);
  const directions = new TopicDirections();
  const stream = new RandomStream(keyFromText(`people:${seed}`), 0);
  for (let i = 0; i < count; i += 1) {
    const components = new Float64Array(DIMENSIONS);
    addDirection(components, directions.of(TOPICS[stream.below(TOPICS.length)] as string), 1);
    addDirection(components, directionOf(keyFromText(`taste:${seed}:${i}`)), 0.5);
    writeUnitVector(components, interests, i);
    for (let d = 0; d < draftsPerAgent; d += 1) writeUnitVector(components, topics, i * draftsPerAgent + d);
  }
  const graph = buildGraph(
    homophilousAttachment({
      meanFollows: 20,
      homophily: 0.6,
      hubs: 0.7,
      reciprocity: 0.2,
      ...options.graph,
    }),
    { count, interests },
    keyFromText(`graph:${seed}`),
  );
  return {
    key: keyFromText(`run:${seed}`),
    agents: {
      count,
      interests,
      activity: new Float64Array(count).fill(0.1),
      posting: new Float64Array(count).fill(0.1),
      reactionShift: new Float32Array(count),
      commentShift: new Float32Array(count),
      repostShift: new Float32Array(count),
      selectivity: new Float32Array(count).fill(1),
      conformity: new Float32Array(count),
      reactionMix: new Uint8Array(count * 5).fill(1),
    },
    drafts: {
      offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i * draftsPerAgent),
      topics,
      quality: new Float32Array(count * draftsPerAgent).fill(0.5),
    },
    graph,
    clock: { tickMinutes: 10, startHour: 6, rhythm: Array.from({ length: 24 }, () => 1) },
    ranking: {
      size: 12,
      windowTicks: 48,
      discovery: 4,
      halfLifeTicks: 18,
      weights: { affinity: 1, interest: 1, recency: 1, popularity: 0.5 },
      ...options.ranking,
    },
    behaviour: {
      lurking: 0.4,
      reaction: 0.03,
      comment: 0.008,
      repost: 0.006,
      interestPull: 1.5,
      affinityPull: 1,
      qualityPull: 1,
      replyShare: 0.4,
      answering: 0.4,
      affinityGain: 0.1,
      affinityDecay: 0.002,
      ...options.behaviour,
    },
    logExposures: options.logExposures ?? true,
    logScores: options.logScores ?? false,
  };
}
