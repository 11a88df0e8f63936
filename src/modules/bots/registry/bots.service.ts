import { isDeepStrictEqual } from 'node:util';
import type { HealingMode } from '../../../core/config/index.js';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Page, PageRequest } from '../../../core/database/index.js';
import { etagOf, requireMatch, type Caller } from '../../../core/http/index.js';
import { BlueprintLibrary } from '../blueprints/blueprint-library.js';
import { checkConfiguration } from '../blueprints/configuration.js';
import type { BlueprintManifest } from '../blueprints/manifest.js';
import { BotsError } from '../bots.errors.js';
import type { Bot, BotMaintenance } from './bot.entity.js';
import type { BotTransition } from './bot-history.entity.js';
import { BotRecord } from './bot.record.js';
import { BotRevisionsRepository } from './revisions.repository.js';
import { isAlive, isDown, type BotSchedule } from './bot.rules.js';
import { BotSchedules } from './bot-schedules.js';
import {
  BotsRepository,
  type BotFilter,
  type BotSort,
  type BotTerms,
  type SeenBot,
} from './bots.repository.js';

/** What is asked for. */
export interface BotRequest {
  name: string;
  description: string;
  role: string;
  blueprint: string;
  configuration: object;
  healing: HealingMode | null;
  paused: boolean;
  schedule: BotSchedule | null;
  replicas: number;
}

type PinnedBlueprint = Pick<BotTerms, 'manifest' | 'blueprint_sha256'>;

/** What people can want of a bot. */
export type BotAct = 'start' | 'stop' | 'restart';

/** Keeps the registry of bots: what people want of each; the reconciler sees to it. */
@Injectable()
export class BotsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: BotsRepository,
    private readonly blueprints: BlueprintLibrary,
    private readonly record: BotRecord,
    private readonly schedules: BotSchedules,
    private readonly revisions: BotRevisionsRepository,
  ) {}

  /** @throws BotsError `bot_not_found` */
  async get(id: string): Promise<SeenBot> {
    return found(await this.repository.find(this.dataSource.manager, id), id);
  }

  /** @throws InvalidCursor */
  list(filter: BotFilter, request: PageRequest<BotSort>): Promise<Page<SeenBot>> {
    return this.repository.page(this.dataSource.manager, filter, request);
  }

  /** How a bot came to where it is, the newest first. @throws BotsError `bot_not_found` */
  async history(id: string, limit: number): Promise<BotTransition[]> {
    await this.get(id);
    return this.repository.history(this.dataSource.manager, id, limit);
  }

  /**
   * Registers a bot, which does nothing until it is started. Its blueprint is pinned as it is now.
   * @throws BotsError `bot_exists`, `bot_invalid`, `blueprint_not_found`, `blueprint_invalid`; DocumentError
   */
  async create(id: string, request: BotRequest, caller: Caller): Promise<SeenBot> {
    const terms: BotTerms = {
      ...this.pinned(request, caller),
      desired_state: 'stopped',
      generation: 1,
      revision: 1,
      restart_generation: 1,
    };
    return this.dataSource.transaction(async (manager) => {
      if (!(await this.repository.insert(manager, id, caller.id, terms, caller.username))) throw taken(id);
      const made = found(await this.repository.find(manager, id), id);
      await this.revisions.add(manager, made.bot, caller.username);
      await this.schedules.follow(manager, made.bot, caller);
      await this.record.changed(manager, made.bot, 'bot.create', caller.username);
      return made;
    });
  }

  /**
   * Changes a bot. Another blueprint or configuration takes a new process; naming the blueprint pins it as it is now.
   * @throws as `create` does; BotsError `bot_not_found`; PreconditionFailedError
   */
  async update(id: string, change: Partial<BotRequest>, ifMatch: string, caller: Caller): Promise<SeenBot> {
    return this.dataSource.transaction(async (manager) => {
      const { bot } = found(await this.repository.find(manager, id, true), id);
      requireMatch(ifMatch, etagOf(bot.version));
      const replaces = change.blueprint !== undefined || change.configuration !== undefined;
      const terms: BotTerms = {
        ...termsOf(bot),
        ...change,
        ...(replaces && this.repinned(bot, change, caller)),
      };
      const isNew = replaces && !runsTheSame(bot, terms);
      if (replaces) terms.generation = bot.generation + 1;
      if (isNew) terms.revision = await this.revisions.next(manager, id);
      else if (replaces) terms.restart_generation = terms.generation;
      await this.repository.update(manager, id, terms);
      const changed = found(await this.repository.find(manager, id), id);
      if (isNew) await this.revisions.add(manager, changed.bot, caller.username);
      if (change.schedule !== undefined) await this.schedules.follow(manager, changed.bot, caller);
      await this.record.changed(manager, changed.bot, 'bot.update', caller.username);
      return changed;
    });
  }

  /**
   * Says that a bot is to run, to be stopped, or to run in another process. To want what is wanted already is no error, and
   * a bot that waits, has failed or is quarantined is started at once; where that is true of some of its replicas, these alone.
   * @throws BotsError `bot_not_found`
   */
  async act(id: string, act: BotAct, actor: string): Promise<SeenBot> {
    return this.dataSource.transaction(async (manager) => {
      const seen = found(await this.repository.find(manager, id, true), id);
      const { bot, state } = seen;
      const fresh = act === 'restart' || (act === 'start' && !isAlive(state.status));
      const desired = act === 'stop' ? ('stopped' as const) : ('running' as const);
      const revives = act === 'start' && !fresh && seen.instances.some(isDown);
      if (!fresh && !revives && desired === bot.desired_state) return seen;
      const terms = { ...termsOf(bot), desired_state: desired };
      if (fresh || revives) terms.generation = bot.generation + 1;
      if (fresh) terms.restart_generation = terms.generation;
      await this.repository.update(manager, id, terms);
      const moved = found(await this.repository.find(manager, id), id);
      await this.record.changed(manager, moved.bot, `bot.${act}`, actor);
      return moved;
    });
  }

  /** Has a bot have so many replicas. @throws BotsError `bot_not_found` */
  async scale(manager: EntityManager, id: string, replicas: number, actor: string): Promise<void> {
    const { bot } = found(await this.repository.find(manager, id, true), id);
    await this.repository.update(manager, id, { ...termsOf(bot), replicas });
    const changed = found(await this.repository.find(manager, id), id);
    await this.record.changed(manager, changed.bot, 'bot.scale', actor);
  }

  /** Ends the schedule of a bot whose setter may no longer run bots. @throws BotsError `bot_not_found` */
  async endSchedule(id: string, reason: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { bot } = found(await this.repository.find(manager, id, true), id);
      await this.schedules.end(manager, id);
      await this.repository.update(manager, id, { ...termsOf(bot), schedule: null });
      const changed = found(await this.repository.find(manager, id), id);
      await this.record.changed(manager, changed.bot, 'bot.schedule_end', 'system', { reason });
    });
  }

  /** Deletes a bot that is stopped, with its logs and its history. @throws BotsError `bot_not_found`, `bot_active` */
  async delete(id: string, actor: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { bot, state } = found(await this.repository.find(manager, id, true), id);
      if (bot.desired_state === 'running' || isAlive(state.status))
        throw new BotsError(
          'conflict',
          'bot_active',
          `the bot ${id} is ${state.status} and meant to be ${bot.desired_state}; stop it first`,
        );
      await this.schedules.end(manager, id);
      await this.repository.delete(manager, id);
      await this.record.deleted(manager, bot, actor);
    });
  }

  /** Why all bots are left as they are; undefined: they are not. */
  maintenance(): Promise<BotMaintenance | undefined> {
    return this.repository.maintenance(this.dataSource.manager);
  }

  /** Leaves all bots as they are, or goes on with them. @param reason null: go on */
  async maintain(reason: string | null, actor: string): Promise<BotMaintenance | undefined> {
    return this.dataSource.transaction(async (manager) => {
      if (reason === null) await this.repository.endMaintenance(manager);
      else await this.repository.beginMaintenance(manager, reason, actor);
      await this.record.maintained(manager, reason, actor);
      return this.repository.maintenance(manager);
    });
  }

  private pinned(request: BotRequest, caller: Caller): BotRequest & PinnedBlueprint {
    const { manifest, sha256 } = this.blueprints.read(request.blueprint);
    requireWithin(manifest, caller, 'blueprint');
    const configuration = checkConfiguration(manifest.configuration, request.configuration);
    return { ...request, manifest, blueprint_sha256: sha256, configuration };
  }

  /** A blueprint that is not named stays as it was pinned; who tells it what to do has to be allowed it all the same. */
  private repinned(bot: Bot, change: Partial<BotRequest>, caller: Caller): Partial<BotTerms> {
    const request = { ...termsOf(bot), ...change };
    if (change.blueprint !== undefined) {
      const { manifest, blueprint_sha256, configuration } = this.pinned(request, caller);
      return { manifest, blueprint_sha256, configuration };
    }
    requireWithin(bot.manifest, caller, 'configuration');
    return { configuration: checkConfiguration(bot.manifest.configuration, request.configuration) };
  }
}

/** Nobody has a bot do what he may not do himself. @throws BotsError naming the field that asks for it */
export function requireWithin({ permissions }: BlueprintManifest, caller: Caller, field: string): void {
  const beyond = permissions.filter((permission) => !caller.permissions.has(permission));
  if (beyond.length === 0) return;
  const message = `asks for permissions that you do not have: ${beyond.join(', ')}`;
  throw BotsError.fields([{ field, message }]);
}

export function termsOf(bot: Bot): BotTerms {
  return Object.assign({}, bot);
}

function runsTheSame(bot: Bot, terms: BotTerms): boolean {
  const fields = ['blueprint', 'blueprint_sha256', 'configuration'] as const;
  return fields.every((field) => isDeepStrictEqual(bot[field], terms[field]));
}

/** @throws BotsError `bot_not_found` */
export function found(bot: SeenBot | undefined, id: string): SeenBot {
  if (bot === undefined) throw BotsError.notFound('bot', id);
  return bot;
}

function taken(id: string): BotsError {
  const message = `there is a bot ${id}`;
  return new BotsError('conflict', 'bot_exists', message, [{ field: 'id', message }]);
}
