import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { JobRescue, WorkersService, type SeenWorker } from '../../jobs/index.js';
import { Healer, type End } from '../healer.js';
import { Hearing } from '../hearing.js';
import { HEALER } from '../incident.record.js';
import type { Incident } from '../incident.entity.js';
import type { Playbook } from '../playbooks.js';
import { risingSlope, type MemorySample } from '../trends.js';
import { Chart, Charts } from './chart.js';
import { HealingLease } from './healing-lease.js';
import { widthOf, workerFindings } from './worker-symptoms.js';

const SAMPLE_MS = 5_000;
const SAMPLES = 60;
/** Workers whose processes ended are remembered for so long. */
const GONE_SECONDS = 30;

class WorkerChart extends Chart {
  private memory: MemorySample[] = [];

  /** Takes a measure now and then. @returns by how much memory grows for good */
  slope(mb: number, now: number): number | undefined {
    if (now - (this.memory.at(-1)?.at ?? 0) >= SAMPLE_MS) this.memory.push({ at: now, mb });
    if (this.memory.length > SAMPLES) this.memory.shift();
    return risingSlope(this.memory);
  }
}

/** Heals workers: gives away what dead ones hold, spares those that are late, and drains those whose memory grows. */
@Injectable()
export class WorkerCare {
  private readonly charts = new Charts((now) => new WorkerChart(now));
  private readonly playbooks: readonly Playbook[];

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly workers: WorkersService,
    private readonly rescue: JobRescue,
    private readonly healer: Healer,
    private readonly hearing: Hearing,
    private readonly lease: HealingLease,
  ) {
    this.playbooks = healer.playbooks('worker');
  }

  /** One look at all workers. */
  async look(): Promise<void> {
    const now = Date.now();
    const workers = await this.workers.workers();
    // Those of this process have stood still with it.
    if (!this.hearing.isWell(Date.now())) return;
    const ids = workers.map(({ id }) => id);
    this.charts.keep(ids);
    const open = await this.healer.refresh('worker');
    for (const incident of open)
      if (!ids.includes(incident.subject_id)) await this.healer.close(incident, 'the worker is gone');
    for (const worker of workers) await this.lookAt(worker, workers, now);
    await this.workers.forgetGone(GONE_SECONDS);
  }

  private async lookAt(worker: SeenWorker, all: readonly SeenWorker[], now: number): Promise<void> {
    const chart = this.charts.of(worker.id, now);
    const memorySlope = chart.slope(worker.rss_mb, now);
    const findings = workerFindings({ worker, memorySlope }, this.playbooks);
    chart.note(findings, now);
    await this.healer.look({
      subject: 'worker',
      id: worker.id,
      mode: worker.healing ?? this.config.worker.healing,
      findings,
      since: chart.since,
      endOf: (incident, _, playbook) => endOf(worker, chart, incident, playbook, now),
      hindrance: ({ action }) => hindranceOf(worker, all, action),
      carryOut: (manager, incident) => this.carryOut(manager, worker, incident),
    });
  }

  private async carryOut(manager: EntityManager, worker: SeenWorker, { action }: Incident): Promise<void> {
    await this.lease.guard(manager);
    const { id, key, concurrency } = worker;
    const width = widthOf(worker);
    if (action === 'hand_back') await this.rescue.handBack(manager, key);
    else if (action === 'drain')
      await this.workers.wantWorker(manager, id, { desired_state: 'drained' }, HEALER);
    else if (action === 'reduce_concurrency') {
      const desired_concurrency = Math.max(1, Math.floor(width / 2));
      await this.workers.wantWorker(manager, id, { desired_concurrency }, HEALER);
    } else if (action === 'raise_concurrency') {
      const desired_concurrency = width * 2 >= concurrency ? null : width * 2;
      await this.workers.wantWorker(manager, id, { desired_concurrency }, HEALER);
    }
  }
}

function endOf(
  worker: SeenWorker,
  chart: Chart,
  incident: Incident,
  playbook: Playbook | undefined,
  now: number,
): End | undefined {
  const { action, symptom, acted_at } = incident;
  // That is over when it is forgotten.
  if (symptom === 'exited') return undefined;
  if (action === 'hand_back') {
    const end = chart.endOf(incident, playbook, now);
    // Without jobs it does no harm, however long it is silent.
    return end?.status === 'failed' && worker.held === 0 ? undefined : end;
  }
  if (action === 'drain' && worker.status === 'drained')
    return { status: 'succeeded', note: 'it is drained: stop it, and start another' };
  if (action === 'raise_concurrency') {
    if (chart.cameAgain(['event_loop_lag'], acted_at?.getTime() ?? now))
      return { status: 'failed', note: 'it is late again' };
    return chart.endOf(incident, playbook, now, ['event_loop_lag']);
  }
  return chart.endOf(incident, playbook, now);
}

/** Why something cannot be done with a worker. */
function hindranceOf(worker: SeenWorker, all: readonly SeenWorker[], action: string): string | undefined {
  if (action === 'reduce_concurrency' && widthOf(worker) === 1) return 'it does one job at once already';
  if (action !== 'drain') return undefined;
  const others = all.filter(({ id, status }) => id !== worker.id && status === 'running');
  const lonely = worker.queues.find((queue) => !others.some(({ queues }) => queues.includes(queue)));
  return lonely === undefined ? undefined : `no other worker takes jobs of the queue ${lonely}`;
}
