import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '../../../core/errors/index.js';
import type { Caller } from '../../../core/http/index.js';
import { JobSchedules, lastTime, shortestSeconds } from '../../jobs/index.js';
import { BotsError } from '../bots.errors.js';
import type { Bot } from './bot.entity.js';
import type { BotSchedule } from './bot.rules.js';

const ACTS = ['start', 'stop'] as const;
/** A bot is started, or stopped, no more often than once in so many seconds. */
const LEAST_SECONDS = 60;

/** What a job of a schedule is to do. */
export interface ScheduledAct {
  bot_id: string;
  act: (typeof ACTS)[number];
  /** Who has set the schedule: it is followed as long as he may. */
  actor: string;
  /** Absent where it was set by an earlier version. */
  actor_id?: string;
}

/** Starts and stops bots at times: by schedules of jobs, each time once, whatever the number of workers. */
@Injectable()
export class BotSchedules {
  constructor(private readonly schedules: JobSchedules) {}

  /**
   * Makes the schedules of a bot what it says.
   * @param caller who sets it
   * @throws BotsError `bot_invalid` naming the field that cannot be read, comes too often, or needs the permission to run bots
   */
  async follow(
    manager: EntityManager,
    { id, schedule }: Bot,
    caller: Pick<Caller, 'id' | 'username' | 'permissions'>,
  ): Promise<void> {
    if (schedule !== null && !caller.permissions.has('bots:run'))
      throw BotsError.fields([{ field: 'schedule', message: 'needs the permission bots:run' }]);
    for (const act of ACTS) {
      const name = nameOf(id, act);
      const cron = schedule?.[act] ?? null;
      if (schedule === null || cron === null) {
        await this.schedules.remove(manager, name);
        continue;
      }
      const { timezone } = schedule;
      requireReadable(act, cron, timezone);
      const payload: ScheduledAct = { bot_id: id, act, actor: caller.username, actor_id: caller.id };
      await this.schedules.put(manager, {
        name,
        cron,
        timezone,
        queue: 'content',
        job: 'bot.act',
        payload,
        // What a bot should have been is not what it is to be: the last word counts.
        catchUp: 'last',
        catchUpLimit: 1,
      });
    }
  }

  /** Ends the schedules of a bot. */
  async end(manager: EntityManager, id: string): Promise<void> {
    for (const act of ACTS) await this.schedules.remove(manager, nameOf(id, act));
  }
}

/** Whether nothing else was to be done since: times that were missed may come together, in any order. */
export function isLastWord(act: ScheduledAct['act'], schedule: BotSchedule | null, now: Date): boolean {
  const own = schedule?.[act] ?? null;
  if (schedule === null || own === null) return false;
  const other = schedule[act === 'start' ? 'stop' : 'start'];
  const { timezone } = schedule;
  return other === null || lastTime(own, timezone, now) >= lastTime(other, timezone, now);
}

function nameOf(id: string, act: string): string {
  return `bots.${id}.${act}`;
}

function requireReadable(act: string, cron: string, timezone: string): void {
  try {
    if (shortestSeconds(cron, timezone, new Date()) < LEAST_SECONDS)
      throw BotsError.fields([
        {
          field: `schedule.${act}`,
          message: `comes more than once in ${LEAST_SECONDS} seconds, which is too often`,
        },
      ]);
  } catch (error) {
    if (error instanceof BotsError) throw error;
    if (!(error instanceof AppError)) throw error;
    const message = `must be five fields of cron, or six with seconds first, with a time zone: ${error.message}`;
    throw BotsError.fields([{ field: `schedule.${act}`, message: message.slice(0, 300) }]);
  }
}
