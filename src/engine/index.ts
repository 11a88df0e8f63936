export { measureCascades } from './cascades.js';
export type { EventColumns } from './event-buffer.js';
export {
  type BehaviourSettings,
  type ClockSettings,
  EVENT_KINDS,
  EXPOSURE_REASONS,
  type FeedAgents,
  type FeedDrafts,
  type FeedInput,
  type RankingSettings,
  REACTIONS,
} from './feed-input.js';
export type { TickMetrics } from './feed-metrics.js';
export { Feed } from './feed.js';
export { followerCounts, gini, type Graph } from './graph.js';
export * from './graphs/index.js';
export { exp, log } from './math.js';
export * from './metrics/index.js';
export { keyFromText, type RandomKey, RandomStream } from './random.js';
export { addDirection, DIMENSIONS, similarity, topicKey, writeUnitVector } from './vectors.js';
