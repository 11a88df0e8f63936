import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { CronExpressionParser } from 'cron-parser';
import { DataSource, type EntityManager } from 'typeorm';
import { AppError } from '../../core/errors/index.js';
import type { QueueKey } from '../../core/config/index.js';
import type { JobName } from './job-names.js';
import { JobsService } from './jobs.service.js';

/** What a schedule does for the times that went by while no worker ran: nothing, the last of them, or all. */
export type CatchUp = 'none' | 'last' | 'all';

/** Jobs to be accepted at times. */
export interface JobSchedule {
  /** Its own, such as `network.cleanup`. */
  name: string;
  /** Five fields, or six with seconds first. */
  cron: string;
  /** That the fields are read in, such as `America/Mexico_City`. */
  timezone: string;
  queue: QueueKey;
  job: JobName;
  payload: object;
  catchUp: CatchUp;
  /** Of `all`: no more than the latest so many. */
  catchUpLimit: number;
}

interface Row {
  name: string;
  cron: string;
  timezone: string;
  queue: QueueKey;
  job: JobName;
  payload: object;
  catch_up: CatchUp;
  catch_up_limit: number;
  next_at: Date;
  now: Date;
}

/** What is later than this was missed. */
const LATE_MS = 60_000;
/** Of the times that went by, so many are looked at. */
const MOST_PAST = 10_000;

/** The times of a cron expression after `after`, up to and with `until`. @throws AppError when there is no such time */
function timesBetween({ cron, timezone }: Pick<Row, 'cron' | 'timezone'>, after: Date, until: Date): Date[] {
  const times: Date[] = [];
  const expression = CronExpressionParser.parse(cron, { currentDate: after, tz: timezone });
  while (times.length < MOST_PAST) {
    const next = expression.next().toDate();
    if (next > until) break;
    times.push(next);
  }
  return times;
}

/** The first time of a cron expression after `after`. @throws AppError naming `cron` or `timezone` */
export function nextTime(cron: string, timezone: string, after: Date): Date {
  try {
    return CronExpressionParser.parse(cron, { currentDate: after, tz: timezone }).next().toDate();
  } catch (error) {
    throw new AppError(
      'invalid',
      'schedule_invalid',
      `the schedule cannot be read: ${(error as Error).message}`,
      [
        {
          field: 'cron',
          message: 'expected five fields of cron, or six with seconds first, and a time zone',
        },
      ],
    );
  }
}

/** Times that are looked at for the shortest of what lies between them. */
const LOOKED_AT = 120;

/** The shortest time between two of the next times of a cron expression, in seconds. @throws AppError as {@link nextTime} does */
export function shortestSeconds(cron: string, timezone: string, after: Date): number {
  let shortest = Infinity;
  let last = nextTime(cron, timezone, after);
  const expression = CronExpressionParser.parse(cron, { currentDate: last, tz: timezone });
  for (let n = 1; n < LOOKED_AT && expression.hasNext(); n += 1) {
    const next = expression.next().toDate();
    shortest = Math.min(shortest, (next.getTime() - last.getTime()) / 1_000);
    last = next;
  }
  return shortest;
}

/** The last time of a cron expression before `before`, which can be read. */
export function lastTime(cron: string, timezone: string, before: Date): Date {
  return CronExpressionParser.parse(cron, { currentDate: before, tz: timezone }).prev().toDate();
}

/** Which of the times that are due become jobs. */
export function timesToRun(
  times: readonly Date[],
  now: Date,
  catchUp: CatchUp,
  limit: number,
): readonly Date[] {
  const punctual = times.filter((time) => now.getTime() - time.getTime() <= LATE_MS);
  if (catchUp === 'all') return times.slice(-limit);
  return catchUp === 'last' && punctual.length === 0 ? times.slice(-1) : punctual;
}

/** Accepts jobs at times, each time once, whatever the number of workers. */
@Injectable()
export class JobSchedules {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly jobs: JobsService,
  ) {}

  /** Adds a schedule, or changes the one with its name; times before this moment are none of its. @throws AppError */
  async put(manager: EntityManager, schedule: JobSchedule): Promise<void> {
    const next = nextTime(schedule.cron, schedule.timezone, await this.now(manager));
    const { name, cron, timezone, queue, job, payload, catchUp, catchUpLimit } = schedule;
    await manager.query(
      `INSERT INTO job_schedules (name, cron, timezone, queue, job, payload, catch_up, catch_up_limit, next_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (name) DO UPDATE SET cron = $2, timezone = $3, queue = $4, job = $5, payload = $6, catch_up = $7,
         catch_up_limit = $8, next_at = CASE
           WHEN (job_schedules.cron, job_schedules.timezone) = ($2, $3) THEN job_schedules.next_at ELSE $9 END`,
      [name, cron, timezone, queue, job, JSON.stringify(payload), catchUp, catchUpLimit, next],
    );
  }

  /** The time by the clock that all schedules go by, which the one of this process may not agree with. */
  async now(manager: EntityManager): Promise<Date> {
    const [row] = await manager.query<{ now: Date }[]>('SELECT clock_timestamp() AS now');
    return (row as { now: Date }).now;
  }

  /** Ends a schedule; what it made goes on. */
  async remove(manager: EntityManager, name: string): Promise<void> {
    await manager.query('DELETE FROM job_schedules WHERE name = $1', [name]);
  }

  /** Accepts the jobs of all times that are due. */
  async fire(): Promise<void> {
    while (await this.dataSource.transaction((manager) => this.fireOne(manager)));
  }

  /** The row is the lock, and a job's `(schedule, due_at)` is one of a kind. @returns whether a schedule was due */
  private async fireOne(manager: EntityManager): Promise<boolean> {
    const [row] = await manager.query<Row[]>(
      `SELECT *, now() FROM job_schedules WHERE next_at <= now() AND NOT paused
       ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    if (row === undefined) return false;
    const past = timesBetween(row, new Date(row.next_at.getTime() - 1), row.now);
    const chosen = timesToRun(past, row.now, row.catch_up, row.catch_up_limit);
    if (chosen.length > 0) {
      await this.jobs.submitMany(
        manager,
        chosen.map((dueAt) => ({
          queue: row.queue,
          name: row.job,
          payload: row.payload,
          schedule: { name: row.name, dueAt },
        })),
      );
    }
    const next = nextTime(row.cron, row.timezone, past.at(-1) ?? row.now);
    await manager.query('UPDATE job_schedules SET next_at = $2 WHERE name = $1', [row.name, next]);
    return true;
  }
}
