export { ApplicationLogger } from './application-logger.js';
export { LoggingModule } from './logging.module.js';
export { searchedFields, withLogFields, type LogFields } from './log-fields.js';
export { logRequests } from './request-log.js';
