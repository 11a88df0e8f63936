export { measureCascades } from './cascades.js';
export type { ClockSettings } from './clock.js';
export { zeros } from './columns.js';
export { type EventColumn, type EventColumns } from './event-buffer.js';
export {
  type ActSettings,
  type BehaviourSettings,
  type ChurnSettings,
  EVENT_KINDS,
  EXPOSURE_REASONS,
  type FeedAgents,
  type FeedDrafts,
  type FeedInput,
  type OpinionSettings,
  type RankingSettings,
  REACTIONS,
} from './feed-input.js';
export { emptyMetrics, FURTHER_COUNTERS, isAct, type TickMetrics } from './feed-metrics.js';
export type { FeedSettings, Ranker } from './feeds/index.js';
export type { Conduct, GuidedAct, Guidance } from './conduct.js';
export { CheckpointError } from './checkpoint.js';
export { FRAME_HEAD, frameBodyBytes, FrameError, readFrame, writeFrame } from './event-frames.js';
export { Feed } from './feed.js';
export { followerCounts, gini, type Graph } from './graph.js';
export * from './graphs/index.js';
export type { Look, LookEntry } from './look.js';
export type { BurstSettings } from './people.js';
export type { Intervention } from './interventions/settings.js';
export { exp, log } from './math.js';
export * from './metrics/index.js';
export type { OpinionRule } from './opinions.js';
export { keyFromText, type RandomKey, RandomStream } from './random.js';
export { type Part, PARTS, type Signals } from './signals.js';
export {
  addDirection,
  DIMENSIONS,
  directionOf,
  similarity,
  TopicDirections,
  topicKey,
  writeUnitVector,
} from './vectors.js';
