import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '../../../core/http/index.js';
import { BotsError } from '../bots.errors.js';
import type { Bot } from './bot.entity.js';
import type { BotRevision } from './bot-instance.entity.js';
import { BotRecord } from './bot.record.js';
import { BotsRepository, type SeenBot } from './bots.repository.js';
import { found, requireWithin, termsOf } from './bots.service.js';
import { BotRevisionsRepository } from './revisions.repository.js';

/** Goes back to what a bot has run before. */
@Injectable()
export class BotRevisions {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: BotsRepository,
    private readonly revisions: BotRevisionsRepository,
    private readonly record: BotRecord,
  ) {}

  /** A bot and its revisions, the newest first. @throws BotsError `bot_not_found` */
  async list(id: string): Promise<{ seen: SeenBot; revisions: BotRevision[] }> {
    const { manager } = this.dataSource;
    const seen = found(await this.repository.find(manager, id), id);
    return { seen, revisions: await this.revisions.list(manager, id) };
  }

  /**
   * Has a bot run an earlier revision again: its configuration and its pinned blueprint.
   * @param to without it the last one in good health that is not the present one, or else the one before the present one
   * @throws BotsError `bot_not_found`, `revision_not_found`, `revision_current`, `bot_invalid`
   */
  async rollBack(id: string, to: number | undefined, caller: Caller): Promise<SeenBot> {
    return this.dataSource.transaction(async (manager) => {
      const { bot, state } = found(await this.repository.find(manager, id, true), id);
      const revision = to ?? (await this.earlier(manager, bot, state.good_revision));
      if (revision === bot.revision) {
        const message = `the bot ${id} is at revision ${revision} already`;
        throw new BotsError('conflict', 'revision_current', message, [{ field: 'revision', message }]);
      }
      const target = await this.revisions.find(manager, id, revision);
      if (target === undefined) throw BotsError.notFound('revision', String(revision));
      requireWithin(target.manifest, caller, 'revision');
      await this.apply(manager, bot, target, caller.username);
      return found(await this.repository.find(manager, id), id);
    });
  }

  /**
   * Has a bot run an earlier revision again because a generation of it has failed.
   * @returns whether it was done: not when somebody wants another generation meanwhile, or the revision is gone
   */
  async undo(
    manager: EntityManager,
    failed: Pick<Bot, 'id' | 'generation'>,
    to: number,
    actor: string,
  ): Promise<boolean> {
    const seen = await this.repository.find(manager, failed.id, true);
    if (seen?.bot.generation !== failed.generation) return false;
    const target = await this.revisions.find(manager, failed.id, to);
    if (target === undefined) return false;
    await this.apply(manager, seen.bot, target, actor);
    return true;
  }

  /**
   * Has a bot run the newest revision again that was in good health before another.
   * @param from what it runs
   * @returns whether it was done: not when something else is wanted of it, or no revision before was in good health
   */
  async retreat(manager: EntityManager, id: string, from: number, actor: string): Promise<boolean> {
    const { bot } = found(await this.repository.find(manager, id, true), id);
    const target = bot.revision === from && (await this.revisions.goodBefore(manager, id, from));
    if (!target) return false;
    await this.apply(manager, bot, target, actor);
    return true;
  }

  /** All replicas of a bot are in good health with a revision. */
  async passed(manager: EntityManager, id: string, revision: number): Promise<void> {
    await this.revisions.wasGood(manager, id, revision);
  }

  private async apply(manager: EntityManager, bot: Bot, target: BotRevision, actor: string): Promise<void> {
    const { revision, blueprint, blueprint_sha256, manifest, configuration } = target;
    await this.repository.update(manager, bot.id, {
      ...termsOf(bot),
      revision,
      blueprint,
      blueprint_sha256,
      manifest,
      configuration,
      // What runs of that revision stays: nothing has to be started in its place.
      generation: bot.generation + 1,
    });
    const { bot: changed } = found(await this.repository.find(manager, bot.id), bot.id);
    await this.record.changed(manager, changed, 'bot.rollback', actor);
  }

  private async earlier(manager: EntityManager, bot: Bot, good: number | null): Promise<number> {
    if (good !== null && good !== bot.revision) return good;
    const all = await this.revisions.list(manager, bot.id);
    const before = all.find(({ revision }) => revision < bot.revision);
    if (before === undefined) {
      const message = `the bot ${bot.id} is at revision ${bot.revision}, and there is none before it`;
      throw new BotsError('not_found', 'revision_not_found', message);
    }
    return before.revision;
  }
}
