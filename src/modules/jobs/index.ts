export { Job, JOB_STATUSES, type JobFailure, type JobStatus } from './job.entity.js';
export { HandlesJob, type JobContext } from './job-handlers.js';
export { JobsService, type JobRequest } from './jobs.service.js';
export { JobSchedules, lastTime, nextTime } from './job-schedules.js';
export { JobsModule } from './jobs.module.js';
export { jobPath } from './dto/job.dto.js';
export { JobsHttpModule } from './jobs.http.module.js';
export { JobsWorkerModule } from './jobs.worker.module.js';
export type { JobName } from './job-names.js';
