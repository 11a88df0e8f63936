import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import {
  Healer,
  HEALER,
  Hearing,
  type End,
  type Finding,
  type Incident,
  type Playbook,
} from '../../healing/index.js';
import { BotCommandsRepository } from '../commands/bot-commands.repository.js';
import type { Order } from '../reconciler/decide.js';
import type { Ward } from '../reconciler/ward.js';
import { isAlive } from '../registry/bot.rules.js';
import { Remedies } from './remedies.js';
import { findingsOf, type Vitals } from './symptoms.js';

/** Looks at bots, finds what is out of the usual, and has done what a playbook says. */
@Injectable()
export class Healing {
  private readonly playbooks: readonly Playbook[];

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly healer: Healer,
    readonly hearing: Hearing,
    private readonly commands: BotCommandsRepository,
    private readonly remedies: Remedies,
  ) {
    this.playbooks = healer.playbooks('bot');
  }

  /** Reads what is open, once for all bots. */
  async refresh(botIds: readonly string[]): Promise<void> {
    await this.healer.refresh('bot', botIds);
  }

  /** One look at a bot. @returns what is to be done with its process, at most one thing */
  async look(ward: Ward): Promise<Order | undefined> {
    const now = Date.now();
    const isWanted = ward.bot.desired_state === 'running';
    if (ward.state.status !== 'running') ward.wellSince = null;
    else ward.wellSince ??= now;
    const acting = await this.healer.look({
      subject: 'bot',
      id: ward.id,
      mode: ward.bot.healing ?? this.config.bots.healing,
      findings: isWanted ? this.findingsOf(ward, now) : [],
      since: ward.symptomsSince,
      concerns: (incident) => ward.crew.answers(ordinalOf(incident), ward),
      endOf: (incident, finding, playbook) => endOf(ward, incident, finding, playbook, now),
      carryOut: (manager, incident, playbook) => this.remedies.apply(manager, ward, incident, playbook),
    });
    const orders: Order[] = [];
    for (const incident of acting) {
      const order = await this.act(ward, incident);
      if (order !== undefined) orders.push(order);
    }
    return orders.find(({ action }) => action === 'quarantine') ?? orders[0];
  }

  private findingsOf(ward: Ward, now: number): Finding[] {
    const vitals = { ...vitalsOf(ward, now), progressAt: this.hearing.excuse(ward.progressAt, now) };
    return findingsOf(vitals, this.playbooks).map(({ symptom, evidence }) => ({
      symptom,
      evidence: { ...evidence, ordinal: ward.ordinal },
    }));
  }

  private async act(ward: Ward, { action, symptom, mode, playbook }: Incident): Promise<Order | undefined> {
    if (action === 'scale' || action === 'roll_back') return undefined;
    if (action === 'quarantine') return { action, reason: 'Quarantined' };
    if (action === 'restart') return { action, reason: reasonOf(symptom) };
    if (action === 'back_off') {
      const { pause_seconds = 0 } = this.playbooks.find(({ id }) => id === playbook) ?? {};
      return { action: 'restart', reason: reasonOf(symptom), pauseSeconds: pause_seconds };
    }
    // Where the reconciler does not go on by itself, a person has said that it is to.
    if (action === 'wait')
      return mode === 'act' || isAlive(ward.state.status)
        ? undefined
        : { action: 'restart', reason: reasonOf(symptom) };
    await this.commands.add(this.dataSource.manager, {
      id: randomUUID(),
      bot_id: ward.id,
      ordinal: ward.ordinal,
      name: action,
      arguments: {},
      created_by: HEALER,
    });
    return undefined;
  }
}

/** The instance that an incident is about. */
function ordinalOf({ evidence }: Incident): number {
  return Number((evidence as Finding['evidence'])['ordinal'] ?? 0);
}

/** What came of an action; undefined: that is not clear yet. */
function endOf(
  { bot, state, wellSince }: Ward,
  { action, acted_at, evidence }: Incident,
  finding: Finding | undefined,
  playbook: Playbook | undefined,
  now: number,
): End | undefined {
  if (bot.desired_state !== 'running') return { status: 'passed', note: 'the bot is not wanted any more' };
  const acted = acted_at?.getTime() ?? now;
  if (action === 'quarantine')
    return state.status === 'quarantined' ? { status: 'succeeded', note: 'it is quarantined' } : undefined;
  const { verify_seconds = 10, give_up_seconds = 600, pause_seconds = 0 } = playbook ?? {};
  const well = finding === undefined && wellSince !== null ? now - Math.max(wellSince, acted) : 0;
  if (well >= verify_seconds * 1_000 && well > 0) return { status: 'succeeded', note: 'it is well again' };
  const again =
    finding !== undefined &&
    ((finding.evidence['failures'] ?? 0) > ((evidence as Finding['evidence'])['failures'] ?? 0) ||
      (state.started_at !== null &&
        (action === 'restart' || action === 'back_off') &&
        state.started_at.getTime() > acted));
  if (again) return { status: 'failed', note: 'it came again' };
  if (now - acted > (give_up_seconds + pause_seconds) * 1_000)
    return { status: 'failed', note: 'it is not well in time' };
  return undefined;
}

/** One word: `heartbeat_missed` is `HealedHeartbeatMissed`. */
function reasonOf(symptom: string): string {
  const words = symptom.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `Healed${words.join('')}`;
}

function vitalsOf(ward: Ward, now: number): Omit<Vitals, 'progressAt'> {
  const { bot, state, beat, memoryMb, memorySlope, cpuLoad, floodRate, habits } = ward;
  const { resources, health } = bot.manifest;
  const { requests, errorRate } = ward.rates;
  return {
    now,
    status: state.status,
    reason: state.reason,
    failures: state.failures,
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
    habits,
  };
}
