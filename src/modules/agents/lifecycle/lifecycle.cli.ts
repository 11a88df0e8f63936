import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import { noteAccepted, uuid, wholeNumber, type Cli } from '../../../core/cli/index.js';

type Lifecycle = components['schemas']['AgentLifecycle'];
type Workflow = components['schemas']['Workflow'];

interface ActivateOptions {
  reason?: string;
  monitor?: number;
}

export function registerLifecycleCommands(agents: Command, cli: Cli): void {
  const one = (words: string, description: string): Command =>
    agents.command(words).description(description).argument('<id>', 'id of the agent', uuid);
  one('lifecycle', 'show whether an agent is active, suspended or retired').action(async (id: string) => {
    const client = await cli.api();
    const found = await client.get('/api/v1/agents/{id}/lifecycle', { params: { path: { id } } });
    cli.output.result(found, describe(cli, found));
  });
  one('activate', 'activate an agent, or reinstate a suspended one')
    .option('--reason <text>', 'why')
    .option('--monitor <seconds>', 'watch it, and suspend it if it behaves badly', wholeNumber(1))
    .action(async (id: string, { reason, monitor }: ActivateOptions) => {
      const client = await cli.api();
      const started = await client.post('/api/v1/agents/{id}/activate', {
        params: { path: { id } },
        body: {
          ...(reason !== undefined && { reason }),
          ...(monitor !== undefined && { monitor: { seconds: monitor } }),
        },
      });
      tell(cli, started);
    });
  one('suspend', 'suspend an agent: what it has to publish waits')
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, body: { reason: string }) => {
      const client = await cli.api();
      tell(cli, await client.post('/api/v1/agents/{id}/suspend', { params: { path: { id } }, body }));
    });
  one('retire', 'retire an agent for good; what it has to publish is withdrawn')
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, body: { reason: string }) => {
      const client = await cli.api();
      tell(cli, await client.post('/api/v1/agents/{id}/retire', { params: { path: { id } }, body }));
    });
}

function tell(cli: Cli, workflow: Workflow): void {
  cli.output.result(workflow, cli.output.pairs([['workflow', workflow.id]]));
  noteAccepted(cli);
}

function describe(cli: Cli, { agent_id, state, reason, changed_by, changed_at }: Lifecycle): string {
  return cli.output.pairs([
    ['agent', `${agent_id} (synthetic)`],
    ['state', reason === null ? state : `${state}: ${reason}`],
    ...(changed_by === null ? [] : [['changed by', `${changed_by}, ${changed_at ?? ''}`] as const]),
  ]);
}
