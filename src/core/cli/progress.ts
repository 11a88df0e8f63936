import type { Job } from '@azt3knet/client';
import type { SingleBar } from 'cli-progress';
import type { Output } from './output.js';

/** What is shown of a job, and of other long work. */
export type Shown = Pick<Job, 'name' | 'status' | 'progress' | 'started_at' | 'finished_at'> &
  Partial<Pick<Job, 'attempts'>> & {
    /** Whether some of it was done before it was started. */
    goesOn?: boolean;
  };

/** Shows a job whenever it is looked at. */
export interface ProgressView {
  show(job: Shown): void;
  /** Leaves the terminal as it was; to be called however it ends. */
  stop(): void;
}

/** A bar for a terminal, lines for a log. */
export async function progressView(output: Output): Promise<ProgressView> {
  if (!output.interactive) return new ProgressLines(output);
  const { SingleBar: Bar } = await import('cli-progress');
  return new ProgressBar(Bar);
}

/** How fast a job goes: what an earlier attempt had done does not count. */
export class Pace {
  private since: { done: number; at: number } | undefined;
  private attempt = 1;

  /** @returns units a second, since a first attempt began, or since a later one was looked at first; 0 where it is not known */
  of(job: Shown, now: number): number {
    const { done, total } = job.progress;
    const { attempts = 1, goesOn = false } = job;
    if (attempts !== this.attempt) this.since = undefined;
    this.attempt = attempts;
    // A later attempt has not said where it goes on.
    if (job.started_at === null || (attempts > 1 && total === null)) return 0;
    const isFirst = attempts <= 1 && !goesOn;
    this.since ??= isFirst ? { done: 0, at: Date.parse(job.started_at) } : { done, at: now };
    const end = job.finished_at === null ? now : Date.parse(job.finished_at);
    const seconds = (end - this.since.at) / 1000;
    return seconds > 0 ? Math.max(0, done - this.since.done) / seconds : 0;
  }
}

/** `attempt 2`; of a first attempt nothing. */
function attemptText({ status, attempts = 1 }: Shown): string {
  return status === 'running' && attempts > 1 ? `attempt ${attempts}` : '';
}

const BAR_PLACES = 20;

/** A line that redraws itself, with rate and time left. */
class ProgressBar implements ProgressView {
  private bar: SingleBar | undefined;
  private readonly pace = new Pace();
  private stopped = false;
  // The cursor and the wrapping of lines are switched off meanwhile; no way out may leave them so.
  private readonly restore = (): void => this.stop();

  constructor(private readonly type: new (options: object) => SingleBar) {
    process.once('exit', this.restore);
  }

  show(job: Shown): void {
    const { done, total } = job.progress;
    const pace = this.pace.of(job, Date.now());
    if (this.stopped) return;
    if (total !== null && total > 0) this.bar ??= this.start(job, total);
    const said = [paceText(job, pace), attemptText(job)].filter((part) => part !== '');
    this.bar?.update(done, { pace: said.join('  ') });
  }

  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    process.off('exit', this.restore);
    this.bar?.stop();
  }

  private start(job: Shown, total: number): SingleBar {
    const bar = new this.type({
      format: `${job.name.padEnd(20)} {bar} {percentage}%  {value}/{total}  {pace}`,
      barsize: BAR_PLACES,
      stream: process.stderr,
      hideCursor: true,
      gracefulExit: false,
    });
    bar.start(total, 0, { pace: '' });
    return bar;
  }
}

/** `812/s  1m05s left`; nothing while no rate is known, and no time left once it is over. @param rate units a second; 0: not known */
export function paceText({ progress: { done, total }, finished_at }: Shown, rate: number): string {
  if (rate <= 0) return '';
  const left =
    finished_at === null && total !== null ? `  ${timeText(Math.ceil((total - done) / rate))} left` : '';
  return `${rateText(rate)}/s${left}`;
}

/** Whole units, or a digit of less than one. */
function rateText(rate: number): string {
  return String(rate < 1 ? Number(rate.toPrecision(1)) : Math.round(rate));
}

function two(count: number): string {
  return String(Math.floor(count)).padStart(2, '0');
}

/** `5s`, `1m05s`, `2h03m` */
function timeText(seconds: number): string {
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m${two(seconds % 60)}s`;
  return `${Math.floor(seconds / 3_600)}h${two((seconds % 3_600) / 60)}m`;
}

const LINE_MS = 1_000;

/** Plain lines for logs and pipes: the start, about one a second, the end. */
class ProgressLines implements ProgressView {
  private lastAt = 0;
  private lastStatus = '';
  private readonly pace = new Pace();

  constructor(private readonly output: Output) {}

  show(job: Shown): void {
    const now = Date.now();
    if (job.status === this.lastStatus && now - this.lastAt < LINE_MS) return;
    this.lastAt = now;
    this.lastStatus = job.status;
    this.output.note(progressLine(job, this.pace.of(job, now)));
  }

  stop(): void {}
}

/** `population.generate running 400/1000 (812/s, 1 s left)`, `… running, attempt 2 400/1000`. @param rate units a second; 0: not known */
export function progressLine(job: Shown, rate: number): string {
  const { done } = job.progress;
  const total = job.progress.total ?? 0;
  const left = rate > 0 && job.finished_at === null ? `, ${Math.ceil((total - done) / rate)} s left` : '';
  const amount = total > 0 ? ` ${done}/${total}` : '';
  const attempt = attemptText(job);
  return `${job.name} ${job.status}${attempt === '' ? '' : `, ${attempt}`}${amount}${rate > 0 ? ` (${rateText(rate)}/s${left})` : ''}`;
}
