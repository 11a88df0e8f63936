import { CreateJobsOutboxAudit1763690400000 } from './1763690400000-create-jobs-outbox-audit.js';
import { CreatePopulations1763690500000 } from './1763690500000-create-populations.js';
import { CreateDecisions1763690600000 } from './1763690600000-create-decisions.js';
import { CreateDrafts1763690700000 } from './1763690700000-create-drafts.js';
import { CreateRuns1763690800000 } from './1763690800000-create-runs.js';
import { AddEventPositions1763700400000 } from './1763700400000-add-event-positions.js';
import { CreateIdempotencyKeys1763700700000 } from './1763700700000-create-idempotency-keys.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [
  CreateJobsOutboxAudit1763690400000,
  CreatePopulations1763690500000,
  CreateDecisions1763690600000,
  CreateDrafts1763690700000,
  CreateRuns1763690800000,
  AddEventPositions1763700400000,
  CreateIdempotencyKeys1763700700000,
] as const;
