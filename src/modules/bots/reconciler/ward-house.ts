import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CommandInbox } from '../commands/command-inbox.js';
import { Executor, type Running } from '../executor/executor.js';
import { BotGateway } from '../gateway/bot-gateway.js';
import type { BotInstance, BotRevision } from '../registry/bot-instance.entity.js';
import { isAlive } from '../registry/bot.rules.js';
import type { SeenBot } from '../registry/bots.repository.js';
import { BotRevisionsRepository } from '../registry/revisions.repository.js';
import { Crew } from './crew.js';
import { BotStatesRepository } from './states.repository.js';

/** The bots that this process looks after. */
@Injectable()
export class WardHouse {
  private readonly crews = new Map<string, Crew>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly states: BotStatesRepository,
    private readonly revisions: BotRevisionsRepository,
    private readonly executor: Executor,
    private readonly gateway: BotGateway,
    private readonly inbox: CommandInbox,
  ) {}

  get all(): Crew[] {
    return [...this.crews.values()];
  }

  /** Takes on bots that are new or changed, and lets go of those that are not ours any more. */
  async gather(): Promise<Crew[]> {
    const { manager } = this.dataSource;
    const { host } = this.executor;
    await this.states.claim(manager, host);
    const versions = new Map(
      (await this.states.versions(manager, host)).map(({ id, version }) => [id, version]),
    );
    for (const [id, crew] of this.crews) if (!versions.has(id)) await this.letGo(crew);
    const changed = [...versions.keys()].filter((id) => this.crews.get(id)?.bot.version !== versions.get(id));
    if (changed.length > 0) await this.take(changed);
    if (this.crews.size > 0) await this.inbox.refresh([...this.crews.keys()]);
    return this.all;
  }

  /** Ends what runs of a bot that is gone, or that another has taken. */
  async letGo(crew: Crew): Promise<void> {
    this.forget(crew);
    for (const { running } of crew.all) if (running !== undefined) await this.executor.kill(running);
  }

  /** Leaves all of them to another process, as they are. */
  leave(): void {
    for (const crew of this.all) this.forget(crew);
  }

  private forget(crew: Crew): void {
    this.crews.delete(crew.id);
    for (const ward of crew.all) this.gateway.close(ward);
  }

  private async take(ids: readonly string[]): Promise<void> {
    const { manager } = this.dataSource;
    const loaded = await this.states.load(manager, ids);
    const revisions = await this.revisions.inUse(manager, ids);
    for (const seen of loaded) {
      const others = revisions.filter(({ bot_id }) => bot_id === seen.bot.id);
      const known = this.crews.get(seen.bot.id);
      if (known === undefined) await this.adopt(seen, others);
      else known.want(seen.bot, others);
    }
  }

  /** Takes over what runs already: by its handle, or by the mark of its instance. */
  private async adopt({ bot, state, instances }: SeenBot, revisions: readonly BotRevision[]): Promise<void> {
    // What nobody did while nobody looked is not late.
    const progress_at = state.progress_at && new Date();
    const crew = new Crew(bot, Object.assign({}, state, { progress_at }));
    crew.want(bot, revisions);
    const found: [BotInstance, Running | undefined][] = [];
    for (const each of instances) found.push([each, await this.runningOf(each)]);
    // Not before it is known what runs: what seems to run nowhere is started.
    this.crews.set(bot.id, crew);
    for (const [instance, running] of found) {
      const ward = crew.add(instance);
      if (running === undefined) continue;
      ward.begin(running, Date.now());
      // Nobody could hear it meanwhile.
      if (instance.last_heartbeat !== null) ward.lastBeatAt = Date.now();
      const token = this.executor.tokenOf(ward.slot);
      if (token !== undefined) ward.tokens = [token];
    }
  }

  private async runningOf(one: BotInstance): Promise<Running | undefined> {
    const { bot_id: botId, ordinal, status, instance, handle } = one;
    if (!isAlive(status) || instance === null) return undefined;
    return handle === null
      ? this.executor.find({ botId, ordinal }, instance)
      : { botId, ordinal, instance, handle };
  }
}
