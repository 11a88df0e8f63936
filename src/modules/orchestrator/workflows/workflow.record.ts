import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { EventsService } from '../../../core/events/index.js';
import type { Workflow, WorkflowStep } from './workflow.entity.js';
import { workflowChanged, workflowStepChanged } from './workflow.events.js';

/** Who acts where nobody does. */
export const ORCHESTRATOR = 'orchestrator';

/** A change of a workflow that the audit keeps. */
export type WorkflowAct = 'start' | 'step' | 'wait' | 'complete' | 'fail' | 'cancel' | 'retry';

/** Tells of workflows: to the audit, and to who listens. */
@Injectable()
export class WorkflowRecord {
  constructor(
    private readonly audit: AuditService,
    private readonly events: EventsService,
  ) {}

  /** Say it before {@link changed}, which lets one writer after the other through. */
  async step(
    manager: EntityManager,
    { id, name }: Pick<Workflow, 'id' | 'name'>,
    { name: step, state, attempts }: Pick<WorkflowStep, 'name' | 'state' | 'attempts'>,
  ): Promise<void> {
    await this.events.emit(manager, workflowStepChanged({ workflow_id: id, name, step, state, attempts }));
  }

  /** Tells that a workflow is in another state, or at another step. @param act undefined: the audit need not know */
  async changed(
    manager: EntityManager,
    { id, name, state, reason, waits_for, waits_id }: Workflow,
    step: string,
    act: WorkflowAct | undefined,
    actor: string,
  ): Promise<void> {
    await this.events.emit(manager, workflowChanged({ workflow_id: id, name, state, step, reason }));
    if (act === undefined) return;
    await this.audit.append(manager, {
      actor,
      action: `workflow.${act}`,
      subject: { type: 'workflow', id },
      data: { name, state, step, reason, ...(act === 'wait' && { waits_for, waits_id }) },
    });
  }
}
