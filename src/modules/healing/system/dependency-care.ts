import { setTimeout } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { QUEUE_BACKEND, type QueueBackend } from '../../../core/queue/index.js';
import { Healer, type Finding } from '../healer.js';
import { Hearing } from '../hearing.js';
import { Chart, Charts } from './chart.js';
import { ModelCare } from './model-care.js';

const PATIENCE_MS = 2_000;

/** Tells of what this system cannot do without. It can mend none of it: the queues are asked again, and workers look by themselves. */
@Injectable()
export class DependencyCare {
  private readonly charts = new Charts((now) => new Chart(now));
  private asking: Promise<boolean> | undefined;
  private unanswered: number | undefined;
  private databaseAway: number | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(QUEUE_BACKEND) private readonly queue: QueueBackend,
    private readonly models: ModelCare,
    private readonly healer: Healer,
    private readonly hearing: Hearing,
  ) {}

  /**
   * The database did not take what was to be written: that is told once it does again, unless it was this process that stood still.
   * @param since when that was begun, in milliseconds since 1970
   */
  missDatabase(since: number): void {
    const now = Date.now();
    if (this.hearing.hadAllSince(since, now)) this.databaseAway ??= now;
  }

  /** One look at what every process sees for itself: the language models that it leaves alone. */
  lookOwn(): Promise<void> {
    return this.models.look();
  }

  /** One look at what is the same for all processes. */
  async look(): Promise<void> {
    const now = Date.now();
    const away = this.databaseAway;
    this.databaseAway = undefined;
    const answers = await this.queueAnswers();
    await this.models.closeLeft(await this.healer.refresh('dependency'));
    await this.tell('database', away, now);
    // An answer may wait that nobody has taken: the next look is the one that tells.
    if (!answers && !this.hearing.hadAllSince(now, Date.now())) return;
    this.unanswered = answers ? undefined : (this.unanswered ?? now);
    await this.tell('queue', this.unanswered && this.hearing.excuse(this.unanswered, now), now);
  }

  private async tell(id: string, since: number | undefined, now: number): Promise<void> {
    const chart = this.charts.of(id, now);
    const findings: Finding[] =
      since === undefined
        ? []
        : [{ symptom: 'unavailable', evidence: { seconds: Math.round((now - since) / 1_000) } }];
    chart.note(findings, now);
    if (since !== undefined) chart.since.set('unavailable', since);
    await this.healer.look({
      subject: 'dependency',
      id,
      mode: this.config.worker.healing,
      findings,
      since: chart.since,
      endOf: (incident, _, playbook) => chart.endOf(incident, playbook, now),
    });
  }

  /** One question at a time: another one would only add to the trouble of a server that is stuck. */
  private queueAnswers(): Promise<boolean> {
    this.asking ??= this.queue
      .ping()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        this.asking = undefined;
      });
    return Promise.race([this.asking, setTimeout(PATIENCE_MS, false, { ref: false })]);
  }
}
