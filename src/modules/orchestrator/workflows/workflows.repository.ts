import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { JobFailure } from '../../jobs/index.js';
import type { Wait } from './workflow.definition.js';
import type { Workflow, WorkflowStep } from './workflow.entity.js';
import type { WorkflowName, WorkflowState } from './workflow.rules.js';

/** Which workflows: all conditions together. */
export interface WorkflowFilter {
  workflow?: WorkflowName | undefined;
  state?: readonly WorkflowState[] | undefined;
  /** The id of what they are about. */
  subject?: string | undefined;
}

export const WORKFLOW_SORTS = ['created_at'] as const;
export type WorkflowSort = (typeof WORKFLOW_SORTS)[number];

/** A workflow with the name of the step that it is at. */
export type ListedWorkflow = Workflow & { step_name: string };

/** An attempt at a step. */
export interface BegunStep {
  workflow: Workflow;
  step: WorkflowStep & { started_at: Date };
  now: Date;
}

/** A workflow whose job ended without it. */
export type LostWorkflow = Workflow & { job_status: 'failed' | 'cancelled'; job_error: JobFailure | null };

const FROM =
  'workflows JOIN workflow_steps AS at ON at.workflow_id = workflows.id AND at.ordinal = workflows.step';

const LIST = new Listing<WorkflowSort>({
  name: 'workflows',
  select: 'workflows.*, at.name AS step_name',
  from: FROM,
  id: 'workflows.id',
  sorts: { created_at: { sql: 'workflows.created_at', type: 'timestamptz' } },
});

/** What a waiting workflow waits for has come. */
const COME = `(w.wake_at <= now()
  OR CASE w.waits_for
    WHEN 'job' THEN NOT EXISTS (SELECT FROM jobs WHERE id = w.waits_id AND status IN ('queued', 'running'))
    WHEN 'decision' THEN NOT EXISTS (SELECT FROM reviews WHERE id = w.waits_id AND status <> 'closed')
    WHEN 'publication' THEN NOT EXISTS (SELECT FROM publications WHERE id = w.waits_id
      AND state IN ('planned', 'drafted', 'awaiting_approval', 'due', 'publishing'))
  END)`;

/** All SQL about workflows and their steps. */
@Injectable()
export class WorkflowsRepository {
  async find(manager: EntityManager, id: string): Promise<ListedWorkflow | undefined> {
    const [row] = await manager.query<ListedWorkflow[]>(
      `SELECT workflows.*, at.name AS step_name FROM ${FROM} WHERE workflows.id = $1`,
      [id],
    );
    return row;
  }

  /** The unfinished workflow of a name about something. */
  async active(
    manager: EntityManager,
    name: string,
    subject: string,
    lock: boolean,
  ): Promise<Workflow | undefined> {
    const [row] = await manager.query<Workflow[]>(
      `SELECT * FROM workflows WHERE name = $1 AND subject_id = $2 AND state IN ('running', 'waiting')
       ${lock ? 'FOR UPDATE' : ''}`,
      [name, subject],
    );
    return row;
  }

  async lock(manager: EntityManager, id: string): Promise<Workflow | undefined> {
    const [row] = await manager.query<Workflow[]>('SELECT * FROM workflows WHERE id = $1 FOR UPDATE', [id]);
    return row;
  }

  steps(manager: EntityManager, id: string): Promise<WorkflowStep[]> {
    return manager.query<WorkflowStep[]>(
      'SELECT * FROM workflow_steps WHERE workflow_id = $1 ORDER BY ordinal',
      [id],
    );
  }

  /** @throws InvalidCursor */
  page(
    manager: EntityManager,
    { workflow, state, subject }: WorkflowFilter,
    request: PageRequest<WorkflowSort>,
  ): Promise<Page<ListedWorkflow>> {
    const conditions = new Conditions()
      .equal('workflows.name', workflow)
      .oneOf('workflows.state', state)
      .equal('workflows.subject_id', subject);
    return LIST.page<ListedWorkflow>(manager, conditions, request);
  }

  /** Adds a workflow with its steps; nothing when an unfinished one of its name is about the same. */
  async insert(
    manager: EntityManager,
    workflow: Pick<
      Workflow,
      'id' | 'name' | 'subject_id' | 'input' | 'job_id' | 'actor' | 'created_by' | 'parent_id'
    >,
    steps: readonly string[],
  ): Promise<Workflow | undefined> {
    const { id, name, subject_id, input, job_id, actor, created_by, parent_id } = workflow;
    const [row] = await manager.query<Workflow[]>(
      `INSERT INTO workflows (id, name, subject_id, input, job_id, actor, created_by, parent_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING *`,
      [id, name, subject_id, JSON.stringify(input), job_id, actor, created_by, parent_id],
    );
    if (row === undefined) return undefined;
    await manager.query(
      `INSERT INTO workflow_steps (workflow_id, ordinal, name)
       SELECT $1, n - 1, name FROM unnest($2::text[]) WITH ORDINALITY AS given (name, n)`,
      [id, steps],
    );
    return row;
  }

  /** Begins the step of a workflow whose attempt this job is; nothing where it is another's, or the workflow is not running. */
  async begin(manager: EntityManager, id: string, jobId: string): Promise<BegunStep | undefined> {
    const [workflow] = await manager.query<(Workflow & { now: Date })[]>(
      `SELECT *, clock_timestamp() AS now FROM workflows WHERE id = $1 AND job_id = $2 AND state = 'running'`,
      [id, jobId],
    );
    if (workflow === undefined) return undefined;
    const [[step]] = await manager.query<[[BegunStep['step']], number]>(
      `UPDATE workflow_steps SET state = 'running', attempts = attempts + 1,
         started_at = coalesce(started_at, clock_timestamp())
       WHERE workflow_id = $1 AND ordinal = $2 RETURNING *`,
      [id, workflow.step],
    );
    return { workflow, step, now: workflow.now };
  }

  /** Whether this job is still the attempt of a running workflow, which is locked until the transaction ends. */
  async held(manager: EntityManager, id: string, jobId: string): Promise<boolean> {
    const workflow = await this.lock(manager, id);
    return workflow?.state === 'running' && workflow.job_id === jobId;
  }

  /** Keeps how a step ended. */
  async endStep(
    manager: EntityManager,
    { workflow_id, ordinal }: WorkflowStep,
    state: 'completed' | 'failed',
    output: object,
  ): Promise<WorkflowStep> {
    const [[row]] = await manager.query<[[WorkflowStep], number]>(
      `UPDATE workflow_steps SET state = $3, output = $4, memo = NULL, finished_at = clock_timestamp()
       WHERE workflow_id = $1 AND ordinal = $2 RETURNING *`,
      [workflow_id, ordinal, state, JSON.stringify(output)],
    );
    return row;
  }

  async waitStep(
    manager: EntityManager,
    { workflow_id, ordinal }: WorkflowStep,
    memo: object,
  ): Promise<WorkflowStep> {
    const [[row]] = await manager.query<[[WorkflowStep], number]>(
      `UPDATE workflow_steps SET state = 'waiting', memo = $3 WHERE workflow_id = $1 AND ordinal = $2 RETURNING *`,
      [workflow_id, ordinal, JSON.stringify(memo)],
    );
    return row;
  }

  /** Lets a locked workflow go on with a step. @param jobId of the attempt */
  async goOn(manager: EntityManager, id: string, step: number, jobId: string): Promise<Workflow> {
    const [[row]] = await manager.query<[[Workflow], number]>(
      `UPDATE workflows SET state = 'running', step = $2, job_id = $3, reason = NULL, wake_at = NULL, finished_at = NULL,
         waits_for = CASE WHEN step = $2 THEN waits_for END, waits_id = CASE WHEN step = $2 THEN waits_id END,
         updated_at = now()
       WHERE id = $1 RETURNING *`,
      [id, step, jobId],
    );
    return row;
  }

  /** Lets a locked workflow wait. */
  async wait(manager: EntityManager, id: string, { for: awaited, until }: Wait): Promise<Workflow> {
    const [[row]] = await manager.query<[[Workflow], number]>(
      `UPDATE workflows SET state = 'waiting', waits_for = $2, waits_id = $3, wake_at = $4, updated_at = now()
       WHERE id = $1 RETURNING *`,
      [id, awaited?.kind ?? null, awaited?.id ?? null, until ?? null],
    );
    return row;
  }

  /** Ends a locked workflow; what it has not done is skipped. */
  async end(
    manager: EntityManager,
    id: string,
    state: 'completed' | 'failed' | 'cancelled',
    reason: string | null,
  ): Promise<Workflow> {
    const [[row]] = await manager.query<[[Workflow], number]>(
      `UPDATE workflows SET state = $2, reason = $3, waits_for = NULL, waits_id = NULL, wake_at = NULL,
         updated_at = now(), finished_at = clock_timestamp()
       WHERE id = $1 RETURNING *`,
      [id, state, reason],
    );
    await manager.query(
      `UPDATE workflow_steps SET state = CASE WHEN state = 'pending' OR $2 <> 'failed' THEN 'skipped' ELSE 'failed' END,
         finished_at = clock_timestamp()
       WHERE workflow_id = $1 AND state IN ('pending', 'running', 'waiting')`,
      [id, state],
    );
    return row;
  }

  /** Makes what was failed or skipped of a locked workflow pending again, in the name of who asks for it. */
  async reopen(
    manager: EntityManager,
    { id, step }: Pick<Workflow, 'id' | 'step'>,
    by: { id: string; username: string },
  ): Promise<void> {
    await manager.query('UPDATE workflows SET actor = $2, created_by = $3 WHERE id = $1', [
      id,
      by.username,
      by.id,
    ]);
    await manager.query(
      `UPDATE workflow_steps SET state = 'pending', memo = NULL, output = NULL, finished_at = NULL
       WHERE workflow_id = $1 AND ordinal >= $2`,
      [id, step],
    );
  }

  /** Waiting workflows whose time or whatever they waited for has come, locked. */
  come(manager: EntityManager, limit: number): Promise<Workflow[]> {
    return manager.query<Workflow[]>(
      `SELECT w.* FROM workflows w WHERE w.state = 'waiting' AND ${COME} ORDER BY w.id LIMIT $1
       FOR UPDATE OF w SKIP LOCKED`,
      [limit],
    );
  }

  /** Running workflows whose job failed or was cancelled, locked. */
  lost(manager: EntityManager, limit: number): Promise<LostWorkflow[]> {
    return manager.query<LostWorkflow[]>(
      `SELECT w.*, jobs.status AS job_status, jobs.error AS job_error FROM workflows w JOIN jobs ON jobs.id = w.job_id
       WHERE w.state = 'running' AND jobs.status IN ('failed', 'cancelled') ORDER BY w.id LIMIT $1
       FOR UPDATE OF w SKIP LOCKED`,
      [limit],
    );
  }

  async deleteFinished(manager: EntityManager, days: number, dryRun: boolean): Promise<number> {
    const which = `state IN ('completed', 'failed', 'cancelled') AND finished_at < now() - make_interval(days => $1)`;
    if (dryRun) {
      const [row] = await manager.query<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM workflows WHERE ${which}`,
        [days],
      );
      return row?.n ?? 0;
    }
    const [, count] = await manager.query<[unknown[], number]>(`DELETE FROM workflows WHERE ${which}`, [
      days,
    ]);
    return count;
  }
}
