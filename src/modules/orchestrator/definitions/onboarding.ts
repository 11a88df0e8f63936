import { Injectable } from '@nestjs/common';
import {
  AgentLifecycles,
  AgentsService,
  PopulationAuditsService,
  PopulationNotPersisted,
} from '../../agents/index.js';
import { NetworkJobs, NetworksService } from '../../integrations/index.js';
import { JobsService, type Job } from '../../jobs/index.js';
import { OrchestratorError } from '../orchestrator.errors.js';
import {
  step,
  type StepContext,
  type StepResult,
  type WorkflowDefinition,
} from '../workflows/workflow.definition.js';
import type { OnboardingInput } from './inputs.js';

interface Outputs {
  populate: { population_id: string; seed: string };
}

type Context = StepContext<OnboardingInput, Outputs>;

/** Makes a population, holds it against its specification, gives its agents accounts and activates them. */
@Injectable()
export class Onboarding implements WorkflowDefinition {
  readonly name = 'onboarding';
  readonly needs = ['populations:create', 'agents:update', 'networks:write'] as const;
  readonly steps = [
    step<OnboardingInput>('populate', (context) => this.populate(context)),
    step<OnboardingInput, Outputs>('audit', (context) => this.audit(context)),
    step<OnboardingInput, Outputs>('accounts', (context) => this.accounts(context)),
    step<OnboardingInput, Outputs>('activate', (context) => this.activate(context)),
  ];

  constructor(
    private readonly agents: AgentsService,
    private readonly audits: PopulationAuditsService,
    private readonly networks: NetworksService,
    private readonly networkJobs: NetworkJobs,
    private readonly jobs: JobsService,
    private readonly lifecycles: AgentLifecycles,
  ) {}

  /** @throws PopulationNotFound, PopulationNotPersisted; InvalidSpecification; NetworkError `network_not_found` */
  async check({ specification, population, network }: OnboardingInput): Promise<void> {
    const { run_id, name } = await this.networks.get(network);
    if (run_id !== null)
      throw OrchestratorError.field('network', `${name} shows a run; nobody is added to it`);
    if (population !== undefined) {
      const { id, persisted } = await this.agents.population(population);
      if (!persisted) throw new PopulationNotPersisted(id);
    }
    // Makes nothing, and says what is wrong.
    if (specification !== undefined)
      await this.agents.populate({ ...specification, preview: 1 }, { name: 'onboarding' });
  }

  private async populate({ input, memo, requester }: StepContext<OnboardingInput>): Promise<StepResult> {
    const { specification, population } = input;
    if (specification === undefined) {
      const { id, seed } = await this.agents.population(population ?? '');
      return { kind: 'done', output: { population_id: id, seed } };
    }
    if (memo === undefined)
      return {
        kind: 'wait',
        wait: async (manager) => {
          const { job, id, seed } = await this.agents.requirePersisted(manager, specification, requester);
          const made = { population_id: id, seed };
          // Where its agents are there, there is nothing to wait for.
          if (job === undefined) return { until: new Date(0), memo: made };
          return { for: { kind: 'job', id: job.id }, memo: { ...made, job_id: job.id } };
        },
      };
    const before = await this.jobBefore(memo);
    if (before !== undefined && before.status !== 'completed') return gone('the population', before);
    const { population_id, seed } = memo as Outputs['populate'];
    return { kind: 'done', output: { population_id, seed } };
  }

  /** What of the specification was not met is told, and ends nothing: a population is what it is. */
  private async audit({ outputs }: Context): Promise<StepResult> {
    const { count, margins, diversity, coherence } = await this.audits.audit(outputs.populate.population_id);
    const output = {
      count,
      margins_met: margins.filter(({ met }) => met).length,
      margins: margins.length,
      coherent: coherence.met,
      diversity,
    };
    if (coherence.met) return { kind: 'done', output };
    const broken = coherence.rules.map(({ rule }) => rule).join(', ');
    return { kind: 'refuse', output, reason: `people of the population contradict themselves: ${broken}` };
  }

  private async accounts({ input, outputs, memo, requester }: Context): Promise<StepResult> {
    const before = await this.jobBefore(memo);
    if (before?.status === 'completed') {
      const { accounts = 0 } = (before.result ?? {}) as { accounts?: number };
      return { kind: 'done', output: { network: input.network, accounts } };
    }
    if (before !== undefined) return gone('the accounts', before);
    const { population_id } = outputs.populate;
    return {
      kind: 'wait',
      wait: async (manager) => {
        const job = await this.networkJobs.populateWithin(
          manager,
          input.network,
          population_id,
          null,
          requester,
        );
        return { for: { kind: 'job', id: job.id }, memo: { job_id: job.id } };
      },
    };
  }

  private activate({ outputs, requester }: Context): Promise<StepResult> {
    const { population_id } = outputs.populate;
    return Promise.resolve({
      kind: 'done',
      output: async (manager) => ({
        activated: await this.lifecycles.activateAll(manager, population_id, requester.name),
      }),
    });
  }

  /** The job that the step has waited for. */
  private async jobBefore(memo: object | undefined): Promise<Job | undefined> {
    const { job_id } = (memo ?? {}) as { job_id?: string };
    return job_id === undefined ? undefined : this.jobs.get(job_id);
  }
}

function gone(what: string, { id, status, error }: Job): StepResult {
  const reason = `${what}: job ${id} is ${status}${error === null ? '' : `: ${error.message}`}`;
  return { kind: 'refuse', output: { job_id: id }, reason };
}
