export { HEALING_MODES, type HealingMode } from './config.schema.js';
export { CONFIG, ConfigModule } from './config.module.js';
export { examineConfig, type ConfigReport } from './examine-config.js';
export {
  QUEUES,
  type ClusterOfBots,
  type Config,
  type LlmConfig,
  type QueueKey,
  type S3Config,
} from './config.js';
export { environmentExample, loadConfig } from './load-config.js';
export type { GuardConfig } from './guard-config.js';
export type { VoiceConfig } from './voice-config.js';
export { openConfig } from './stores.js';
