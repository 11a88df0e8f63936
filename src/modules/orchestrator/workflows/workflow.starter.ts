import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Requester } from '../../agents/index.js';
import { JobsService, type Job } from '../../jobs/index.js';
import { OrchestratorError } from '../orchestrator.errors.js';
import type { Workflow } from './workflow.entity.js';
import { WorkflowRecord } from './workflow.record.js';
import { WorkflowRegistry } from './workflow.registry.js';
import type { WorkflowName } from './workflow.rules.js';
import { WorkflowsRepository } from './workflows.repository.js';
import { workflowPath } from './workflow-path.js';

/** What an attempt at the step of a workflow is told. */
export interface StepJob {
  workflow_id: string;
}

/** What of a workflow decides which job goes on with it. */
type Owned = Pick<Workflow, 'id' | 'name' | 'created_by'>;

/** Starts workflows, and accepts the jobs of their steps. */
@Injectable()
export class WorkflowStarter {
  constructor(
    private readonly repository: WorkflowsRepository,
    private readonly registry: WorkflowRegistry,
    private readonly jobs: JobsService,
    private readonly record: WorkflowRecord,
  ) {}

  /** Accepts, in the manager's transaction, an attempt at the step that a workflow is at. @returns the job */
  attempt(manager: EntityManager, { id, name, created_by }: Owned): Promise<Job> {
    return this.jobs.submit(manager, {
      queue: 'content',
      name: 'workflow.step',
      payload: { workflow_id: id } satisfies StepJob,
      links: { workflow: workflowPath(id) },
      priority: this.registry.get(name).priority ?? 0,
      createdBy: created_by ?? undefined,
    });
  }

  /**
   * Starts a workflow in the manager's transaction. Where one of its name about the same is unfinished, that one is joined, or
   * ended, as its definition says.
   * @param input as its schema reads it
   * @param parent the workflow whose step starts it
   * @returns the workflow, which may have been there
   * @throws OrchestratorError `workflow_active`
   */
  async start(
    manager: EntityManager,
    name: WorkflowName,
    input: object,
    requester: Requester,
    parent: string | null = null,
  ): Promise<{ workflow: Workflow; created: boolean }> {
    const definition = this.registry.get(name);
    const subject_id = definition.subjectOf?.(input) ?? null;
    const id = randomUUID();
    if (subject_id !== null) {
      const lock = definition.again === 'supersede';
      const active = await this.repository.active(manager, name, subject_id, lock);
      if (active !== undefined && !lock) return { workflow: active, created: false };
      if (active !== undefined) await this.supersede(manager, active, id, requester.name);
    }
    const created_by = requester.id ?? null;
    const job = await this.attempt(manager, { id, name, created_by });
    const fresh = {
      id,
      name,
      subject_id,
      input,
      job_id: job.id,
      actor: requester.name,
      created_by,
      parent_id: parent,
    };
    const steps = definition.steps.map((each) => each.name);
    const workflow = await this.repository.insert(manager, fresh, steps);
    // Somebody else was faster by a moment: what this transaction wrote goes with the error.
    if (workflow === undefined) throw activeError(name, subject_id ?? id);
    await this.record.changed(manager, workflow, steps[0] ?? '', 'start', requester.name);
    return { workflow, created: true };
  }

  private async supersede(
    manager: EntityManager,
    active: Workflow,
    by: string,
    actor: string,
  ): Promise<void> {
    const ended = await this.repository.end(manager, active.id, 'cancelled', `workflow ${by} took its place`);
    const steps = this.registry.get(active.name).steps;
    await this.record.changed(manager, ended, steps[active.step]?.name ?? '', 'cancel', actor);
  }
}

export function activeError(name: WorkflowName, subject: string): OrchestratorError {
  return new OrchestratorError(
    'conflict',
    'workflow_active',
    `another ${name} about ${subject} is at work; wait until it is finished, or cancel it`,
  );
}
