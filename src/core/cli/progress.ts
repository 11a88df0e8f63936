import type { Job } from '@azt3knet/client';
import type { SingleBar } from 'cli-progress';
import type { Output } from './output.js';

/** What is shown of a job, and of other long work. */
export type Shown = Pick<Job, 'name' | 'status' | 'progress' | 'started_at' | 'finished_at'> &
  Partial<Pick<Job, 'attempts'>>;

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

  /** @returns units a second, since a first attempt began, or since a later one was looked at first */
  of(job: Shown, now: number): number {
    const { done } = job.progress;
    if (job.started_at === null) return 0;
    const isFirst = (job.attempts ?? 1) <= 1;
    this.since ??= isFirst ? { done: 0, at: Date.parse(job.started_at) } : { done, at: now };
    const end = job.finished_at === null ? now : Date.parse(job.finished_at);
    const seconds = (end - this.since.at) / 1000;
    return seconds > 0 ? Math.max(0, done - this.since.done) / seconds : 0;
  }
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
    if (this.stopped || total === null || total === 0) return;
    this.bar ??= this.start(job, total);
    this.bar.update(done, { rate: Math.round(this.pace.of(job, Date.now())) });
  }

  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    process.off('exit', this.restore);
    this.bar?.stop();
  }

  private start(job: Shown, total: number): SingleBar {
    const bar = new this.type({
      format: `${job.name.padEnd(20)} {bar} {percentage}%  {value}/{total}  {rate}/s  {eta_formatted} left`,
      barsize: BAR_PLACES,
      stream: process.stderr,
      hideCursor: true,
      gracefulExit: false,
    });
    bar.start(total, 0, { rate: 0 });
    return bar;
  }
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

/** `population.generate running 400/1000 (812/s, 1 s left)` @param rate units a second; 0: not known */
function progressLine(job: Shown, rate: number): string {
  const { done } = job.progress;
  const total = job.progress.total ?? 0;
  const left = rate > 0 && job.finished_at === null ? `, ${Math.ceil((total - done) / rate)} s left` : '';
  const amount = total > 0 ? ` ${done}/${total}` : '';
  return `${job.name} ${job.status}${amount}${rate > 0 ? ` (${Math.round(rate)}/s${left})` : ''}`;
}
