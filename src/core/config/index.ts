export { CONFIG, ConfigModule } from './config.module.js';
export { ConfigError } from './config.errors.js';
export { environmentExample, loadConfig, QUEUES, type Config, type QueueKey } from './load-config.js';
