export { CONFIG, ConfigModule } from './config.module.js';
export {
  environmentExample,
  loadConfig,
  QUEUES,
  type Config,
  type QueueKey,
  type S3Config,
} from './load-config.js';
