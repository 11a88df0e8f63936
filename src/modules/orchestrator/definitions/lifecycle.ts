import { Injectable } from '@nestjs/common';
import { AgentLifecycles, AgentsService, LIFECYCLE_STATES } from '../../agents/index.js';
import { ComplianceService } from '../../compliance/index.js';
import { AccountNotices } from '../../integrations/index.js';
import { DirectPublications } from '../../scheduler/index.js';
import { OrchestratorError } from '../orchestrator.errors.js';
import {
  step,
  type StepContext,
  type StepResult,
  type WorkflowDefinition,
} from '../workflows/workflow.definition.js';
import { ORCHESTRATOR } from '../workflows/workflow.record.js';
import type { LifecycleInput } from './inputs.js';

interface Outputs {
  change: { before: (typeof LIFECYCLE_STATES)[number] };
}

type Context = StepContext<LifecycleInput, Outputs>;

const SECOND_MS = 1_000;

/** Activates, suspends or retires an agent, with all that follows from it, and watches one that was activated. */
@Injectable()
export class Lifecycle implements WorkflowDefinition {
  readonly name = 'lifecycle';
  readonly needs = ['agents:update'] as const;
  readonly again = 'supersede';
  readonly steps = [
    step<LifecycleInput>('change', (context) => this.change(context)),
    step<LifecycleInput, Outputs>('publications', (context) => this.settle(context)),
    step<LifecycleInput, Outputs>('account', (context) => this.account(context)),
    step<LifecycleInput, Outputs>('monitor', (context) => this.monitor(context)),
  ];

  constructor(
    private readonly agents: AgentsService,
    private readonly lifecycles: AgentLifecycles,
    private readonly publications: DirectPublications,
    private readonly notices: AccountNotices,
    private readonly compliance: ComplianceService,
  ) {}

  subjectOf(input: object): string {
    return (input as LifecycleInput).agent;
  }

  /** @throws AgentNotFound; OrchestratorError `lifecycle_refused` */
  async check({ agent, act }: LifecycleInput): Promise<void> {
    await this.agents.agent(agent);
    const { state } = await this.lifecycles.get(agent);
    if (state === 'retired' && act !== 'retire')
      throw new OrchestratorError(
        'conflict',
        'lifecycle_refused',
        `${act}: agent ${agent} is retired, for good`,
      );
  }

  private change({ input, requester }: StepContext<LifecycleInput>): Promise<StepResult> {
    const { agent, act, reason = null } = input;
    return Promise.resolve({
      kind: 'done',
      output: async (manager) => ({
        before: await this.lifecycles.move(manager, agent, act, reason, requester.name),
      }),
    });
  }

  /** What a suspended agent has to publish waits, by itself; what a retired one has is withdrawn. */
  private async settle({ input: { agent, act, reason } }: Context): Promise<StepResult> {
    const open = await this.publications.open(agent);
    if (act !== 'retire') return { kind: 'done', output: { open: open.length } };
    // What is being published is finished, or falls due again.
    const atWork = open.find(({ state }) => state === 'publishing');
    if (atWork !== undefined && open.length === 1)
      return { kind: 'wait', wait: { for: { kind: 'publication', id: atWork.id }, memo: {} } };
    const why = `the agent is retired: ${reason ?? ''}`;
    return {
      kind: 'done',
      output: async (manager) => ({ withdrawn: await this.publications.withdraw(manager, agent, why) }),
    };
  }

  private async account({ input: { agent, act } }: Context): Promise<StepResult> {
    if (act !== 'retire') return { kind: 'done', output: {} };
    return { kind: 'done', output: { accounts: await this.notices.retired(agent, ORCHESTRATOR) } };
  }

  /** Suspends an agent too many of whose texts are blocked. */
  private async monitor({ input: { agent, monitor }, startedAt, now }: Context): Promise<StepResult> {
    if (monitor === undefined) return { kind: 'done', output: {} };
    const { state } = await this.lifecycles.get(agent);
    const blocked = await this.compliance.blockedSince(agent, startedAt);
    if (state !== 'active')
      return { kind: 'finish', output: { blocked }, reason: `the agent is ${state} by now` };
    if (blocked >= monitor.most_blocked) {
      const reason = `${blocked} of its texts were blocked since ${startedAt.toISOString()}`;
      return {
        kind: 'finish',
        reason: `suspended: ${reason}`,
        output: async (manager) => {
          await this.lifecycles.move(manager, agent, 'suspend', reason, ORCHESTRATOR);
          return { blocked };
        },
      };
    }
    const end = startedAt.getTime() + monitor.seconds * SECOND_MS;
    if (now.getTime() >= end) return { kind: 'done', output: { blocked } };
    const next = Math.min(end, now.getTime() + monitor.every_seconds * SECOND_MS);
    return { kind: 'wait', wait: { until: new Date(next), memo: { blocked } } };
  }
}
