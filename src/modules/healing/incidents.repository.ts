import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../core/database/index.js';
import type { Incident, IncidentStatus } from './incident.entity.js';
import type { Subject, Symptom } from './playbooks.js';

export const INCIDENT_SORTS = ['opened_at'] as const;
export type IncidentSort = (typeof INCIDENT_SORTS)[number];

const OPEN = `('observed', 'proposed', 'approved', 'acting')`;

const LIST = new Listing<IncidentSort>({
  name: 'incidents',
  select: 'incidents.*',
  from: 'incidents',
  id: 'incidents.id',
  sorts: { opened_at: { sql: 'incidents.opened_at', type: 'timestamptz' } },
});

/** Which incidents: all conditions together. */
export interface IncidentFilter {
  subject?: Subject | undefined;
  subject_id?: string | undefined;
  status?: IncidentStatus | undefined;
  symptom?: Symptom | undefined;
}

/** How often a playbook was used, and has helped. */
export interface PlaybookRecord {
  playbook: string;
  succeeded: number;
  failed: number;
}

/** All SQL about incidents. */
@Injectable()
export class IncidentsRepository {
  /** @throws InvalidCursor */
  page(
    manager: EntityManager,
    { subject, subject_id, status, symptom }: IncidentFilter,
    request: PageRequest<IncidentSort>,
  ): Promise<Page<Incident>> {
    const conditions = new Conditions()
      .equal('incidents.subject', subject)
      .equal('incidents.subject_id', subject_id)
      .equal('incidents.status', status)
      .equal('incidents.symptom', symptom);
    return LIST.page<Incident>(manager, conditions, request);
  }

  async find(manager: EntityManager, id: string, lock: boolean = false): Promise<Incident | undefined> {
    const [row] = await manager.query<Incident[]>(
      `SELECT * FROM incidents WHERE id = $1${lock ? ' FOR UPDATE' : ''}`,
      [id],
    );
    return row;
  }

  /** Those of a kind of subject that are not over. @param ids of these alone */
  open(manager: EntityManager, subject: Subject, ids?: readonly string[]): Promise<Incident[]> {
    return manager.query(
      `SELECT * FROM incidents WHERE status IN ${OPEN} AND subject = $1 AND ($2::text[] IS NULL OR subject_id = ANY ($2))
       ORDER BY opened_at, id`,
      [subject, ids ?? null],
    );
  }

  /** Adds an incident; nothing when one of this symptom is open. */
  async insert(
    manager: EntityManager,
    incident: Omit<Incident, 'bot_id' | 'opened_at' | 'closed_at' | 'decided_by'>,
  ): Promise<Incident | undefined> {
    const { id, subject, subject_id, symptom, evidence, playbook, action, mode, status, note, acted_at } =
      incident;
    const [row] = await manager.query<Incident[]>(
      `INSERT INTO incidents (id, subject, subject_id, bot_id, symptom, evidence, playbook, action, mode, status, note, acted_at)
       VALUES ($1, $2, $3, CASE WHEN $2 = 'bot' THEN $3 END, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT DO NOTHING RETURNING *`,
      [
        id,
        subject,
        subject_id,
        symptom,
        JSON.stringify(evidence),
        playbook,
        action,
        mode,
        status,
        note,
        acted_at,
      ],
    );
    return row;
  }

  /** Moves an incident on, from the status that it is known to have. @returns it, unless somebody else was faster */
  async move(
    manager: EntityManager,
    { id, status: before }: Incident,
    change: { status: IncidentStatus; note: string | null; decidedBy?: string },
  ): Promise<Incident | undefined> {
    const [[row]] = await manager.query<[Incident[], number]>(
      `UPDATE incidents SET status = $3, note = $4, decided_by = coalesce($5, decided_by),
         acted_at = CASE WHEN $3 = 'acting' THEN now() ELSE acted_at END,
         closed_at = CASE WHEN $3 IN ${OPEN} THEN NULL ELSE now() END
       WHERE id = $1 AND status = $2 RETURNING *`,
      [id, before, change.status, change.note, change.decidedBy ?? null],
    );
    return row;
  }

  /** Actions on a subject in the last seconds, and when a playbook was last used on it. */
  async spent(
    manager: EntityManager,
    subject: Subject,
    subjectId: string,
    playbook: string,
    seconds: number,
  ): Promise<{ actions: number; last: Date | null }> {
    const [row] = await manager.query<[{ actions: number; last: Date | null }]>(
      `SELECT count(*) FILTER (WHERE acted_at > now() - make_interval(secs => $4) AND action <> 'wait')::int AS actions,
         max(acted_at) FILTER (WHERE playbook = $3) AS last
       FROM incidents WHERE subject = $1 AND subject_id = $2 AND acted_at IS NOT NULL`,
      [subject, subjectId, playbook, seconds],
    );
    return row;
  }

  /** Whether somebody has said, since then, that nothing is to be done about a symptom. */
  async isDismissed(
    manager: EntityManager,
    subject: Subject,
    subjectId: string,
    symptom: Symptom,
    since: Date,
  ): Promise<boolean> {
    const rows = await manager.query<object[]>(
      `SELECT 1 FROM incidents WHERE subject = $1 AND subject_id = $2 AND symptom = $3 AND status = 'dismissed'
         AND closed_at >= $4 LIMIT 1`,
      [subject, subjectId, symptom, since],
    );
    return rows.length > 0;
  }

  /** How playbooks did in the last week. */
  records(manager: EntityManager): Promise<PlaybookRecord[]> {
    return manager.query(
      `SELECT playbook, count(*) FILTER (WHERE status = 'succeeded')::int AS succeeded,
         count(*) FILTER (WHERE status = 'failed')::int AS failed
       FROM incidents WHERE acted_at IS NOT NULL AND closed_at > now() - interval '7 days' GROUP BY playbook`,
    );
  }

  /** Forgets incidents that were over long ago. */
  async prune(manager: EntityManager): Promise<void> {
    await manager.query(`DELETE FROM incidents WHERE closed_at < now() - interval '90 days'`);
  }
}
