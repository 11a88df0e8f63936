export { RetentionModule, RetentionWorkerModule } from './retention.module.js';
export { RetentionService, type Sweep, type Swept } from './retention.service.js';
