import { hostname } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { LlmGateway, type Breaker } from '../../../core/llm/index.js';
import { WorkersService } from '../../jobs/index.js';
import { Healer, Hindered, type End, type Finding } from '../healer.js';
import type { Incident } from '../incident.entity.js';
import type { Playbook } from '../playbooks.js';
import { AttemptsChart, Chart, Charts, HISTORY_MS } from './chart.js';
import { errorEvidence } from './errors.js';

const PREFIX = 'llm-';

type Failing = NonNullable<ReturnType<typeof errorEvidence>>;

/** A server, and what shows that it fails too often. */
interface Seen extends Breaker {
  failing: Failing | undefined;
}

/**
 * Tells of language models that are left alone after failures, and has those left alone that fail too often in between. Each process has
 * breakers of its own, so that each worker looks at its own and follows the incidents that it opened.
 */
@Injectable()
export class ModelCare {
  private readonly charts = new Charts((now) => new Chart(now));
  private readonly servers = new Charts((now) => new AttemptsChart(now));
  private readonly followed = new Set<string>();
  private own: string | undefined;
  private readonly rule: Playbook | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly gateway: LlmGateway,
    private readonly workers: WorkersService,
    private readonly healer: Healer,
  ) {
    this.rule = healer.playbooks('dependency').find(({ when }) => when === 'error_rate');
  }

  /** One look at the servers of this process; the database is asked only while something is wrong with one, or was. */
  async look(): Promise<void> {
    const breakers = this.gateway
      .breakers()
      .map((breaker) => ({ ...breaker, failing: this.failingOf(breaker) }));
    for (const { backend, state, failing } of breakers)
      if (state !== 'closed' || failing !== undefined) this.followed.add(idOf(backend));
    if (this.followed.size === 0) return;
    this.own ??= await this.ownId();
    await this.healer.refresh('dependency', [...this.followed]);
    for (const id of this.followed) {
      const servers = breakers.filter(({ backend }) => idOf(backend) === id);
      const findings = findingsOf(servers);
      await this.lookAt(id, servers, findings);
      const isOpen = this.healer.openOf('dependency', id).some((incident) => this.isMine(incident));
      if (!isOpen && findings.length === 0) this.followed.delete(id);
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

  private async lookAt(id: string, servers: readonly Seen[], findings: readonly Finding[]): Promise<void> {
    const now = Date.now();
    const chart = this.charts.of(id, now);
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
      endOf: (incident, _, playbook) =>
        incident.action === 'open_breaker'
          ? endOfHold(chart, incident, playbook, now)
          : chart.endOf(incident, playbook, now),
      hindrance: ({ action }) => (action === 'open_breaker' ? hindranceOf(servers) : undefined),
      carryOut: async (_, { action }, playbook) => {
        if (action === 'open_breaker') this.hold(servers, playbook);
      },
    });
  }

  /** What shows that a server that is asked fails too often. */
  private failingOf(breaker: Breaker): Failing | undefined {
    if (this.rule === undefined) return undefined;
    const now = Date.now();
    const { within_seconds, threshold = 0.5 } = this.rule;
    const chart = this.servers.of(keyOf(breaker), now);
    chart.take(breaker, now, Math.max(within_seconds, HISTORY_MS / 1_000));
    const counted = chart.after(now - within_seconds * 1_000);
    const failing =
      breaker.state === 'closed' ? errorEvidence(counted, chart.usualRates, threshold) : undefined;
    chart.keepRate(failing === undefined && breaker.state === 'closed', now);
    return failing;
  }

  /** Leaves those alone that fail. @throws Hindered */
  private hold(servers: readonly Seen[], playbook: Playbook | undefined): void {
    const failing = servers.filter((server) => server.failing !== undefined);
    if (failing.length === 0) throw new Hindered('no server of it fails any more');
    for (const server of failing) {
      this.gateway.openBreaker(server, (playbook?.pause_seconds ?? 0) * 1_000);
      // What it did before says nothing of how it does after.
      this.servers.of(keyOf(server), Date.now()).forgetAttempts();
    }
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

function keyOf({ backend, url }: Breaker): string {
  return `${backend} ${url}`;
}

/** What is wrong with a backend: a server of it is left alone or has not shown yet that it works again, or it fails too often. */
function findingsOf(servers: readonly Seen[]): Finding[] {
  const open = servers.filter(({ state }) => state !== 'closed');
  const failing = servers.filter((server) => server.failing !== undefined);
  const found: Finding[] = [];
  const [first] = open;
  if (first !== undefined)
    found.push({
      symptom: 'unavailable',
      evidence: { server: hostOf(first), open: open.length, servers: servers.length },
    });
  const [worst] = failing.toSorted((a, b) => (b.failing?.error_rate ?? 0) - (a.failing?.error_rate ?? 0));
  if (worst !== undefined)
    found.push({ symptom: 'error_rate', evidence: { server: hostOf(worst), ...worst.failing } });
  return found;
}

function hostOf({ url }: Breaker): string {
  return new URL(url).host;
}

/** Why none of these servers is left alone without asking: what is left would have to take all calls. */
function hindranceOf(servers: readonly Seen[]): string | undefined {
  const isLeft = servers.some(({ state, failing }) => state === 'closed' && failing === undefined);
  return isLeft ? undefined : 'no other server of it would take its calls';
}

/** It has helped when the server, asked again, does not fail as before. */
function endOfHold(
  chart: Chart,
  incident: Incident,
  playbook: Playbook | undefined,
  now: number,
): End | undefined {
  const acted = incident.acted_at?.getTime() ?? now;
  const until = acted + (playbook?.pause_seconds ?? 0) * 1_000;
  if (now < until) return undefined;
  if (chart.cameAgain([incident.symptom], until)) return { status: 'failed', note: 'it fails again' };
  return chart.endOf(Object.assign({}, incident, { acted_at: new Date(until) }), playbook, now);
}
