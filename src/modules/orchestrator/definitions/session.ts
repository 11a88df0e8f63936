import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { NetworkVisits } from '../../integrations/index.js';
import { isFinal } from '../orchestrator.errors.js';
import { SessionActing } from '../sessions/session.acting.js';
import { SessionRecord } from '../sessions/session.record.js';
import { chosenActs, sessionDraws } from '../sessions/session.rules.js';
import { SessionsRepository, type ActOutcome, type PlannedSession } from '../sessions/sessions.repository.js';
import {
  step,
  type StepContext,
  type StepResult,
  type WorkflowDefinition,
} from '../workflows/workflow.definition.js';
import { ORCHESTRATOR } from '../workflows/workflow.record.js';

interface SessionInput {
  session: string;
}

type Context = StepContext<SessionInput>;

const SECOND_MS = 1_000;
/** While its plan is paused a session looks so often whether it goes on. */
const PAUSED_MS = 5_000;

/** One agent’s time on line: it looks at its timeline, reacts to some of it, and leaves. The sessions’ upkeep starts it. */
@Injectable()
export class Session implements WorkflowDefinition {
  readonly name = 'session';
  readonly needs = ['drafts:create', 'networks:post'] as const;
  /** Behind what somebody waits for. */
  readonly priority = 10;
  readonly steps = [
    step<SessionInput>('read', (context) => this.read(context)),
    step<SessionInput>('react', (context) => this.react(context)),
    step<SessionInput>('leave', (context) => this.leave(context)),
  ];

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly sessions: SessionsRepository,
    private readonly visits: NetworkVisits,
    private readonly acting: SessionActing,
    private readonly record: SessionRecord,
  ) {}

  subjectOf(input: object): string {
    return (input as SessionInput).session;
  }

  async cancelled(manager: EntityManager, workflowId: string, actor: string): Promise<void> {
    const session = await this.sessions.ofWorkflow(manager, workflowId);
    if (session !== undefined) await this.end(manager, session.id, 'ended', `${actor} cancelled it`);
  }

  /** Keeps what is seen together with what is to be done about it: a later attempt may see something else. */
  private async read(context: Context): Promise<StepResult> {
    const session = await this.goingOn(context);
    if ('kind' in session) return session;
    const { id, agent_id, network, seed, planned_at, speed, terms } = session;
    const { looks } = sessionDraws(seed, agent_id, planned_at, terms.behaviour);
    let seen;
    try {
      seen = await this.visits.look(network, agent_id, looks);
    } catch (error) {
      if (!isFinal(error)) throw error;
      return this.over('refuse', id, 'failed', error.message);
    }
    const chosen = chosenActs(seed, agent_id, planned_at, terms.behaviour, seen).filter(
      ({ kind }) => kind !== 'reply' || terms.reply_template !== null,
    );
    let at = context.now.getTime();
    const acts = chosen.map(({ kind, statusId, authorId, pause }, ordinal) => {
      at += (pause * SECOND_MS) / speed;
      const key = context.key(`act/${ordinal}`);
      return { ordinal, id: key, kind, status_id: statusId, account_id: authorId, due_at: new Date(at) };
    });
    const views = seen.map(({ entryId, entryAuthorId, timeline }, rank) => ({
      rank: rank + 1,
      status_id: entryId,
      account_id: entryAuthorId,
      timeline,
    }));
    return {
      kind: 'done',
      output: async (manager) => {
        await this.sessions.saw(manager, id, views, acts);
        return { seen: views.length, acts: acts.length };
      },
    };
  }

  /** Does what is due, each under its own key, and waits for the next. */
  private async react(context: Context): Promise<StepResult> {
    const session = await this.goingOn(context);
    if ('kind' in session) return session;
    if (session.plan_state === 'paused')
      return { kind: 'wait', wait: { until: new Date(context.now.getTime() + PAUSED_MS), memo: {} } };
    const acts = await this.sessions.acts(this.dataSource.manager, session.id);
    const left = acts.filter(({ state }) => state === 'planned');
    const outcomes: ActOutcome[] = [];
    let until: Date | undefined;
    for (const act of left) {
      context.signal.throwIfAborted();
      until = act.due_at > context.now ? act.due_at : undefined;
      if (until !== undefined) break;
      const outcome = await this.acting.act(session, act, context.requester.name, context.signal);
      if ('waitMs' in outcome) {
        until = new Date(context.now.getTime() + outcome.waitMs);
        break;
      }
      outcomes.push(outcome);
    }
    const settle = async (manager: EntityManager): Promise<void> => {
      await this.sessions.settleActs(manager, session.id, outcomes);
      this.record.acted(outcomes);
    };
    if (until === undefined)
      return {
        kind: 'done',
        output: async (manager) => {
          await settle(manager);
          return countsOf([...acts.filter(({ state }) => state !== 'planned'), ...outcomes]);
        },
      };
    return {
      kind: 'wait',
      wait: async (manager) => {
        await settle(manager);
        return { until, memo: { left: left.length - outcomes.length } };
      },
    };
  }

  private leave({ input }: Context): Promise<StepResult> {
    return Promise.resolve({
      kind: 'done',
      output: async (manager) => {
        await this.end(manager, input.session, 'ended', null);
        return {};
      },
    });
  }

  /** The session, or what ends it before its time. */
  private async goingOn({ input }: Context): Promise<PlannedSession | StepResult> {
    const session = await this.sessions.planned(this.dataSource.manager, input.session);
    if (session?.state !== 'open')
      return { kind: 'refuse', output: {}, reason: 'the session is over already' };
    if (session.halted !== null)
      return this.over('finish', session.id, 'ended', `its agent is ${session.halted}`);
    if (session.plan_state === 'cancelled')
      return this.over('finish', session.id, 'ended', 'the plan was cancelled');
    return session;
  }

  private over(kind: 'finish' | 'refuse', id: string, state: 'ended' | 'failed', reason: string): StepResult {
    return {
      kind,
      reason,
      output: async (manager) => {
        await this.end(manager, id, state, reason);
        return {};
      },
    };
  }

  private async end(
    manager: EntityManager,
    id: string,
    state: 'ended' | 'failed',
    reason: string | null,
  ): Promise<void> {
    const ended = await this.sessions.end(manager, id, state, reason);
    if (ended !== undefined) await this.record.changed(manager, [ended], ORCHESTRATOR);
  }
}

/** How many acts came to what. */
function countsOf(acts: readonly Pick<ActOutcome, 'state'>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of acts) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
