import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { AppError } from '../../../core/errors/index.js';
import { BotTokens } from '../../auth/index.js';
import { BlueprintLibrary, type Blueprint } from '../blueprints/blueprint-library.js';
import { Executor, LaunchRefused, type Running, type Started } from '../executor/executor.js';
import { BotGateway } from '../gateway/bot-gateway.js';
import type { Bot } from '../registry/bot.entity.js';
import type { Ward } from './ward.js';

/** A token is renewed when this part of its life is over. */
const RENEW_AFTER = 0.5;

/** Starts processes of bots: only of a blueprint that is what was pinned, and with a token of its own. */
@Injectable()
export class Launcher {
  private readonly tokenSeconds: number;

  constructor(
    @Inject(CONFIG) { bots }: Config,
    private readonly blueprints: BlueprintLibrary,
    private readonly tokens: BotTokens,
    private readonly executor: Executor,
    private readonly gateway: BotGateway,
  ) {
    this.tokenSeconds = bots.tokenMinutes * 60;
  }

  /** The blueprint of a bot, verified. @throws LaunchRefused */
  verify({ blueprint, blueprint_sha256: pinned }: Bot): Blueprint {
    const found = this.read(blueprint);
    if (found.sha256 !== pinned)
      throw new LaunchRefused(
        'BlueprintChanged',
        `${blueprint} has the SHA-256 ${found.sha256} and not ${pinned}, which was pinned: name the blueprint in a PATCH to pin it anew`,
      );
    return found;
  }

  newInstance(): string {
    return randomUUID();
  }

  /** @throws LaunchRefused */
  async start(ward: Ward, instance: string, blueprint: Blueprint): Promise<Started> {
    const { owner_id, configuration } = ward.bot;
    const token = await this.tokens.sign(owner_id, instance, this.tokenSeconds);
    ward.tokens = [token];
    ward.tokenAt = Date.now();
    return this.executor.start({ ...ward.slot, instance, blueprint, configuration, token });
  }

  /** Sees to it that a bot can call: its socket, where it has one, and its token. */
  async keepLine(ward: Ward): Promise<void> {
    const { running } = ward;
    const socket = running && this.executor.socketOf(running);
    if (socket === undefined) this.gateway.close(ward);
    else await this.gateway.open(ward, socket);
    if (running !== undefined) await this.renew(ward, running);
  }

  /** Gives a bot another token in time. */
  private async renew(ward: Ward, running: Running): Promise<void> {
    const { bot, tokenAt } = ward;
    if (Date.now() - tokenAt < this.tokenSeconds * 1_000 * RENEW_AFTER) return;
    const token = await this.tokens.sign(bot.owner_id, running.instance, this.tokenSeconds);
    await this.executor.renewToken(running, token);
    ward.tokens = [token, ...ward.tokens.slice(0, 1)];
    ward.tokenAt = Date.now();
  }

  private read(path: string): Blueprint {
    try {
      return this.blueprints.read(path);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const reason = error.kind === 'not_found' ? 'BlueprintMissing' : 'BlueprintInvalid';
      throw new LaunchRefused(reason, error.message);
    }
  }
}
