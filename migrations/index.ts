import { CreateJobsOutboxAudit1763690400000 } from './1763690400000-create-jobs-outbox-audit.js';
import { CreatePopulations1763690500000 } from './1763690500000-create-populations.js';
import { CreateDecisions1763690600000 } from './1763690600000-create-decisions.js';
import { CreateDrafts1763690700000 } from './1763690700000-create-drafts.js';
import { CreateRuns1763690800000 } from './1763690800000-create-runs.js';
import { CreateExports1763700100000 } from './1763700100000-create-exports.js';
import { CreateAgentStates1763700200000 } from './1763700200000-create-agent-states.js';
import { AddJobTraceparents1763700300000 } from './1763700300000-add-job-traceparents.js';
import { AddEventPositions1763700400000 } from './1763700400000-add-event-positions.js';
import { CreateDocuments1763700500000 } from './1763700500000-create-documents.js';
import { AddLists1763700600000 } from './1763700600000-add-lists.js';
import { CreateIdempotencyKeys1763700700000 } from './1763700700000-create-idempotency-keys.js';
import { AddIdempotencyLeases1763700800000 } from './1763700800000-add-idempotency-leases.js';
import { CreateAccess1763710000000 } from './1763710000000-create-access.js';
import { CreateSpentBudgets1763710100000 } from './1763710100000-create-spent-budgets.js';
import { CreateCassettes1763710200000 } from './1763710200000-create-cassettes.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [
  CreateJobsOutboxAudit1763690400000,
  CreatePopulations1763690500000,
  CreateDecisions1763690600000,
  CreateDrafts1763690700000,
  CreateRuns1763690800000,
  CreateExports1763700100000,
  CreateAgentStates1763700200000,
  AddJobTraceparents1763700300000,
  AddEventPositions1763700400000,
  CreateDocuments1763700500000,
  AddLists1763700600000,
  CreateIdempotencyKeys1763700700000,
  AddIdempotencyLeases1763700800000,
  CreateAccess1763710000000,
  CreateSpentBudgets1763710100000,
  CreateCassettes1763710200000,
] as const;

/** Tables in which migrations put rows: a database is empty when all others are. */
export const SEEDED_TABLES: readonly string[] = ['event_log'];
