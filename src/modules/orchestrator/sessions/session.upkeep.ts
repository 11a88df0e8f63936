import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { ORCHESTRATOR } from '../workflows/workflow.record.js';
import { WorkflowStarter } from '../workflows/workflow.starter.js';
import type { AgentSession } from './session.entity.js';
import { SessionPlansRepository } from './session-plans.repository.js';
import { SessionRecord } from './session.record.js';
import { SessionsRepository } from './sessions.repository.js';

/** So many are opened together: what is due at once is begun by and by. */
const OPENED = 50;
const BATCH = 500;
/** So many are open at most, of all plans: the others begin when some are over. */
const OPEN_MAX = 1_000;

/** Opens sessions that are due, skips those that are not to begin any more, and completes plans. */
@Injectable()
export class SessionUpkeep {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly sessions: SessionsRepository,
    private readonly plans: SessionPlansRepository,
    private readonly starter: WorkflowStarter,
    private readonly record: SessionRecord,
  ) {}

  /** @returns whether there is more to do at once */
  async step(): Promise<boolean> {
    const skipped = await this.sweep((manager) => this.sessions.skipLost(manager, BATCH));
    const lost = await this.sweep((manager) => this.sessions.endLost(manager, BATCH));
    const opened = await this.dataSource.transaction((manager) => this.open(manager));
    await this.dataSource.transaction(async (manager) => {
      for (const plan of await this.plans.complete(manager))
        await this.record.planned(manager, plan, 'complete', ORCHESTRATOR);
    });
    return skipped === BATCH || lost === BATCH || opened === OPENED;
  }

  /** A session and the workflow that carries it are there together, or neither. */
  private async open(manager: EntityManager): Promise<number> {
    if (!(await this.sessions.takesTurn(manager))) return 0;
    const room = OPEN_MAX - (await this.sessions.openCount(manager));
    if (room <= 0) return 0;
    const due = await this.sessions.due(manager, Math.min(OPENED, room));
    const opened: AgentSession[] = [];
    for (const { id, actor, created_by } of due) {
      const requester = { name: actor, ...(created_by !== null && { id: created_by }) };
      const { workflow } = await this.starter.start(manager, 'session', { session: id }, requester);
      opened.push(await this.sessions.open(manager, id, workflow.id));
    }
    await this.record.changed(manager, opened, ORCHESTRATOR);
    return due.length;
  }

  private sweep(work: (manager: EntityManager) => Promise<AgentSession[]>): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const changed = await work(manager);
      await this.record.changed(manager, changed, ORCHESTRATOR);
      return changed.length;
    });
  }
}
