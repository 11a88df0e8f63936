import type { Action } from '../language/actions.js';
import type { ChatCommand } from './chat-command.js';
import { AGENT_COMMANDS } from './commands/agents.js';
import { BOT_COMMANDS } from './commands/bots.js';
import { CAMPAIGN_COMMANDS } from './commands/campaigns.js';
import { DRAFT_COMMANDS } from './commands/drafts.js';
import { EXPERIMENT_COMMANDS } from './commands/experiments.js';
import { HELP_COMMANDS } from './commands/help.js';
import { INCIDENT_COMMANDS } from './commands/incidents.js';
import { JOB_COMMANDS } from './commands/jobs.js';
import { POPULATION_COMMANDS } from './commands/populations.js';
import { PUBLICATION_COMMANDS } from './commands/publications.js';
import { QUEUE_COMMANDS } from './commands/queues.js';
import { REVIEW_COMMANDS } from './commands/reviews.js';
import { SESSION_COMMANDS } from './commands/sessions.js';
import { SIMULATION_COMMANDS } from './commands/simulations.js';
import { SYSTEM_COMMANDS } from './commands/system.js';
import { WORKER_COMMANDS } from './commands/workers.js';
import { WORKFLOW_COMMANDS } from './commands/workflows.js';
import type { ThingKind } from './things.js';

/** Every command of the chat, of `POST /api/v1/commands` and of `azt3knet command`. */
export const CHAT_COMMANDS: readonly ChatCommand[] = [
  ...POPULATION_COMMANDS,
  ...DRAFT_COMMANDS,
  ...AGENT_COMMANDS,
  ...CAMPAIGN_COMMANDS,
  ...PUBLICATION_COMMANDS,
  ...SIMULATION_COMMANDS,
  ...EXPERIMENT_COMMANDS,
  ...BOT_COMMANDS,
  ...WORKFLOW_COMMANDS,
  ...SESSION_COMMANDS,
  ...JOB_COMMANDS,
  ...WORKER_COMMANDS,
  ...QUEUE_COMMANDS,
  ...INCIDENT_COMMANDS,
  ...REVIEW_COMMANDS,
  ...SYSTEM_COMMANDS,
  ...HELP_COMMANDS,
];

const byName = new Map(CHAT_COMMANDS.map((command) => [command.name, command]));

/** The command of this name, such as `campaigns.start`. */
export function commandNamed(name: string): ChatCommand | undefined {
  return byName.get(name);
}

/** The commands that do this to things of a kind. */
export function commandsFor(kind: ThingKind, action: Action): ChatCommand[] {
  return CHAT_COMMANDS.filter(
    (command) =>
      [command.kind, ...(command.otherKinds ?? [])].includes(kind) && command.actions.includes(action),
  );
}
