import { randomBytes } from 'node:crypto';
import { hostname, totalmem } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Inject, Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { CONFIG, type Config, type QueueKey } from '../../../core/config/index.js';
import { JobPumps } from '../job-pumps.js';
import { JobRunner } from '../job-runner.js';
import { WorkerPresence } from '../worker-presence.js';
import type { WorkerPhase } from './worker.entity.js';
import { WorkersRepository, type Wanted } from './workers.repository.js';

const BEAT_MS = 1_000;
const MB = 2 ** 20;

/** Says every second in the database how this worker is, and does what it finds is wanted of it. */
@Injectable()
export class WorkerRegistry {
  /** What people see of the process. */
  readonly id = nameOf(hostname());
  private readonly delay = monitorEventLoopDelay({ resolution: 20 });
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> | undefined;
  private phase: WorkerPhase = 'running';
  private isDrained = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly repository: WorkersRepository,
    private readonly presence: WorkerPresence,
    private readonly pumps: JobPumps,
    private readonly runner: JobRunner,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(WorkerRegistry.name);
  }

  /** Resolves once the process is seen to live, its row is there and what is wanted is known. Must come before the first claim. */
  async start(): Promise<void> {
    await this.presence.arrive();
    this.delay.enable();
    await this.arrive();
    await this.beat();
    this.timer = setInterval(() => {
      this.beating ??= this.beat()
        .catch((error: unknown) => {
          this.logger.warn({ err: error }, 'a beat of this worker was not written; the next one follows');
        })
        .finally(() => {
          this.beating = undefined;
        });
    }, BEAT_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.delay.disable();
    await this.beating;
    await this.repository.leave(this.id);
    await this.presence.leave();
  }

  private async arrive(): Promise<void> {
    const { queues, concurrency } = this.config.worker;
    await this.repository.arrive({
      id: this.id,
      key: this.presence.key,
      host: hostname(),
      pid: process.pid,
      queues: [...queues],
      concurrency,
      memory_limit_mb: memoryLimit() / MB,
    });
  }

  private async beat(): Promise<void> {
    const running = this.runner.count;
    this.phase = !this.isDrained ? 'running' : running > 0 ? 'draining' : 'drained';
    // Nanoseconds; before the first sample it is not a number of them.
    const lag = Number.isFinite(this.delay.max) ? this.delay.max / 1e6 : 0;
    this.delay.reset();
    const wanted = await this.repository.beat({
      id: this.id,
      phase: this.phase,
      running,
      rss_mb: process.memoryUsage.rss() / MB,
      event_loop_lag_ms: lag,
    });
    if (wanted === undefined) await this.arrive();
    else this.follow(wanted);
    const counts = this.runner.takeCounts();
    if (counts.length === 0) return;
    await this.repository.count(counts).catch((error: unknown) => {
      this.runner.giveBack(counts);
      throw error;
    });
  }

  private follow({ desired_state, desired_concurrency, queues }: Wanted): void {
    const isDrained = desired_state === 'drained';
    if (isDrained !== this.isDrained)
      this.logger.info({ worker: this.id }, isDrained ? 'takes no more jobs' : 'takes jobs again');
    this.isDrained = isDrained;
    for (const key of this.config.worker.queues) {
      const queue = queues.find((each) => each.queue === key);
      this.pumps.resize(
        key,
        isDrained || queue?.paused === true ? 0 : this.slots(desired_concurrency, queue),
      );
    }
  }

  private slots(
    desired: number | null,
    queue: { queue: QueueKey; concurrency: number | null } | undefined,
  ): number {
    const { concurrency } = this.config.worker;
    return Math.min(concurrency, desired ?? concurrency, queue?.concurrency ?? concurrency);
  }
}

/** Letters that an address may have, whatever the machine is called. */
function nameOf(host: string): string {
  const short = host
    .split('.', 1)[0]
    ?.toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, '-')
    .slice(0, 63);
  return `${short}-${process.pid}-${randomBytes(2).toString('hex')}`;
}

/** Bytes that the container, or else the machine, gives this process. */
function memoryLimit(): number {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}
