// Watches jobs. An alarm is raised once, stands until what raised it has ended, and is kept from one process to the next.
import { Bot } from '@azt3knet/bot-sdk';

interface Configuration {
  interval_seconds: number;
  failed_jobs: number;
  failure_minutes: number;
  waiting_jobs: number;
  standstill_minutes: number;
}

interface Job {
  job_id: string;
  progress: { done: number };
  finished_at: string | null;
}

interface Alarm {
  kind: 'failures' | 'backlog' | 'standstill';
  /** Of a standstill. */
  job_id?: string;
  message: string;
  /** When it was raised. */
  since: string;
}

/** How far a running job was when it last made progress, as far as was seen. */
interface Stand {
  done: number;
  since: number;
}

const MINUTE = 60_000;
const bot = new Bot<Configuration>();
const { interval_seconds, failed_jobs, failure_minutes, waiting_jobs, standstill_minutes } =
  bot.configuration;

let alarms: Alarm[] = [];
let stands: Record<string, Stand> = {};

async function jobs(status: string): Promise<Job[]> {
  const { jobs: found } = await bot.api<{ jobs: Job[] }>('GET', `/api/v1/jobs?status=${status}&limit=1000`);
  return found;
}

/** What is out of the usual now. */
async function look(now: number): Promise<Omit<Alarm, 'since'>[]> {
  const found: Omit<Alarm, 'since'>[] = [];
  const failed = (await jobs('failed')).filter(
    ({ finished_at }) => finished_at !== null && now - Date.parse(finished_at) < failure_minutes * MINUTE,
  );
  if (failed.length >= failed_jobs)
    found.push({ kind: 'failures', message: `${failed.length} jobs failed in ${failure_minutes} minutes` });
  const { length: waiting } = await jobs('queued');
  if (waiting >= waiting_jobs) found.push({ kind: 'backlog', message: `${waiting} jobs wait` });
  const running = await jobs('running');
  stands = Object.fromEntries(
    running.map(({ job_id, progress: { done } }) => {
      const before = stands[job_id];
      return [job_id, before?.done === done ? before : { done, since: now }];
    }),
  );
  for (const [job_id, { since }] of Object.entries(stands)) {
    if (now - since >= standstill_minutes * MINUTE)
      found.push({ kind: 'standstill', job_id, message: `job ${job_id} makes no progress` });
  }
  return found;
}

function isSame(one: Omit<Alarm, 'since'>, other: Omit<Alarm, 'since'>): boolean {
  return one.kind === other.kind && one.job_id === other.job_id;
}

/** Raises what is new, and lets go of what has ended. */
function update(found: readonly Omit<Alarm, 'since'>[], now: number): void {
  const before = alarms;
  alarms = found.map((each) => {
    const standing = before.find((alarm) => isSame(alarm, each));
    if (standing === undefined) bot.log.warn(each.message, { alarm: each.kind });
    return { ...each, since: standing?.since ?? new Date(now).toISOString() };
  });
  for (const alarm of before) {
    if (!alarms.some((each) => isSame(each, alarm)))
      bot.log.info(`over: ${alarm.message}`, { alarm: alarm.kind, since: alarm.since });
  }
}

bot.command('alarms', () => ({ alarms }));

await bot.run(async () => {
  const kept = (await bot.state()) as { alarms: Alarm[]; stands: Record<string, Stand> } | null;
  alarms = kept?.alarms ?? [];
  stands = kept?.stands ?? {};
  bot.log.info('watching');
  while (!bot.stopping.aborted) {
    bot.working = true;
    try {
      const now = Date.now();
      update(await look(now), now);
      await bot.keep({ alarms, stands });
    } catch (error) {
      bot.log.warn(`the jobs could not be read: ${(error as Error).message}`);
    }
    bot.working = false;
    bot.progress += 1;
    bot.activity = alarms.length === 0 ? 'all is well' : `${alarms.length} alarms`;
    await bot.sleep(interval_seconds);
  }
});
