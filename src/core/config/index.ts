export { CONFIG, ConfigModule } from './config.module.js';
export { examineConfig, type ConfigReport } from './examine-config.js';
export {
  environmentExample,
  loadConfig,
  QUEUES,
  type ClusterOfBots,
  type Config,
  type LlmConfig,
  type QueueKey,
  type S3Config,
} from './load-config.js';
export type { GuardConfig } from './guard-config.js';
export type { VoiceConfig } from './voice-config.js';
export { openConfig } from './stores.js';
