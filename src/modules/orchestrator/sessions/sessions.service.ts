import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../../../core/database/index.js';
import type { Caller } from '../../../core/http/index.js';
import { OrchestratorError } from '../orchestrator.errors.js';
import { WorkflowsService } from '../workflows/workflows.service.js';
import type { AgentSession, SessionAct, SessionView } from './session.entity.js';
import { SessionRecord } from './session.record.js';
import { SessionsRepository, type SessionFilter, type SessionSort } from './sessions.repository.js';

/** A session with what was seen and done in it. */
export interface SessionCourse {
  session: AgentSession;
  views: SessionView[];
  acts: SessionAct[];
}

/** Shows and cancels sessions. */
@Injectable()
export class SessionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: SessionsRepository,
    private readonly workflows: WorkflowsService,
    private readonly record: SessionRecord,
  ) {}

  /** @throws OrchestratorError `session_not_found` */
  async get(id: string): Promise<SessionCourse> {
    const { manager } = this.dataSource;
    const session = await this.repository.find(manager, id);
    if (session === undefined) throw OrchestratorError.sessionNotFound(id);
    const views = await this.repository.views(manager, id);
    return { session, views, acts: await this.repository.acts(manager, id) };
  }

  /** @throws InvalidCursor */
  list(filter: SessionFilter, request: PageRequest<SessionSort>): Promise<Page<AgentSession>> {
    return this.repository.page(this.dataSource.manager, filter, request);
  }

  /**
   * Skips a session that has not begun, or ends one that is open: what was done in it stays.
   * @throws OrchestratorError `session_not_found`, `session_over`, `permission_missing`
   */
  async cancel(id: string, caller: Caller): Promise<SessionCourse> {
    this.workflows.requireAllowed('session', {}, caller);
    const workflowId = await this.dataSource.transaction(async (manager) => {
      const session = await this.repository.find(manager, id, true);
      if (session === undefined) throw OrchestratorError.sessionNotFound(id);
      const { state, workflow_id } = session;
      if (state === 'open') return workflow_id;
      if (state !== 'planned')
        throw new OrchestratorError('conflict', 'session_over', `the session ${id} is ${state}`);
      const skipped = await this.repository.skip(manager, id, `${caller.username} cancelled it`);
      await this.record.changed(manager, [skipped], caller.username);
      return null;
    });
    if (workflowId !== null) await this.workflows.cancel(workflowId, caller);
    return this.get(id);
  }
}
