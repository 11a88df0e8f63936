// Watches jobs, and raises alarms in its log and in its state.
import { Bot } from '@azt3knet/bot-sdk';

interface Configuration {
  interval_seconds: number;
  failed_jobs: number;
  waiting_jobs: number;
}

interface Job {
  job_id: string;
  status: string;
  progress: { done: number };
}

interface Alarm {
  kind: 'failures' | 'backlog' | 'standstill';
  message: string;
}

const bot = new Bot<Configuration>();
const { interval_seconds, failed_jobs, waiting_jobs } = bot.configuration;

/** Jobs that have failed, by their ids, as they were seen at the last look; undefined at the first. */
let failedBefore: Set<string> | undefined;
/** How far each running job was, and at how many looks it has been there. */
const stands = new Map<string, { done: number; looks: number }>();
const STANDSTILL_LOOKS = 30;
let alarms: Alarm[] = [];

async function jobs(status: string): Promise<Job[]> {
  const { jobs: found } = await bot.api<{ jobs: Job[] }>('GET', `/api/v1/jobs?status=${status}&limit=1000`);
  return found;
}

async function look(): Promise<Alarm[]> {
  const found: Alarm[] = [];
  const failed = new Set((await jobs('failed')).map(({ job_id }) => job_id));
  const fresh = failedBefore === undefined ? 0 : [...failed].filter((id) => !failedBefore?.has(id)).length;
  failedBefore = failed;
  if (fresh >= failed_jobs) found.push({ kind: 'failures', message: `${fresh} jobs have failed` });
  const { length: waiting } = await jobs('queued');
  if (waiting >= waiting_jobs) found.push({ kind: 'backlog', message: `${waiting} jobs wait` });
  const running = await jobs('running');
  for (const { job_id, progress } of running) {
    const before = stands.get(job_id);
    const looks = before?.done === progress.done ? before.looks + 1 : 0;
    stands.set(job_id, { done: progress.done, looks });
    if (looks >= STANDSTILL_LOOKS)
      found.push({ kind: 'standstill', message: `job ${job_id} makes no progress` });
  }
  const present = new Set(running.map(({ job_id }) => job_id));
  for (const id of stands.keys()) if (!present.has(id)) stands.delete(id);
  return found;
}

bot.command('alarms', () => ({ alarms }));

await bot.run(async () => {
  bot.log.info('watching');
  while (!bot.stopping.aborted) {
    bot.working = true;
    try {
      alarms = await look();
      for (const { kind, message } of alarms) bot.log.warn(message, { alarm: kind });
    } catch (error) {
      bot.log.warn(`the jobs could not be read: ${(error as Error).message}`);
    }
    bot.working = false;
    bot.progress += 1;
    bot.activity = alarms.length === 0 ? 'all is well' : `${alarms.length} alarms`;
    await bot.sleep(interval_seconds);
  }
});
