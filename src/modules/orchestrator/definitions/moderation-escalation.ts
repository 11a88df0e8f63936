import { Injectable } from '@nestjs/common';
import { AppError } from '../../../core/errors/index.js';
import type { Permission } from '../../../core/http/index.js';
import { UnattendedReviews, type ReviewStanding } from '../../compliance/index.js';
import {
  step,
  type StepContext,
  type StepResult,
  type WorkflowDefinition,
} from '../workflows/workflow.definition.js';
import { ORCHESTRATOR } from '../workflows/workflow.record.js';
import type { ModerationEscalationInput } from './inputs.js';

interface Outputs {
  open: { remind_at: string; escalate_at: string; expire_at: string };
}

type Context = StepContext<ModerationEscalationInput, Outputs>;

const SECOND_MS = 1_000;

/** Reminds people of a decision that waits for them, hands it to those who have more say, and ends it when nobody decides. */
@Injectable()
export class ModerationEscalation implements WorkflowDefinition {
  readonly name = 'moderation_escalation';
  readonly needs = ['reviews:decide'] as const;
  readonly again = 'join';
  readonly steps = [
    step<ModerationEscalationInput>('open', (context) => this.open(context)),
    step<ModerationEscalationInput, Outputs>('remind', (context) => this.remind(context)),
    step<ModerationEscalationInput, Outputs>('escalate', (context) => this.escalate(context)),
    step<ModerationEscalationInput, Outputs>('expire', (context) => this.expire(context)),
  ];

  constructor(private readonly reviews: UnattendedReviews) {}

  subjectOf(input: object): string {
    return (input as ModerationEscalationInput).decision;
  }

  /** When an escalated review ends undecided is for those to say who could decide it. */
  needsFor(input: object): readonly Permission[] {
    const { expire_after } = input as ModerationEscalationInput;
    return expire_after === undefined ? [] : ['reviews:decide_escalated'];
  }

  /** @throws ReviewError `review_not_found` */
  async check({ decision }: ModerationEscalationInput): Promise<void> {
    await this.reviews.get(decision);
  }

  /** Settles the times, so that later attempts keep to the same. */
  private async open({ input, startedAt }: StepContext<ModerationEscalationInput>): Promise<StepResult> {
    const review = await this.reviews.get(input.decision);
    if (review.status === 'closed') return decided(review);
    const from = startedAt.getTime();
    const after = (seconds: number | undefined): number | undefined =>
      seconds === undefined ? undefined : from + seconds * SECOND_MS;
    const due = Math.max(review.due_at.getTime(), from);
    const escalateAt = after(input.escalate_after) ?? due;
    const remindAt = after(input.remind_after) ?? Math.min(from + (due - from) / 2, escalateAt);
    const expireAt = after(input.expire_after) ?? escalateAt + Math.max(escalateAt - from, SECOND_MS);
    const output = { remind_at: iso(remindAt), escalate_at: iso(escalateAt), expire_at: iso(expireAt) };
    return { kind: 'done', output };
  }

  private remind(context: Context): Promise<StepResult> {
    return this.unless(context, context.outputs.open.remind_at, (decision) => ({
      kind: 'done',
      output: async (manager) => ({ reminded: await this.reviews.remind(manager, decision, ORCHESTRATOR) }),
    }));
  }

  private escalate(context: Context): Promise<StepResult> {
    const why = `nobody has decided by ${context.outputs.open.escalate_at}`;
    return this.unless(context, context.outputs.open.escalate_at, (decision) => ({
      kind: 'done',
      output: async (manager) => ({
        escalated: await this.reviews.raise(manager, decision, why, ORCHESTRATOR),
      }),
    }));
  }

  private expire(context: Context): Promise<StepResult> {
    const { expire_at } = context.outputs.open;
    const reason = `nobody has decided by ${expire_at}, after a reminder and an escalation: the text is held for good`;
    return this.unless(context, expire_at, (decision) => ({
      kind: 'finish',
      reason,
      output: async (manager) => {
        // Begun again, it finds what they decided.
        if (!(await this.reviews.expire(manager, decision, reason, ORCHESTRATOR)))
          throw new AppError('unavailable', 'review_decided', 'people have decided at the last moment');
        return { decision_id: decision, outcome: 'block' };
      },
    }));
  }

  /** Does something at a time, unless people decide before. */
  private async unless(
    { input: { decision }, now }: Context,
    at: string,
    work: (decision: string) => StepResult,
  ): Promise<StepResult> {
    const review = await this.reviews.get(decision);
    if (review.status === 'closed') return decided(review);
    const until = new Date(at);
    if (now >= until) return work(decision);
    return { kind: 'wait', wait: { for: { kind: 'decision', id: decision }, until, memo: {} } };
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function decided({ id, outcome, escalated }: ReviewStanding): StepResult {
  const output = { decision_id: id, outcome, escalated };
  return { kind: 'finish', output, reason: `people have decided: ${outcome ?? 'nothing'}` };
}
