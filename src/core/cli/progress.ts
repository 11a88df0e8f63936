import type { Job } from '@azt3knet/client';
import type { SingleBar } from 'cli-progress';
import type { Output } from './output.js';

/** What is shown of a job, and of other long work. */
export type Shown = Pick<Job, 'name' | 'status' | 'progress' | 'started_at' | 'finished_at'>;

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

function secondsOf(job: Shown, now: number): number {
  if (job.started_at === null) return 0;
  const end = job.finished_at === null ? now : Date.parse(job.finished_at);
  return Math.max(0, (end - Date.parse(job.started_at)) / 1000);
}

const BAR_PLACES = 20;

/** A line that redraws itself, with rate and time left. */
class ProgressBar implements ProgressView {
  private bar: SingleBar | undefined;
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
    const seconds = secondsOf(job, Date.now());
    this.bar.update(done, { rate: seconds > 0 ? Math.round(done / seconds) : 0 });
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

  constructor(private readonly output: Output) {}

  show(job: Shown): void {
    const now = Date.now();
    if (job.status === this.lastStatus && now - this.lastAt < LINE_MS) return;
    this.lastAt = now;
    this.lastStatus = job.status;
    this.output.note(progressLine(job, now));
  }

  stop(): void {}
}

/** `population.generate running 400/1000 (812/s, 1 s left)` */
export function progressLine(job: Shown, now: number): string {
  const { done } = job.progress;
  const total = job.progress.total ?? 0;
  const seconds = secondsOf(job, now);
  const rate = seconds > 0 ? done / seconds : 0;
  const left = rate > 0 && job.finished_at === null ? `, ${Math.ceil((total - done) / rate)} s left` : '';
  const amount = total > 0 ? ` ${done}/${total}` : '';
  return `${job.name} ${job.status}${amount}${rate > 0 ? ` (${Math.round(rate)}/s${left})` : ''}`;
}
