import { Injectable } from '@nestjs/common';
import type { Permission } from '../../../core/http/index.js';
import { TokenInvalidError } from '../auth.errors.js';
import { TokenService } from './token.service.js';

/** A process of a bot that may call the API. */
export interface KnownBot {
  botId: string;
  /** Which of its instances. */
  ordinal: number;
  /** At most, and never more than its owner has. */
  permissions: readonly Permission[];
}

/** Says which bot a process is; undefined when it does not run any more. */
type FindBot = (instance: string) => Promise<KnownBot | undefined>;

/** Access tokens of bots, which call the API for the user who made them. The module of bots tells which of them run. */
@Injectable()
export class BotTokens {
  private find: FindBot | undefined;

  constructor(private readonly tokens: TokenService) {}

  register(find: FindBot): void {
    this.find = find;
  }

  /** A token for one process of a bot. @param ownerId the user whom it acts for @param seconds how long it holds */
  sign(ownerId: string, instance: string, seconds: number): Promise<string> {
    return this.tokens.sign({ sub: ownerId, bot: instance }, 'access', seconds);
  }

  /** Whose token this is, and of which process; undefined when it is no bot's, has expired, or its process has ended. */
  async read(token: string): Promise<(KnownBot & { instance: string }) | undefined> {
    try {
      const { bot } = await this.tokens.verify(token, 'access');
      const known = bot === undefined ? undefined : await this.holder(bot);
      return known && { ...known, instance: bot as string };
    } catch (error) {
      if (error instanceof TokenInvalidError) return undefined;
      throw error;
    }
  }

  /** The bot that shows a token; undefined when its process has ended. */
  async holder(instance: string): Promise<KnownBot | undefined> {
    return this.find?.(instance);
  }
}
