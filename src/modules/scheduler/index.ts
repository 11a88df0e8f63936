export { SchedulerHttpModule } from './scheduler.http.module.js';
export { SchedulerModule } from './scheduler.module.js';
export { SchedulerWorkerModule } from './scheduler.worker.module.js';
export { DirectPublications } from './publications/direct-publications.js';
export type { DeliveredPublication } from './publications/direct-publications.repository.js';
export { Planner, type PlannedAgent } from './planning/planner.js';
export { quietHours } from './planning/quiet-hours.dto.js';
export { ActQuotas } from './quotas/act-quotas.js';
