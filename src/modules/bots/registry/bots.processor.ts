import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { UserRights } from '../../auth/index.js';
import { HandlesJob, JobSchedules } from '../../jobs/index.js';
import { BotsError } from '../bots.errors.js';
import { isLastWord, type ScheduledAct } from './bot-schedules.js';
import { BotsService } from './bots.service.js';

/** Starts and stops bots when their time has come. */
@Injectable()
export class BotsProcessor {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly bots: BotsService,
    private readonly rights: UserRights,
    private readonly schedules: JobSchedules,
  ) {}

  @HandlesJob('bot.act')
  async act({ bot_id, act, actor, actor_id }: ScheduledAct): Promise<object> {
    try {
      const { bot } = await this.bots.get(bot_id);
      if (actor_id !== undefined && !(await this.mayStill(actor_id))) {
        const reason = `${actor}, who set the schedule, may no longer run bots; somebody who may has to set it again`;
        await this.bots.endSchedule(bot_id, reason);
        return { bot_id, desired_state: bot.desired_state, schedule_ended: reason };
      }
      const now = await this.schedules.now(this.dataSource.manager);
      if (!isLastWord(act, bot.schedule, now)) return { bot_id, desired_state: bot.desired_state };
      const moved = await this.bots.act(bot_id, act, actor);
      return { bot_id, desired_state: moved.bot.desired_state };
    } catch (error) {
      // It was deleted meanwhile.
      if (error instanceof BotsError && error.code === 'bot_not_found')
        return { bot_id, desired_state: null };
      throw error;
    }
  }

  private async mayStill(userId: string): Promise<boolean> {
    const permissions = await this.rights.of(this.dataSource.manager, userId);
    return permissions?.has('bots:run') === true;
  }
}
