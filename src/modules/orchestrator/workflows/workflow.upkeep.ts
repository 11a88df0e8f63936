import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { ORCHESTRATOR, WorkflowRecord } from './workflow.record.js';
import { WorkflowRegistry } from './workflow.registry.js';
import { WorkflowStarter } from './workflow.starter.js';
import { WorkflowsRepository } from './workflows.repository.js';

const BATCH = 200;

/**
 * Wakes workflows that wait, and ends those whose job has failed. It looks at what is, not at messages about it: none can be lost,
 * and a workflow that waits holds no worker.
 */
@Injectable()
export class WorkflowUpkeep {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: WorkflowsRepository,
    private readonly registry: WorkflowRegistry,
    private readonly starter: WorkflowStarter,
    private readonly record: WorkflowRecord,
  ) {}

  /** @returns whether there is more to do at once */
  async step(): Promise<boolean> {
    const woken = await this.dataSource.transaction((manager) => this.wake(manager));
    const ended = await this.dataSource.transaction((manager) => this.endLost(manager));
    return woken === BATCH || ended === BATCH;
  }

  private async wake(manager: EntityManager): Promise<number> {
    const come = await this.repository.come(manager, BATCH);
    for (const workflow of come) {
      const job = await this.starter.attempt(manager, workflow);
      const going = await this.repository.goOn(manager, workflow.id, workflow.step, job.id);
      await this.record.changed(manager, going, this.nameOf(workflow), undefined, ORCHESTRATOR);
    }
    return come.length;
  }

  private async endLost(manager: EntityManager): Promise<number> {
    const lost = await this.repository.lost(manager, BATCH);
    for (const workflow of lost) {
      const reason = workflow.job_error?.message ?? 'its job was cancelled';
      const ended = await this.repository.end(manager, workflow.id, workflow.job_status, reason);
      const act = workflow.job_status === 'failed' ? 'fail' : 'cancel';
      await this.record.changed(manager, ended, this.nameOf(workflow), act, ORCHESTRATOR);
    }
    return lost.length;
  }

  private nameOf({ name, step }: { name: Parameters<WorkflowRegistry['get']>[0]; step: number }): string {
    return this.registry.get(name).steps[step]?.name ?? '';
  }
}
