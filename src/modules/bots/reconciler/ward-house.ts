import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CommandInbox } from '../commands/command-inbox.js';
import { Executor, type Running } from '../executor/executor.js';
import { BotGateway } from '../gateway/bot-gateway.js';
import { isAlive } from '../registry/bot.rules.js';
import { BotStatesRepository } from './states.repository.js';
import { Ward } from './ward.js';

/** The bots that this process looks after. */
@Injectable()
export class WardHouse {
  private readonly wards = new Map<string, Ward>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly states: BotStatesRepository,
    private readonly executor: Executor,
    private readonly gateway: BotGateway,
    private readonly inbox: CommandInbox,
  ) {}

  get all(): Ward[] {
    return [...this.wards.values()];
  }

  /** Takes on bots that are new or changed, and lets go of those that are not ours any more. */
  async gather(): Promise<Ward[]> {
    const { manager } = this.dataSource;
    const versions = new Map(
      (await this.states.versions(manager, this.executor.host)).map(({ id, version }) => [id, version]),
    );
    for (const [id, ward] of this.wards) if (!versions.has(id)) await this.letGo(ward);
    const changed = [...versions.keys()].filter((id) => this.wards.get(id)?.bot.version !== versions.get(id));
    const loaded = changed.length === 0 ? [] : await this.states.load(manager, changed);
    for (const { bot, state } of loaded) {
      const known = this.wards.get(bot.id);
      if (known === undefined) await this.adopt(new Ward(bot, state));
      else known.bot = bot;
    }
    if (this.wards.size > 0) await this.inbox.refresh([...this.wards.keys()]);
    return this.all;
  }

  /** Ends what runs of a bot that is gone, or that another has taken. */
  async letGo(ward: Ward): Promise<void> {
    this.forget(ward);
    if (ward.running !== undefined) await this.executor.kill(ward.running);
  }

  /** Leaves all of them to another process, as they are. */
  leave(): void {
    for (const ward of this.all) this.forget(ward);
  }

  private forget({ id }: Ward): void {
    this.wards.delete(id);
    this.gateway.close(id);
  }

  /** Takes over what runs already: by its handle, or by the mark of its instance. */
  private async adopt(ward: Ward): Promise<void> {
    const { state, id } = ward;
    const { instance, handle } = state;
    const isOurs = isAlive(state.status) && state.host === this.executor.host;
    let running: Running | undefined;
    if (isOurs && instance !== null)
      running = handle === null ? await this.executor.find(id, instance) : { botId: id, instance, handle };
    // Not before it is known what runs: what seems to run nowhere is started.
    this.wards.set(id, ward);
    if (running === undefined) return;
    ward.begin(running, Date.now());
    // Nobody could hear it meanwhile.
    if (state.last_heartbeat !== null) ward.lastBeatAt = Date.now();
    const token = this.executor.tokenOf(id);
    if (token !== undefined) ward.tokens = [token];
  }
}
