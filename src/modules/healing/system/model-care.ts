import { hostname } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { LlmGateway, type Breaker } from '../../../core/llm/index.js';
import { WorkersService } from '../../jobs/index.js';
import { Healer, type Finding } from '../healer.js';
import type { Incident } from '../incident.entity.js';
import { Chart, Charts } from './chart.js';

const PREFIX = 'llm-';

/**
 * Tells of language models that are left alone after failures. Each process has breakers of its own, so that each worker looks at its own
 * and follows the incidents that it opened.
 */
@Injectable()
export class ModelCare {
  private readonly charts = new Charts((now) => new Chart(now));
  private readonly followed = new Set<string>();
  private own: string | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly gateway: LlmGateway,
    private readonly workers: WorkersService,
    private readonly healer: Healer,
  ) {}

  /** One look at the breakers of this process; the database is asked only while one is open, or was. */
  async look(): Promise<void> {
    const breakers = this.gateway.breakers();
    for (const { backend, state } of breakers) if (state !== 'closed') this.followed.add(idOf(backend));
    if (this.followed.size === 0) return;
    this.own ??= await this.ownId();
    await this.healer.refresh('dependency', [...this.followed]);
    for (const id of this.followed) {
      const finding = findingOf(breakers.filter(({ backend }) => idOf(backend) === id));
      await this.lookAt(id, finding);
      const isOpen = this.healer.openOf('dependency', id).some((incident) => this.isMine(incident));
      if (!isOpen && finding === undefined) this.followed.delete(id);
    }
  }

  /** Closes, of what is open, incidents of workers that are not there any more. */
  async closeLeft(open: readonly Incident[]): Promise<void> {
    const ours = open.filter(({ subject_id }) => subject_id.startsWith(PREFIX));
    if (ours.length === 0) return;
    const workers = await this.workers.workers();
    const here = new Set(workers.filter(({ status }) => status !== 'gone').map(({ id }) => id));
    for (const incident of ours)
      if (!here.has(workerOf(incident))) await this.healer.close(incident, 'the worker that saw it is gone');
  }

  private async lookAt(id: string, finding: Finding | undefined): Promise<void> {
    const now = Date.now();
    const chart = this.charts.of(id, now);
    const findings = finding === undefined ? [] : [finding];
    chart.note(findings, now);
    await this.healer.look({
      subject: 'dependency',
      id,
      mode: this.config.worker.healing,
      findings: findings.map(({ symptom, evidence }) => ({
        symptom,
        evidence: { ...evidence, worker: this.own ?? '' },
      })),
      since: chart.since,
      concerns: (incident) => this.isMine(incident),
      endOf: (incident, _, playbook) => chart.endOf(incident, playbook, now),
    });
  }

  private isMine(incident: Incident): boolean {
    return workerOf(incident) === this.own;
  }

  private async ownId(): Promise<string | undefined> {
    const workers = await this.workers.workers();
    return workers.find(({ pid, host }) => pid === process.pid && host === hostname())?.id;
  }
}

function idOf(backend: string): string {
  return `${PREFIX}${backend}`;
}

function workerOf({ evidence }: Incident): string {
  return String((evidence as Finding['evidence'])['worker']);
}

/** What is wrong with a backend: a server of it is left alone, or has not shown yet that it works again. */
function findingOf(breakers: readonly Breaker[]): Finding | undefined {
  const open = breakers.filter(({ state }) => state !== 'closed');
  const [first] = open;
  if (first === undefined) return undefined;
  const evidence = { server: new URL(first.url).host, open: open.length, servers: breakers.length };
  return { symptom: 'unavailable', evidence };
}
