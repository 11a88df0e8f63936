export { SchedulerHttpModule } from './scheduler.http.module.js';
export { SchedulerModule } from './scheduler.module.js';
export { SchedulerWorkerModule } from './scheduler.worker.module.js';
export { DirectPublications, type DeliveredPublication } from './publications/direct-publications.js';
