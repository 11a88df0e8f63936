import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { BotCommandsRepository } from '../commands/bot-commands.repository.js';
import type { Situation } from '../reconciler/decide.js';
import type { Ward } from '../reconciler/ward.js';
import { HEALER, IncidentRecord } from './incident.record.js';
import type { BotIncident, IncidentStatus } from './incident.entity.js';
import { IncidentsRepository } from './incidents.repository.js';
import { loadPlaybooks, type Playbook, type PlaybookFile } from './playbooks.js';
import { findingsOf, type Finding, type Vitals } from './symptoms.js';

const RECORDS_MS = 30_000;

type Order = NonNullable<Situation['order']>;

/** The loop that heals: looks at a bot, finds what is out of the usual, and does what a playbook says, as far as it may. */
@Injectable()
export class Healing {
  private readonly file: PlaybookFile;
  private readonly byBot = new Map<string, BotIncident[]>();
  private demoted = new Set<string>();
  private recordsAt = -Infinity;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: IncidentsRepository,
    private readonly record: IncidentRecord,
    private readonly commands: BotCommandsRepository,
  ) {
    this.file = loadPlaybooks(config);
  }

  /** Reads what is open, once for all bots, and now and then which playbooks have not helped. */
  async refresh(botIds: readonly string[]): Promise<void> {
    const { manager } = this.dataSource;
    this.byBot.clear();
    for (const incident of await this.repository.open(manager, botIds))
      this.byBot.set(incident.bot_id, [...(this.byBot.get(incident.bot_id) ?? []), incident]);
    if (performance.now() - this.recordsAt < RECORDS_MS) return;
    this.recordsAt = performance.now();
    const { after, below } = this.file.demotion;
    const records = await this.repository.records(manager);
    this.demoted = new Set(
      records
        .filter(
          ({ succeeded, failed }) => succeeded + failed >= after && succeeded < below * (succeeded + failed),
        )
        .map(({ playbook }) => playbook),
    );
  }

  /** One look at a bot. @returns what is to be done with its process, at most one thing */
  async look(ward: Ward): Promise<Order | undefined> {
    const now = Date.now();
    const isWanted = ward.bot.desired_state === 'running';
    const findings = isWanted ? findingsOf(vitalsOf(ward, now), this.file.playbooks) : [];
    noteSince(ward, findings, now);
    const orders: Order[] = [];
    const open = this.byBot.get(ward.id) ?? [];
    for (const incident of open) {
      const finding = findings.find(({ symptom }) => symptom === incident.symptom);
      const order = await this.follow(ward, incident, finding, now);
      if (order !== undefined) orders.push(order);
    }
    for (const finding of findings) {
      if (open.some(({ symptom }) => symptom === finding.symptom)) continue;
      const order = await this.open(ward, finding, now);
      if (order !== undefined) orders.push(order);
    }
    return orders.find(({ action }) => action === 'quarantine') ?? orders[0];
  }

  private playbookFor(symptom: string): Playbook | undefined {
    return this.file.playbooks.find(({ when }) => when === symptom);
  }

  private async open(ward: Ward, { symptom, evidence }: Finding, now: number): Promise<Order | undefined> {
    const playbook = this.playbookFor(symptom);
    const since = ward.symptomsSince.get(symptom) ?? now;
    if (playbook === undefined || now - since < playbook.for_seconds * 1_000) return undefined;
    if (await this.repository.isDismissed(this.dataSource.manager, ward.id, symptom, new Date(since)))
      return undefined;
    const mode = ward.bot.healing ?? this.config.bots.healing;
    const verdict =
      mode === 'act' ? await this.mayAct(ward, playbook, now) : { status: statusIn[mode], note: null };
    if (verdict === undefined) return undefined;
    const { status, note } = verdict;
    const incident = await this.dataSource.transaction(async (manager) => {
      const made = await this.repository.insert(manager, {
        id: randomUUID(),
        bot_id: ward.id,
        symptom,
        evidence,
        playbook: playbook.id,
        action: playbook.action,
        mode,
        status,
        note,
        acted_at: status === 'acting' ? new Date(now) : null,
      });
      if (made !== undefined) await this.record.changed(manager, made, HEALER);
      return made;
    });
    return incident?.status === 'acting' ? this.act(ward, incident) : undefined;
  }

  /** Whether a playbook may be used by itself now; undefined: not yet. */
  private async mayAct(
    ward: Ward,
    { id, action, cooldown_seconds }: Playbook,
    now: number,
  ): Promise<{ status: IncidentStatus; note: string | null } | undefined> {
    if (action === 'wait') return { status: 'acting', note: null };
    if (this.demoted.has(id)) return { status: 'proposed', note: 'this playbook has rarely helped of late' };
    const { actions, per_seconds } = this.file.budget;
    const spent = await this.repository.spent(this.dataSource.manager, ward.id, id, per_seconds);
    if (spent.last !== null && now - spent.last.getTime() < cooldown_seconds * 1_000) return undefined;
    return spent.actions >= actions
      ? { status: 'proposed', note: `there were ${actions} actions in ${per_seconds} s already` }
      : { status: 'acting', note: null };
  }

  private async follow(
    ward: Ward,
    incident: BotIncident,
    finding: Finding | undefined,
    now: number,
  ): Promise<Order | undefined> {
    const { status, note } = incident;
    if (status === 'approved') {
      const acting = await this.move(incident, 'acting', note);
      return acting && this.act(ward, acting);
    }
    if (status !== 'acting') {
      if (finding === undefined) await this.move(incident, 'passed', 'it went by itself');
      return undefined;
    }
    const end = this.endOf(ward, incident, finding, now);
    if (end !== undefined) await this.move(incident, end.status, end.note);
    return undefined;
  }

  /** What came of an action; undefined: that is not clear yet. */
  private endOf(
    { bot, state, wellSince }: Ward,
    { symptom, action, acted_at, evidence }: BotIncident,
    finding: Finding | undefined,
    now: number,
  ): { status: IncidentStatus; note: string } | undefined {
    if (bot.desired_state !== 'running') return { status: 'passed', note: 'the bot is not wanted any more' };
    const acted = acted_at?.getTime() ?? now;
    if (action === 'quarantine')
      return state.status === 'quarantined' ? { status: 'succeeded', note: 'it is quarantined' } : undefined;
    const { verify_seconds = 10, give_up_seconds = 600 } = this.playbookFor(symptom) ?? {};
    const well = finding === undefined && wellSince !== null ? now - Math.max(wellSince, acted) : 0;
    if (well >= verify_seconds * 1_000 && well > 0) return { status: 'succeeded', note: 'it is well again' };
    const again =
      finding !== undefined &&
      ((finding.evidence['failures'] ?? 0) > ((evidence as Finding['evidence'])['failures'] ?? 0) ||
        (state.started_at !== null && action === 'restart' && state.started_at.getTime() > acted));
    if (again) return { status: 'failed', note: 'it came again' };
    if (now - acted > give_up_seconds * 1_000) return { status: 'failed', note: 'it is not well in time' };
    return undefined;
  }

  private async move(
    incident: BotIncident,
    status: IncidentStatus,
    note: string | null,
  ): Promise<BotIncident | undefined> {
    return this.dataSource.transaction(async (manager) => {
      const moved = await this.repository.move(manager, incident, { status, note });
      if (moved !== undefined) await this.record.changed(manager, moved, HEALER);
      return moved;
    });
  }

  private async act(ward: Ward, { action, symptom, mode }: BotIncident): Promise<Order | undefined> {
    if (action === 'quarantine') return { action, reason: 'Quarantined' };
    if (action === 'restart') return { action, reason: reasonOf(symptom) };
    // Where the reconciler does not go on by itself, a person has said that it is to.
    if (action === 'wait')
      return mode === 'act' ? undefined : { action: 'restart', reason: reasonOf(symptom) };
    await this.commands.add(this.dataSource.manager, {
      id: randomUUID(),
      bot_id: ward.id,
      name: action,
      arguments: {},
      created_by: HEALER,
    });
    return undefined;
  }
}

const statusIn = { observe: 'observed', propose: 'proposed' } as const;

/** One word: `heartbeat_missed` is `HealedHeartbeatMissed`. */
function reasonOf(symptom: string): string {
  const words = symptom.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `Healed${words.join('')}`;
}

function noteSince(ward: Ward, findings: readonly Finding[], now: number): void {
  const present = new Set<string>(findings.map(({ symptom }) => symptom));
  for (const symptom of ward.symptomsSince.keys())
    if (!present.has(symptom)) ward.symptomsSince.delete(symptom);
  for (const symptom of present) if (!ward.symptomsSince.has(symptom)) ward.symptomsSince.set(symptom, now);
  if (ward.state.status !== 'running') ward.wellSince = null;
  else ward.wellSince ??= now;
}

function vitalsOf(ward: Ward, now: number): Vitals {
  const { bot, state, beat, progressAt, memoryMb, memorySlope, cpuLoad, floodRate } = ward;
  const { resources, health } = bot.manifest;
  const { requests, errorRate } = ward.rates;
  return {
    now,
    status: state.status,
    reason: state.reason,
    failures: state.failures,
    progressAt,
    working: beat?.working === true,
    stuckSeconds: health.stuck_seconds,
    memoryMb,
    memoryLimitMb: resources.memory_mb,
    memorySlope,
    cpuLoad,
    cpuLimit: resources.cpu * 100,
    requests,
    errorRate,
    lagMs: beat?.event_loop_lag_ms,
    floodRate,
  };
}
