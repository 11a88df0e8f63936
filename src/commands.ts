import { registerAuditCommands } from './core/audit/audit.cli.js';
import { registerCompletionCommands } from './core/cli/completion.cli.js';
import type { CommandRegistrar } from './core/cli/index.js';
import { registerConfigCommands } from './core/config/config.cli.js';
import { registerDatabaseCommands } from './core/database/database.cli.js';
import { registerEventCommand } from './core/events/events.cli.js';
import { registerLlmCommands } from './core/llm/llm.cli.js';
import { registerSecretCommands } from './core/secrets/secrets.cli.js';
import { registerBootstrapCommand } from './bootstrap.cli.js';
import { registerDemoCommand } from './demo.cli.js';
import { registerBotCommands } from './modules/bots/bots.cli.js';
import { registerIncidentCommands } from './modules/healing/incidents.cli.js';
import { registerAgentCommands } from './modules/agents/agents.cli.js';
import { registerKeyCommands } from './modules/auth/keys/keys.cli.js';
import { registerAuthCommands } from './modules/auth/login/login.cli.js';
import { registerRoleCommands } from './modules/auth/roles/roles.cli.js';
import { registerSessionCommands } from './modules/auth/sessions/sessions.cli.js';
import { registerSigningKeyCommands } from './modules/auth/tokens/signing-keys.cli.js';
import { registerTotpCommands } from './modules/auth/totp/totp.cli.js';
import { registerPasswordCommand } from './modules/auth/users/password.cli.js';
import { registerUserCommands } from './modules/auth/users/users.cli.js';
import { registerChatCommands } from './modules/command/command.cli.js';
import { registerComplianceCommands } from './modules/compliance/compliance.cli.js';
import { registerPolicyCommands } from './modules/compliance/policies.cli.js';
import { registerReviewCommands } from './modules/compliance/review/reviews.cli.js';
import { registerContentCommands } from './modules/content/content.cli.js';
import { registerTemplateCommands } from './modules/content/templates.cli.js';
import { registerNetworkCommands } from './modules/integrations/network.cli.js';
import { registerCampaignCommands } from './modules/scheduler/campaigns/campaigns.cli.js';
import { registerAgentSessionCommands } from './modules/orchestrator/sessions/sessions.cli.js';
import { registerWorkflowCommands } from './modules/orchestrator/workflows/workflows.cli.js';
import { registerJobCommands } from './modules/jobs/jobs.cli.js';
import { registerQueueCommands, registerWorkerCommands } from './modules/jobs/workers.cli.js';
import { registerExportCommands } from './modules/exports/exports.cli.js';
import { registerStorageCommands } from './modules/exports/storage.cli.js';
import { registerSystemCommands } from './modules/observability/system.cli.js';
import { registerExperimentCommands } from './modules/simulation/experiments/experiments.cli.js';
import { registerScenarioCommands } from './modules/simulation/scenarios.cli.js';
import { registerSimulationCommands } from './modules/simulation/simulation.cli.js';
import { registerServeCommands } from './serve.cli.js';

/**
 * Every command, in the order of the help. What these files import is loaded for `azt3knet --help` too: commander, and
 * constants; the rest is imported where it is done.
 */
export const COMMANDS: readonly CommandRegistrar[] = [
  registerDemoCommand,
  registerBootstrapCommand,
  registerServeCommands,
  registerAgentCommands,
  registerTemplateCommands,
  registerContentCommands,
  registerPolicyCommands,
  registerComplianceCommands,
  registerReviewCommands,
  registerScenarioCommands,
  registerSimulationCommands,
  registerExperimentCommands,
  registerNetworkCommands,
  registerCampaignCommands,
  registerWorkflowCommands,
  registerAgentSessionCommands,
  registerChatCommands,
  registerBotCommands,
  registerIncidentCommands,
  registerExportCommands,
  registerJobCommands,
  registerWorkerCommands,
  registerQueueCommands,
  registerEventCommand,
  registerAuthCommands,
  registerPasswordCommand,
  registerTotpCommands,
  registerUserCommands,
  registerRoleCommands,
  registerKeyCommands,
  registerSessionCommands,
  registerSigningKeyCommands,
  registerLlmCommands,
  registerSystemCommands,
  registerStorageCommands,
  registerConfigCommands,
  registerDatabaseCommands,
  registerSecretCommands,
  registerAuditCommands,
  registerCompletionCommands,
];
