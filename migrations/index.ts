import { CreateJobsOutboxAudit1763690400000 } from './1763690400000-create-jobs-outbox-audit.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [CreateJobsOutboxAudit1763690400000] as const;
