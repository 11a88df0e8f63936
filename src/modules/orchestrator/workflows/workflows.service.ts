import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Page, PageRequest } from '../../../core/database/index.js';
import { AppError } from '../../../core/errors/index.js';
import type { Caller } from '../../../core/http/index.js';
import { JobsService } from '../../jobs/index.js';
import { OrchestratorError } from '../orchestrator.errors.js';
import type { Workflow, WorkflowStep } from './workflow.entity.js';
import { WorkflowRecord } from './workflow.record.js';
import { WorkflowRegistry } from './workflow.registry.js';
import type { WorkflowName } from './workflow.rules.js';
import { activeError, WorkflowStarter } from './workflow.starter.js';
import {
  WorkflowsRepository,
  type ListedWorkflow,
  type WorkflowFilter,
  type WorkflowSort,
} from './workflows.repository.js';

/** A workflow with its steps. */
export interface WorkflowCourse {
  workflow: ListedWorkflow;
  steps: WorkflowStep[];
}

/** Starts, shows, cancels and retries workflows. */
@Injectable()
export class WorkflowsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: WorkflowsRepository,
    private readonly registry: WorkflowRegistry,
    private readonly starter: WorkflowStarter,
    private readonly jobs: JobsService,
    private readonly record: WorkflowRecord,
  ) {}

  /**
   * Starts a workflow.
   * @param input as its schema reads it
   * @returns it, or the unfinished one about the same
   * @throws OrchestratorError `permission_missing` naming what the caller may not do of it; what its definition's `check` throws
   */
  async start(name: WorkflowName, input: object, caller: Caller): Promise<WorkflowCourse> {
    this.requireAllowed(name, input, caller);
    await this.registry.get(name).check?.(input as never);
    const requester = { id: caller.id, name: caller.username };
    const { workflow } = await this.dataSource.transaction((manager) =>
      this.starter.start(manager, name, input, requester),
    );
    return this.get(workflow.id);
  }

  /** @throws OrchestratorError `workflow_not_found` */
  async get(id: string): Promise<WorkflowCourse> {
    const { manager } = this.dataSource;
    const workflow = await this.repository.find(manager, id);
    if (workflow === undefined) throw OrchestratorError.notFound(id);
    return { workflow, steps: await this.repository.steps(manager, id) };
  }

  /** @throws InvalidCursor */
  list(filter: WorkflowFilter, request: PageRequest<WorkflowSort>): Promise<Page<ListedWorkflow>> {
    return this.repository.page(this.dataSource.manager, filter, request);
  }

  /**
   * Ends a workflow that is not finished: what it has done stays, what it has begun elsewhere is taken back where that can be.
   * @throws OrchestratorError `workflow_not_found`, `workflow_finished`; `permission_missing` naming what of it the caller may not do
   */
  async cancel(id: string, caller: Caller): Promise<WorkflowCourse> {
    const actor = caller.username;
    const jobId = await this.dataSource.transaction(async (manager) => {
      const workflow = await this.locked(manager, id);
      const { state, job_id, step, name, input } = workflow;
      this.requireAllowed(name, input, caller);
      if (state === 'cancelled') return null;
      if (state === 'completed' || state === 'failed') {
        const message = `workflow ${id} is ${state}; only one that is running or waiting can be cancelled`;
        throw new OrchestratorError('conflict', 'workflow_finished', message);
      }
      const definition = this.registry.get(name);
      const ended = await this.repository.end(manager, id, 'cancelled', `${actor} cancelled it`);
      await definition.cancelled?.(manager, id, actor);
      await this.record.changed(manager, ended, definition.steps[step]?.name ?? '', 'cancel', actor);
      return job_id;
    });
    if (jobId !== null)
      await this.jobs.cancel(jobId, actor).catch((error: unknown) => {
        // It came to an end before.
        if (!(error instanceof AppError)) throw error;
      });
    return this.get(id);
  }

  /**
   * Lets a workflow that failed or was cancelled go on with the step that it ended at, in the caller’s name from then on.
   * @throws OrchestratorError `workflow_not_found`, `workflow_not_retried`, `workflow_active`, `permission_missing`
   */
  async retry(id: string, caller: Caller): Promise<WorkflowCourse> {
    await this.dataSource.transaction(async (manager) => {
      const workflow = await this.locked(manager, id);
      const { state, step, name, subject_id, input } = workflow;
      this.requireAllowed(name, input, caller);
      if (state !== 'failed' && state !== 'cancelled') {
        const message = `workflow ${id} is ${state}; only one that failed or was cancelled can be retried`;
        throw new OrchestratorError('conflict', 'workflow_not_retried', message);
      }
      if (
        subject_id !== null &&
        (await this.repository.active(manager, name, subject_id, false)) !== undefined
      )
        throw activeError(name, subject_id);
      await this.repository.reopen(manager, workflow, caller);
      const job = await this.starter.attempt(manager, { id, name, created_by: caller.id });
      const going = await this.repository.goOn(manager, id, step, job.id);
      const at = this.registry.get(name).steps[step]?.name ?? '';
      await this.record.changed(manager, going, at, 'retry', caller.username);
    });
    return this.get(id);
  }

  /** @throws OrchestratorError `permission_missing` naming what of a workflow the caller may not do */
  requireAllowed(name: WorkflowName, input: object, { username, permissions }: Caller): void {
    const missing = this.registry.missing(name, input, permissions);
    if (missing !== undefined) throw OrchestratorError.permission(username, missing, `the workflow ${name}`);
  }

  private async locked(manager: EntityManager, id: string): Promise<Workflow> {
    const workflow = await this.repository.lock(manager, id);
    if (workflow === undefined) throw OrchestratorError.notFound(id);
    return workflow;
  }
}
