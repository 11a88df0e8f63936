import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UserRights } from '../../auth/index.js';
import { HandlesJob, type JobContext } from '../../jobs/index.js';
import type { StepContext, StepResult } from './workflow.definition.js';
import type { Workflow, WorkflowStep } from './workflow.entity.js';
import { ORCHESTRATOR, WorkflowRecord } from './workflow.record.js';
import { WorkflowRegistry } from './workflow.registry.js';
import { stepKey } from './workflow.rules.js';
import { WorkflowStarter, type StepJob } from './workflow.starter.js';
import { WorkflowsRepository, type BegunStep } from './workflows.repository.js';

/** A step that an attempt has begun. */
type RunnableStep = BegunStep & {
  /** What the steps before it made. */
  outputs: Record<string, unknown>;
  /** Why nothing may be done any more in the name of who started it. */
  lost: string | undefined;
};

/** What a job that went on with a workflow says in the end. */
interface StepOutcome {
  workflow_id: string;
  step: string | null;
  /** `none`: the workflow was not this job’s any more, and nothing was done. */
  outcome: StepResult['kind'] | 'none';
}

/**
 * Goes on with workflows, a step at a time. The end of a step, what it writes in this database and the job of the next step are one
 * transaction, which also completes the job and asks for its lease: whatever dies, the step is recorded with all of it, or begun
 * again.
 */
@Injectable()
export class WorkflowRunner {
  constructor(
    private readonly repository: WorkflowsRepository,
    private readonly registry: WorkflowRegistry,
    private readonly starter: WorkflowStarter,
    private readonly record: WorkflowRecord,
    private readonly rights: UserRights,
  ) {}

  @HandlesJob('workflow.step')
  async step({ workflow_id }: StepJob, job: JobContext): Promise<object | undefined> {
    const begun = await job.write((manager) => this.begin(manager, workflow_id, job.jobId));
    if (begun === undefined) return { workflow_id, step: null, outcome: 'none' } satisfies StepOutcome;
    const { workflow, step, outputs } = begun;
    const definition = this.registry.get(workflow.name).steps[step.ordinal];
    if (definition === undefined) throw new Error(`no step ${step.name} of ${workflow.name}`);
    const lost = begun.lost;
    const result: StepResult =
      lost === undefined
        ? await definition.run(this.contextOf(begun, outputs, job))
        : { kind: 'refuse', output: {}, reason: lost };
    job.signal.throwIfAborted();
    await job.complete((manager) => this.settle(manager, begun, job.jobId, result));
    return undefined;
  }

  private async begin(manager: EntityManager, id: string, jobId: string): Promise<RunnableStep | undefined> {
    const begun = await this.repository.begin(manager, id, jobId);
    if (begun === undefined) return undefined;
    await this.record.step(manager, begun.workflow, begun.step);
    const steps = await this.repository.steps(manager, id);
    const outputs = Object.fromEntries(
      steps.filter(({ state }) => state === 'completed').map(({ name, output }) => [name, output]),
    );
    return { ...begun, outputs, lost: await this.rightLost(manager, begun.workflow) };
  }

  /** Why who started a workflow may not go on with it; undefined where nothing has changed. */
  private async rightLost(
    manager: EntityManager,
    { name, input, actor, created_by, parent_id }: Workflow,
  ): Promise<string | undefined> {
    // What another workflow started is the product's own doing.
    if (created_by === null || parent_id !== null) return undefined;
    const held = await this.rights.of(manager, created_by);
    if (held === undefined) return `${actor}, who started it, is no active user any more`;
    const missing = this.registry.missing(name, input, held);
    return missing && `${actor}, who started it, does not have the permission ${missing} any more`;
  }

  private async settle(
    manager: EntityManager,
    { workflow: { id }, step }: BegunStep,
    jobId: string,
    result: StepResult,
  ): Promise<StepOutcome> {
    if (!(await this.repository.held(manager, id, jobId)))
      return { workflow_id: id, step: step.name, outcome: 'none' };
    if (result.kind === 'wait') await this.wait(manager, id, step, result);
    else await this.end(manager, id, step, result);
    return { workflow_id: id, step: step.name, outcome: result.kind };
  }

  private async wait(
    manager: EntityManager,
    id: string,
    step: WorkflowStep,
    { wait }: StepResult & { kind: 'wait' },
  ): Promise<void> {
    const before = await this.repository.lock(manager, id);
    const asked = typeof wait === 'function' ? await wait(manager) : wait;
    const waiting = await this.repository.waitStep(manager, step, asked.memo);
    const workflow = await this.repository.wait(manager, id, asked);
    await this.record.step(manager, workflow, waiting);
    // Looking at the same again and again is no news for the audit.
    const isNews = step.attempts === 1 || workflow.waits_id !== before?.waits_id;
    await this.record.changed(manager, workflow, step.name, isNews ? 'wait' : undefined, ORCHESTRATOR);
  }

  private async end(
    manager: EntityManager,
    id: string,
    step: WorkflowStep,
    result: Exclude<StepResult, { kind: 'wait' }>,
  ): Promise<void> {
    const { repository } = this;
    const output = typeof result.output === 'function' ? await result.output(manager) : result.output;
    const ended = await repository.endStep(
      manager,
      step,
      result.kind === 'refuse' ? 'failed' : 'completed',
      output,
    );
    const workflow = (await repository.lock(manager, id)) as BegunStep['workflow'];
    await this.record.step(manager, workflow, ended);
    const next = this.registry.get(workflow.name).steps[step.ordinal + 1];
    if (result.kind === 'done' && next !== undefined) {
      const job = await this.starter.attempt(manager, workflow);
      const going = await repository.goOn(manager, id, step.ordinal + 1, job.id);
      await this.record.changed(manager, going, step.name, 'step', ORCHESTRATOR);
      return;
    }
    const state = result.kind === 'refuse' ? 'failed' : 'completed';
    const over = await repository.end(manager, id, state, result.kind === 'done' ? null : result.reason);
    const act = state === 'failed' ? 'fail' : 'complete';
    await this.record.changed(manager, over, step.name, act, ORCHESTRATOR);
  }

  private contextOf(
    { workflow, step, now }: BegunStep,
    outputs: Record<string, unknown>,
    job: JobContext,
  ): StepContext {
    const { id, actor, created_by } = workflow;
    const requester = { name: actor, ...(created_by !== null && { id: created_by }) };
    return {
      workflowId: id,
      input: workflow.input,
      outputs,
      memo: step.memo ?? undefined,
      requester,
      startedAt: step.started_at,
      now,
      signal: job.signal,
      key: (part) => stepKey(id, step.name, part),
      progress: (done, total, note) => job.progress(done, total, note),
      startWorkflow: async (manager, name, input) =>
        (await this.starter.start(manager, name, input, requester, id)).workflow.id,
    };
  }
}
