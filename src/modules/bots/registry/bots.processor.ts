import { Injectable } from '@nestjs/common';
import { HandlesJob } from '../../jobs/index.js';
import { BotsError } from '../bots.errors.js';
import { isLastWord, type ScheduledAct } from './bot-schedules.js';
import { BotsService } from './bots.service.js';

/** Starts and stops bots when their time has come. */
@Injectable()
export class BotsProcessor {
  constructor(private readonly bots: BotsService) {}

  @HandlesJob('bot.act')
  async act({ bot_id, act, actor }: ScheduledAct): Promise<object> {
    try {
      const { bot } = await this.bots.get(bot_id);
      if (!isLastWord(act, bot.schedule, new Date())) return { bot_id, desired_state: bot.desired_state };
      const moved = await this.bots.act(bot_id, act, actor);
      return { bot_id, desired_state: moved.bot.desired_state };
    } catch (error) {
      // It was deleted meanwhile.
      if (error instanceof BotsError && error.code === 'bot_not_found')
        return { bot_id, desired_state: null };
      throw error;
    }
  }
}
