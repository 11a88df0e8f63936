import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { JobRescue, WorkersService, type QueueChange, type SeenQueue } from '../../jobs/index.js';
import { Healer, type End, type Finding } from '../healer.js';
import { Hearing } from '../hearing.js';
import { HEALER } from '../incident.record.js';
import type { Incident } from '../incident.entity.js';
import type { Playbook } from '../playbooks.js';
import { AttemptsChart, Charts, HISTORY, HISTORY_MS, type Chart } from './chart.js';
import { HealingLease } from './healing-lease.js';
import { AILING, queueFindings, queueWidth } from './queue-symptoms.js';

const LETTERS_MS = 5_000;

class QueueChart extends AttemptsChart {
  readonly usualWaits: number[] = [];
  deadLetters = 0;
  private lettersAt = -Infinity;

  isTimeForLetters(now: number): boolean {
    if (now - this.lettersAt < LETTERS_MS) return false;
    this.lettersAt = now;
    return true;
  }

  /** Keeps what was usual in the last minute, while nothing is out of it. */
  keepUsual({ oldest_seconds, paused }: SeenQueue, findings: readonly Finding[], now: number): void {
    const found = new Set<string>(findings.map(({ symptom }) => symptom));
    const isUsual = !paused && ![...AILING].some((each) => found.has(each));
    if (!this.keepRate(isUsual, now)) return;
    if (!paused && !found.has('queue_age') && !found.has('no_worker')) this.usualWaits.push(oldest_seconds);
    if (this.usualWaits.length > HISTORY) this.usualWaits.shift();
  }
}

/** Heals queues: has fewer of their jobs done at once while many fail, pauses those in which all fail, and goes back step by step. */
@Injectable()
export class QueueCare {
  private readonly charts = new Charts((now) => new QueueChart(now));
  private readonly playbooks: readonly Playbook[];
  private readonly span: number;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly workers: WorkersService,
    private readonly rescue: JobRescue,
    private readonly healer: Healer,
    private readonly hearing: Hearing,
    private readonly lease: HealingLease,
  ) {
    this.playbooks = healer.playbooks('queue');
    this.span = Math.max(HISTORY_MS / 1_000, ...this.playbooks.map(({ within_seconds }) => within_seconds));
  }

  /** One look at all queues. */
  async look(): Promise<void> {
    await this.healer.refresh('queue');
    const queues = await this.workers.queues();
    // Its workers may be those of this process, which have stood still with it.
    if (!this.hearing.isWell(Date.now())) return;
    for (const queue of queues) await this.lookAt(queue, Date.now());
  }

  private async lookAt(queue: SeenQueue, now: number): Promise<void> {
    const chart = this.charts.of(queue.queue, now);
    chart.take(queue, now, this.span);
    if (chart.isTimeForLetters(now)) chart.deadLetters = (await this.rescue.mendable(queue.queue)).length;
    const changed = queue.changed_at?.getTime() ?? 0;
    const { usualRates, usualWaits, deadLetters } = chart;
    const vitals = {
      queue,
      within: (seconds: number) => chart.after(Math.max(changed, now - seconds * 1_000)),
      usualRates,
      usualWaits,
      deadLetters,
    };
    const findings = queueFindings(vitals, this.playbooks);
    chart.note(findings, now);
    chart.keepUsual(queue, findings, now);
    // It is asked before it is needed, since what came of an action is told at once.
    const redriven = await this.redrivenOf(queue);
    await this.healer.look({
      subject: 'queue',
      id: queue.queue,
      mode: queue.healing ?? this.config.worker.healing,
      findings,
      since: chart.since,
      endOf: (incident, _, playbook) =>
        incident.action === 'redrive'
          ? endOfRedrive(redriven, incident, playbook, now)
          : endOf(queue, chart, incident, playbook, now),
      carryOut: (manager, incident) => this.carryOut(manager, queue, incident),
    });
  }

  private async redrivenOf({ queue }: SeenQueue): Promise<Redriven | undefined> {
    const open = this.healer.openOf('queue', queue);
    const acted = open.find(({ action, status }) => action === 'redrive' && status === 'acting')?.acted_at;
    return acted === undefined || acted === null ? undefined : this.rescue.redriven(queue, acted);
  }

  private async carryOut(manager: EntityManager, queue: SeenQueue, { action }: Incident): Promise<void> {
    await this.lease.guard(manager);
    if (action === 'redrive') await this.rescue.redrive(manager, queue.queue);
    const change = changeOf(queue, action);
    if (change !== undefined) await this.workers.wantQueue(manager, queue.queue, change, HEALER);
  }
}

type Redriven = Awaited<ReturnType<JobRescue['redriven']>>;

/** What an action wants of a queue. */
function changeOf(queue: SeenQueue, action: Incident['action']): QueueChange | undefined {
  const width = queueWidth(queue);
  if (action === 'reduce_concurrency') return { concurrency: Math.max(1, Math.floor(width / 2)) };
  if (action === 'raise_concurrency') return { concurrency: width * 2 >= queue.widest ? null : width * 2 };
  if (action === 'pause') return { paused: true };
  // One at once shows whether it goes well again.
  return action === 'resume' ? { paused: false, concurrency: 1 } : undefined;
}

function endOf(
  queue: SeenQueue,
  chart: Chart,
  incident: Incident,
  playbook: Playbook | undefined,
  now: number,
): End | undefined {
  const { action, acted_at } = incident;
  if (action === 'pause')
    return queue.paused
      ? { status: 'succeeded', note: 'it is paused' }
      : chart.endOf(incident, playbook, now);
  if (action !== 'resume' && action !== 'raise_concurrency') return chart.endOf(incident, playbook, now);
  if (chart.cameAgain(['error_rate', 'failing'], acted_at?.getTime() ?? now))
    return { status: 'failed', note: 'jobs fail again' };
  return chart.endOf(incident, playbook, now, ['error_rate', 'failing']);
}

function endOfRedrive(
  redriven: Redriven | undefined,
  { acted_at }: Incident,
  playbook: Playbook | undefined,
  now: number,
): End | undefined {
  if (redriven === undefined) return undefined;
  const { unfinished, dead } = redriven;
  if (dead > 0) return { status: 'failed', note: `${dead} of them failed again` };
  if (unfinished === 0) return { status: 'succeeded', note: 'none of them failed again' };
  const { give_up_seconds = 600 } = playbook ?? {};
  const late = now - (acted_at?.getTime() ?? now) > give_up_seconds * 1_000;
  return late ? { status: 'failed', note: 'they have not ended in time' } : undefined;
}
