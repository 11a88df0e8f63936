import { setTimeout } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource, type EntityManager } from 'typeorm';
import { ORCHESTRATOR, WorkflowRecord } from './workflow.record.js';
import { WorkflowRegistry } from './workflow.registry.js';
import { WorkflowStarter } from './workflow.starter.js';
import { WorkflowsRepository } from './workflows.repository.js';

const BATCH = 200;
const IDLE_MS = 500;
const TROUBLE_MS = 2_000;

/**
 * Wakes workflows that wait, and ends those whose job has failed. It looks at what is, not at messages about it: none can be lost,
 * and a workflow that waits holds no worker.
 */
@Injectable()
export class WorkflowUpkeep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private loop: Promise<void> = Promise.resolve();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: WorkflowsRepository,
    private readonly registry: WorkflowRegistry,
    private readonly starter: WorkflowStarter,
    private readonly record: WorkflowRecord,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(WorkflowUpkeep.name);
  }

  onApplicationBootstrap(): void {
    this.loop = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

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

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      let pause = 0;
      try {
        pause = (await this.step()) ? 0 : IDLE_MS;
      } catch (error) {
        this.logger.warn({ err: error }, 'workflows wait for the next look');
        pause = TROUBLE_MS;
      }
      if (pause > 0) await setTimeout(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }
}
