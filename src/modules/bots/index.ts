export { BotsJobsModule } from './bots.jobs.module.js';
export { BotsHttpModule } from './bots.http.module.js';
export { BotsModule } from './bots.module.js';
export { BotsWorkerModule } from './bots.worker.module.js';
