import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config, type HealingMode } from '../../core/config/index.js';
import { HEALER, IncidentRecord } from './incident.record.js';
import type { Incident, IncidentStatus } from './incident.entity.js';
import { IncidentsRepository } from './incidents.repository.js';
import { loadPlaybooks, type Playbook, type PlaybookFile, type Subject, type Symptom } from './playbooks.js';

const RECORDS_MS = 30_000;

/** Something out of the usual, with the measures that show it. */
export interface Finding {
  symptom: Symptom;
  evidence: Record<string, number | string | null>;
}

/** What came of an action, and why. */
export interface End {
  status: 'succeeded' | 'failed' | 'passed';
  note: string;
}

/** Why an action cannot be carried out after all: nothing of it is done, and a person decides. */
export class Hindered extends Error {}

/** What healing looks at, once. */
export interface Patient {
  subject: Subject;
  id: string;
  mode: HealingMode;
  findings: readonly Finding[];
  /** When each symptom began, in milliseconds since 1970; it is kept from one look to the next. */
  since: Map<string, number>;
  /** Whether an open incident of the subject is this patient's affair, where a subject is more than one: by default it is. */
  concerns?: (incident: Incident) => boolean;
  /** What came of an action; undefined: that is not clear yet. */
  endOf: (
    incident: Incident,
    finding: Finding | undefined,
    playbook: Playbook | undefined,
  ) => End | undefined;
  /** Why an action cannot be carried out now; undefined: it can be. */
  hindrance?: (playbook: Playbook) => string | undefined;
  /**
   * Carries an action out, in the transaction in which its incident begins to act.
   * @throws Hindered
   */
  carryOut?: (manager: EntityManager, incident: Incident, playbook: Playbook | undefined) => Promise<void>;
}

/** How an incident begins, and why. */
interface Verdict {
  status: IncidentStatus;
  note: string | null;
}

/** Goes from what is found to what a playbook says, as far as it may, and keeps what came of it. */
@Injectable()
export class Healer {
  private readonly file: PlaybookFile;
  private readonly openIncidents = new Map<string, Incident[]>();
  private demoted = new Set<string>();
  private recordsAt = -Infinity;

  constructor(
    @Inject(CONFIG) config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: IncidentsRepository,
    private readonly record: IncidentRecord,
  ) {
    this.file = loadPlaybooks(config);
  }

  /** The playbooks for a kind of subject. */
  playbooks(subject: Subject): Playbook[] {
    return this.file.playbooks.filter((playbook) => playbook.subject === subject);
  }

  /**
   * Reads what is open of a kind of subject, once for many looks, and now and then which playbooks have not helped.
   * @param ids of these alone; without it, of all, and what is open of subjects that are in no later look stays
   * @returns the incidents that are open
   */
  async refresh(subject: Subject, ids?: readonly string[]): Promise<Incident[]> {
    const { manager } = this.dataSource;
    for (const key of this.openIncidents.keys())
      if (key.startsWith(`${subject}/`)) this.openIncidents.delete(key);
    const open = await this.repository.open(manager, subject, ids);
    for (const incident of open) {
      const key = `${subject}/${incident.subject_id}`;
      this.openIncidents.set(key, [...(this.openIncidents.get(key) ?? []), incident]);
    }
    if (performance.now() - this.recordsAt < RECORDS_MS) return open;
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
    return open;
  }

  /** What was open of a subject at the last refresh. */
  openOf(subject: Subject, id: string): readonly Incident[] {
    return this.openIncidents.get(`${subject}/${id}`) ?? [];
  }

  /** One look at a patient. @returns the incidents about which something is to be done now */
  async look(patient: Patient): Promise<Incident[]> {
    const now = Date.now();
    noteSince(patient, now);
    const open = this.openOf(patient.subject, patient.id);
    const acting: (Incident | undefined)[] = [];
    for (const incident of open) {
      if (patient.concerns?.(incident) === false) continue;
      const finding = patient.findings.find(({ symptom }) => symptom === incident.symptom);
      acting.push(await this.follow(patient, incident, finding, now));
    }
    // Parts of a subject with the same symptom are healed one after the other.
    for (const finding of patient.findings)
      if (!open.some(({ symptom }) => symptom === finding.symptom))
        acting.push(await this.open(patient, finding, now));
    return acting.filter((incident) => incident !== undefined);
  }

  /** Closes an incident whose subject is not there any more. */
  async close(incident: Incident, note: string): Promise<void> {
    await this.move(incident, incident.status === 'acting' ? 'succeeded' : 'passed', note);
  }

  /** Forgets what was over long ago. */
  prune(): Promise<void> {
    return this.repository.prune(this.dataSource.manager);
  }

  private playbookFor({ subject }: Patient, symptom: string): Playbook | undefined {
    return this.file.playbooks.find((each) => each.subject === subject && each.when === symptom);
  }

  private async open(
    patient: Patient,
    { symptom, evidence }: Finding,
    now: number,
  ): Promise<Incident | undefined> {
    const { subject, id, mode } = patient;
    const playbook = this.playbookFor(patient, symptom);
    const since = patient.since.get(symptom) ?? now;
    if (playbook === undefined || now - since < playbook.for_seconds * 1_000) return undefined;
    const { manager } = this.dataSource;
    if (await this.repository.isDismissed(manager, subject, id, symptom, new Date(since))) return undefined;
    const verdict =
      mode === 'act'
        ? await this.mayAct(patient, playbook, now)
        : { status: mode === 'observe' ? ('observed' as const) : ('proposed' as const), note: null };
    const insert = ({ status, note }: Verdict): Promise<Incident | undefined> =>
      this.dataSource.transaction(async (within) => {
        const made = await this.repository.insert(within, {
          id: randomUUID(),
          subject,
          subject_id: id,
          symptom,
          evidence,
          playbook: playbook.id,
          action: playbook.action,
          mode,
          status,
          note,
          acted_at: status === 'acting' ? new Date(now) : null,
        });
        if (made?.status === 'acting') await patient.carryOut?.(within, made, playbook);
        if (made !== undefined) await this.record.changed(within, made, HEALER);
        return made;
      });
    const incident = await insert(verdict).catch((error: unknown) => {
      if (error instanceof Hindered) return insert({ status: 'proposed', note: error.message });
      throw error;
    });
    return incident?.status === 'acting' ? incident : undefined;
  }

  /** Whether a playbook may be used by itself now. While it cools down, what it is for is told of already. */
  private async mayAct(patient: Patient, playbook: Playbook, now: number): Promise<Verdict> {
    const { id, action, cooldown_seconds } = playbook;
    if (action === 'wait') return { status: 'acting', note: null };
    if (this.demoted.has(id)) return { status: 'proposed', note: 'this playbook has rarely helped of late' };
    const hindrance = patient.hindrance?.(playbook);
    if (hindrance !== undefined) return { status: 'proposed', note: hindrance };
    const { actions, per_seconds } = this.file.budget;
    const { manager } = this.dataSource;
    const spent = await this.repository.spent(manager, patient.subject, patient.id, id, per_seconds);
    if (spent.last !== null && now - spent.last.getTime() < cooldown_seconds * 1_000)
      return { status: 'observed', note: `acts once in ${cooldown_seconds} s` };
    return spent.actions >= actions
      ? { status: 'proposed', note: `there were ${actions} actions in ${per_seconds} s already` }
      : { status: 'acting', note: null };
  }

  private async follow(
    patient: Patient,
    incident: Incident,
    finding: Finding | undefined,
    now: number,
  ): Promise<Incident | undefined> {
    const { status, symptom, mode } = incident;
    if (status === 'approved') {
      const playbook = this.file.playbooks.find(({ id }) => id === incident.playbook);
      return this.begin(patient, incident, playbook, 'failed');
    }
    if (status !== 'acting') {
      if (finding === undefined) await this.move(incident, 'passed', 'it went by itself');
      else if (status === 'observed' && mode === 'act') return this.reconsider(patient, incident, now);
      return undefined;
    }
    const end = patient.endOf(incident, finding, this.playbookFor(patient, symptom));
    if (end !== undefined) await this.move(incident, end.status, end.note);
    return undefined;
  }

  /** Has done what its playbook, which cooled down when it was opened, may do by now. */
  private async reconsider(patient: Patient, incident: Incident, now: number): Promise<Incident | undefined> {
    const playbook = this.playbookFor(patient, incident.symptom);
    if (playbook === undefined || patient.mode !== 'act') return undefined;
    const { status, note } = await this.mayAct(patient, playbook, now);
    if (status === 'observed') return undefined;
    if (status === 'acting')
      return this.begin(patient, Object.assign(incident, { note }), playbook, 'proposed');
    await this.move(incident, status, note);
    return undefined;
  }

  /** Has something done. @param otherwise what becomes of an incident about which it cannot be done */
  private async begin(
    patient: Patient,
    incident: Incident,
    playbook: Playbook | undefined,
    otherwise: 'proposed' | 'failed',
  ): Promise<Incident | undefined> {
    try {
      return await this.move(incident, 'acting', incident.note, (manager, moved) =>
        Promise.resolve(patient.carryOut?.(manager, moved, playbook)),
      );
    } catch (error) {
      if (!(error instanceof Hindered)) throw error;
      await this.move(incident, otherwise, error.message);
      return undefined;
    }
  }

  private async move(
    incident: Incident,
    status: IncidentStatus,
    note: string | null,
    carryOut?: (manager: EntityManager, moved: Incident) => Promise<void>,
  ): Promise<Incident | undefined> {
    return this.dataSource.transaction(async (manager) => {
      const moved = await this.repository.move(manager, incident, { status, note });
      if (moved === undefined) return undefined;
      await carryOut?.(manager, moved);
      await this.record.changed(manager, moved, HEALER);
      return moved;
    });
  }
}

function noteSince({ since, findings }: Patient, now: number): void {
  const present = new Set<string>(findings.map(({ symptom }) => symptom));
  for (const symptom of since.keys()) if (!present.has(symptom)) since.delete(symptom);
  for (const symptom of present) if (!since.has(symptom)) since.set(symptom, now);
}
