import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { EventsService } from '../../../core/events/index.js';
import type { Bot } from './bot.entity.js';
import { botChanged, botDeleted, botMoved, botRolled } from './bot.events.js';
import type { BotStatus, RolloutOutcome } from './bot.rules.js';

/** Tells of bots: to the audit, and to who listens. */
@Injectable()
export class BotRecord {
  constructor(
    private readonly audit: AuditService,
    private readonly events: EventsService,
  ) {}

  /** @param more what the audit says beside */
  async changed(
    manager: EntityManager,
    bot: Bot,
    action: string,
    actor: string,
    more: object = {},
  ): Promise<void> {
    const { id, desired_state, generation, revision, replicas, version, blueprint, blueprint_sha256 } = bot;
    await this.events.emit(manager, botChanged({ bot_id: id, desired_state, generation, version }));
    const data = {
      desired_state,
      generation,
      revision,
      replicas,
      version,
      blueprint,
      blueprint_sha256,
      ...more,
    };
    await this.audit.append(manager, { actor, action, subject: { type: 'bot', id }, data });
  }

  async deleted(manager: EntityManager, { id, name }: Bot, actor: string): Promise<void> {
    await this.events.emit(manager, botDeleted({ bot_id: id, name }));
    const subject = { type: 'bot', id };
    await this.audit.append(manager, { actor, action: 'bot.delete', subject, data: { name } });
  }

  /** Somebody leaves all bots as they are, or goes on with them. */
  async maintained(manager: EntityManager, reason: string | null, actor: string): Promise<void> {
    const action = reason === null ? 'bots.resume' : 'bots.pause';
    const subject = { type: 'bots', id: 'all' };
    await this.audit.append(manager, { actor, action, subject, data: { reason } });
  }

  /** Somebody tells a bot to do something. */
  async commanded(manager: EntityManager, botId: string, name: string, actor: string): Promise<void> {
    const subject = { type: 'bot', id: botId };
    await this.audit.append(manager, { actor, action: 'bot.command', subject, data: { name } });
  }

  /** An update of a bot began, is through, has failed, or was taken back. */
  async rolled(
    manager: EntityManager,
    { id, generation, revision }: Bot,
    outcome: { kind: RolloutOutcome; reason?: string; to?: number },
  ): Promise<void> {
    const { kind, reason = null, to = null } = outcome;
    await this.events.emit(
      manager,
      botRolled({ bot_id: id, generation, revision, outcome: kind, reason, rolled_back_to: to }),
    );
  }

  async moved(
    manager: EntityManager,
    moves: readonly { bot_id: string; status: BotStatus; reason: string | null }[],
  ): Promise<void> {
    if (moves.length > 0) await this.events.emit(manager, ...moves.map((move) => botMoved(move)));
  }
}
