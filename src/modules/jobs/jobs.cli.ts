import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import type { Cli, Output } from '../../core/cli/index.js';
import { AppError } from '../../core/errors/index.js';
import { jobDto } from './dto/job.dto.js';
import type { Job } from './job.entity.js';
import { isFinished, JobsService } from './jobs.service.js';

/** A job that this command waited for did not complete. */
export class JobNotCompletedError extends AppError {
  constructor(job: Job) {
    const reason = job.error === null ? '' : `: ${job.error.message}`;
    super(
      job.status === 'cancelled' ? 'conflict' : 'refused',
      job.error?.code ?? 'job_cancelled',
      `${job.name} was ${job.status}${reason}`,
    );
  }
}

/** Shows one job after the other until all are finished; Ctrl-C cancels them. @throws JobNotCompletedError */
export async function followJobs(cli: Cli, jobs: JobsService, ids: readonly string[]): Promise<Job[]> {
  const cancel = async (): Promise<void> => {
    await Promise.allSettled(ids.map((id) => jobs.cancel(id)));
  };
  return cli.interruptible(cancel, async () => {
    const finished: Job[] = [];
    for (const id of ids) {
      const job = await followJob(cli.output, jobs, id);
      if (job.status !== 'completed') throw new JobNotCompletedError(job);
      finished.push(job);
    }
    return finished;
  });
}

async function followJob(output: Output, jobs: JobsService, id: string): Promise<Job> {
  const view = output.interactive ? new ProgressBar() : new ProgressLines(output);
  let last: Job | undefined;
  for await (const job of jobs.watch(id)) {
    last = job;
    view.show(job);
  }
  return last as Job;
}

function progressOf(job: Job): { done: number; total: number } {
  return { done: Number(job.progress_done), total: Number(job.progress_total ?? 0) };
}

/** A line that redraws itself, with rate and time left. */
class ProgressBar {
  private bar: SingleBar | undefined;

  show(job: Job): void {
    const { done, total } = progressOf(job);
    if (total > 0) {
      this.bar ??= this.start(job, total);
      const seconds = (Date.now() - (job.started_at?.getTime() ?? Date.now())) / 1000;
      this.bar.update(done, { rate: seconds > 0 ? Math.round(done / seconds) : 0 });
    }
    if (isFinished(job)) this.bar?.stop();
  }

  private start(job: Job, total: number): SingleBar {
    const bar = new SingleBar({
      format: `${job.name.padEnd(20)} {bar} {percentage}%  {value}/{total}  {rate}/s  {eta_formatted} left`,
      barsize: 20,
      stream: process.stderr,
      hideCursor: true,
    });
    bar.start(total, 0, { rate: 0 });
    return bar;
  }
}

const LINE_MS = 1_000;

/** Plain lines for logs and pipes: the start, about one a second, the end. */
class ProgressLines {
  private lastAt = 0;
  private lastStatus = '';

  constructor(private readonly output: Output) {}

  show(job: Job): void {
    const now = Date.now();
    if (job.status === this.lastStatus && now - this.lastAt < LINE_MS) return;
    this.lastAt = now;
    this.lastStatus = job.status;
    this.output.note(progressLine(job, now));
  }
}

/** `population.generate running 400/1000 (812/s, 1 s left)` */
export function progressLine(job: Job, now: number): string {
  const { done, total } = progressOf(job);
  const seconds =
    job.started_at === null ? 0 : ((job.finished_at?.getTime() ?? now) - job.started_at.getTime()) / 1000;
  const rate = seconds > 0 ? done / seconds : 0;
  const left = rate > 0 && !isFinished(job) ? `, ${Math.ceil((total - done) / rate)} s left` : '';
  const amount = total > 0 ? ` ${done}/${total}` : '';
  return `${job.name} ${job.status}${amount}${rate > 0 ? ` (${Math.round(rate)}/s${left})` : ''}`;
}

function uuid(text: string): string {
  if (!z.uuid().safeParse(text).success) throw new InvalidArgumentError('expected a UUID.');
  return text.toLowerCase();
}

function describe(output: Output, job: Job): string {
  const { done, total } = progressOf(job);
  return output.pairs([
    ['job', job.id],
    ['name', job.name],
    ['status', job.status],
    ['progress', total > 0 ? `${done}/${total}` : '-'],
    ['attempts', String(job.attempts)],
    ...(job.error === null ? [] : [['error', job.error.message] as const]),
    ...Object.entries(job.links),
  ]);
}

export function registerJobCommands(program: Command, cli: Cli): void {
  const jobs = program.command('jobs').description('long work');
  jobs
    .command('status')
    .description('show the status, progress and result of a job')
    .argument('<id>', 'id of the job', uuid)
    .action(async (id: string) => {
      const service = await cli.service(JobsService);
      const job = await service.get(id);
      cli.output.result(jobDto(job), describe(cli.output, job));
    });
  jobs
    .command('cancel')
    .description('cancel a job and those that wait for it')
    .argument('<id>', 'id of the job', uuid)
    .action(async (id: string) => {
      const service = await cli.service(JobsService);
      const job = await service.cancel(id);
      cli.output.result(jobDto(job), describe(cli.output, job));
    });
}
