import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { BotState } from '../registry/bot.entity.js';
import { BotRecord } from '../registry/bot.record.js';
import { BotRevisions } from '../registry/revisions.service.js';
import type { Crew } from './crew.js';
import type { Outcome } from './rollout.js';
import { BotStatesRepository } from './states.repository.js';

/** Who takes back updates that fail, in the audit. */
const RECONCILER = 'system:reconciler';

/** Writes down and tells what happens to bots. */
@Injectable()
export class BotNews {
  constructor(
    private readonly states: BotStatesRepository,
    private readonly revisions: BotRevisions,
    private readonly record: BotRecord,
  ) {}

  /** A bot came to another status. */
  async moved(manager: EntityManager, { bot_id, status, reason }: BotState): Promise<void> {
    await this.states.addTransition(manager, { bot_id, status, reason });
    await this.record.moved(manager, [{ bot_id, status, reason }]);
  }

  /**
   * What became of an update; one that failed is taken back with it.
   * @throws Error when that cannot be, since somebody wants something else meanwhile
   */
  async became(manager: EntityManager, { id, bot }: Crew, state: BotState, outcome: Outcome): Promise<void> {
    const isBack = outcome.kind === 'rolled_back';
    if (isBack && !(await this.revisions.undo(manager, bot, outcome.to, RECONCILER)))
      throw new Error(`${id} could not go back to revision ${outcome.to}: something else is wanted of it`);
    if (isBack || outcome.kind === 'failed') {
      const reason = isBack ? 'RolledBack' : outcome.reason;
      await this.states.addTransition(manager, { bot_id: id, status: state.status, reason });
    }
    if (outcome.kind === 'complete' && state.good_revision !== null)
      await this.revisions.passed(manager, id, state.good_revision);
    await this.record.rolled(manager, bot, outcome);
  }
}
