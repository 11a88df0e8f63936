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
import { AddRuleStatuses1763710300000 } from './1763710300000-add-rule-statuses.js';
import { ExtendDecisions1763720000000 } from './1763720000000-extend-decisions.js';
import { CreateReviews1763720100000 } from './1763720100000-create-reviews.js';
import { CreateAuditHeads1763720200000 } from './1763720200000-create-audit-heads.js';
import { AddRunDecisions1763720400000 } from './1763720400000-add-run-decisions.js';
import { AddAuditIndexes1763730000000 } from './1763730000000-add-audit-indexes.js';
import { BindIdempotencyKeys1763740000000 } from './1763740000000-bind-idempotency-keys.js';
import { AddKeyParents1763740100000 } from './1763740100000-add-key-parents.js';
import { CreateWebhookReceipts1763740200000 } from './1763740200000-create-webhook-receipts.js';
import { AddAgentAttributes1763750000000 } from './1763750000000-add-agent-attributes.js';
import { AllowRunsWithoutPeople1763755000000 } from './1763755000000-allow-runs-without-people.js';
import { DropClaimDefault1763756000000 } from './1763756000000-drop-claim-default.js';
import { CreateCassettes1763760000000 } from './1763760000000-create-cassettes.js';
import { CreatePopulationWritings1763770000000 } from './1763770000000-create-population-writings.js';
import { AddKeyReplacement1763780000000 } from './1763780000000-add-key-replacement.js';
import { ExtendDecisionGrounds1763790000000 } from './1763790000000-extend-decision-grounds.js';
import { AddDocumentActivation1763800000000 } from './1763800000000-add-document-activation.js';
import { ExtendDrafts1763800100000 } from './1763800100000-extend-drafts.js';
import { AddDraftWriters1763800200000 } from './1763800200000-add-draft-writers.js';
import { AddTickDigests1763810000000 } from './1763810000000-add-tick-digests.js';
import { AddTickActions1763810100000 } from './1763810100000-add-tick-actions.js';
import { AddRunMeasures1763820000000 } from './1763820000000-add-run-measures.js';
import { CreateNetworks1763830000000 } from './1763830000000-create-networks.js';
import { KeepSpentKeys1763830100000 } from './1763830100000-keep-spent-keys.js';
import { KeepUsedCodes1763830101000 } from './1763830101000-keep-used-codes.js';
import { IndexPosts1763830102000 } from './1763830102000-index-posts.js';
import { AddJobLeases1763840000000 } from './1763840000000-add-job-leases.js';
import { CreateCampaigns1763850000000 } from './1763850000000-create-campaigns.js';
import { CreateBots1763860000000 } from './1763860000000-create-bots.js';
import { CreateBotIncidents1763860100000 } from './1763860100000-create-bot-incidents.js';
import { CreateConversations1763880000000 } from './1763880000000-create-conversations.js';
import { CreateRunCheckpoints1763895000000 } from './1763895000000-create-run-checkpoints.js';
import { CreateExperiments1763896000000 } from './1763896000000-create-experiments.js';
import { CreateRunTurns1763897000000 } from './1763897000000-create-run-turns.js';
import { CreateWorkflows1763900000000 } from './1763900000000-create-workflows.js';
import { ExtendBots1763901000000 } from './1763901000000-extend-bots.js';
import { AddKeysOfConversations1763902000000 } from './1763902000000-add-keys-of-conversations.js';
import { AddBotInstances1763910000000 } from './1763910000000-add-bot-instances.js';
import { ExtendHealing1763911000000 } from './1763911000000-extend-healing.js';
import { CreateAgentSessions1763912000000 } from './1763912000000-create-agent-sessions.js';
import { ExtendExperimentsAndCampaigns1763913000000 } from './1763913000000-extend-experiments-and-campaigns.js';
import { BatchEvents1763914000000 } from './1763914000000-batch-events.js';
import { ClaimInTurn1763914001000 } from './1763914001000-claim-in-turn.js';
import { AddTakerOfBotCommands1763915000000 } from './1763915000000-add-taker-of-bot-commands.js';
import { LeaveRoomForMeasures1763916500000 } from './1763916500000-leave-room-for-measures.js';
import { AddGoodRevisions1763917000000 } from './1763917000000-add-good-revisions.js';

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
  AddRuleStatuses1763710300000,
  ExtendDecisions1763720000000,
  CreateReviews1763720100000,
  CreateAuditHeads1763720200000,
  AddRunDecisions1763720400000,
  AddAuditIndexes1763730000000,
  BindIdempotencyKeys1763740000000,
  AddKeyParents1763740100000,
  CreateWebhookReceipts1763740200000,
  AddAgentAttributes1763750000000,
  AllowRunsWithoutPeople1763755000000,
  DropClaimDefault1763756000000,
  CreateCassettes1763760000000,
  CreatePopulationWritings1763770000000,
  AddKeyReplacement1763780000000,
  ExtendDecisionGrounds1763790000000,
  AddDocumentActivation1763800000000,
  ExtendDrafts1763800100000,
  AddDraftWriters1763800200000,
  AddTickDigests1763810000000,
  AddTickActions1763810100000,
  AddRunMeasures1763820000000,
  CreateNetworks1763830000000,
  KeepSpentKeys1763830100000,
  KeepUsedCodes1763830101000,
  IndexPosts1763830102000,
  AddJobLeases1763840000000,
  CreateCampaigns1763850000000,
  CreateBots1763860000000,
  CreateBotIncidents1763860100000,
  CreateConversations1763880000000,
  CreateRunCheckpoints1763895000000,
  CreateExperiments1763896000000,
  CreateRunTurns1763897000000,
  CreateWorkflows1763900000000,
  ExtendBots1763901000000,
  AddKeysOfConversations1763902000000,
  AddBotInstances1763910000000,
  ExtendHealing1763911000000,
  CreateAgentSessions1763912000000,
  ExtendExperimentsAndCampaigns1763913000000,
  BatchEvents1763914000000,
  ClaimInTurn1763914001000,
  AddTakerOfBotCommands1763915000000,
  LeaveRoomForMeasures1763916500000,
  AddGoodRevisions1763917000000,
] as const;

/** Tables in which migrations put rows: a database is empty when all others are. */
export const SEEDED_TABLES: readonly string[] = ['event_log', 'networks'];

/** Columns of sealed values: what names a row of theirs, and what to do with values whose key is lost. */
export const SEALED_COLUMNS = [
  {
    table: 'signing_keys',
    column: 'private_key',
    id: 'kid',
    without: 'another signing key is made by itself',
    harmless: true,
  },
  {
    table: 'users',
    column: 'totp_secret',
    id: 'id',
    without: 'azt3knet users reset-totp <user> for everybody with an authenticator',
    harmless: false,
  },
] as const;
