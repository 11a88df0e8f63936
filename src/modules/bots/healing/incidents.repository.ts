import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { BotIncident, IncidentStatus } from './incident.entity.js';
import type { Symptom } from './playbooks.js';

export const INCIDENT_SORTS = ['opened_at'] as const;
export type IncidentSort = (typeof INCIDENT_SORTS)[number];

const OPEN = `('observed', 'proposed', 'approved', 'acting')`;

const LIST = new Listing<IncidentSort>({
  name: 'bot_incidents',
  select: 'bot_incidents.*',
  from: 'bot_incidents',
  id: 'bot_incidents.id',
  sorts: { opened_at: { sql: 'bot_incidents.opened_at', type: 'timestamptz' } },
});

/** Which incidents: all conditions together. */
export interface IncidentFilter {
  bot?: string | undefined;
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
    { bot, status, symptom }: IncidentFilter,
    request: PageRequest<IncidentSort>,
  ): Promise<Page<BotIncident>> {
    const conditions = new Conditions()
      .equal('bot_incidents.bot_id', bot)
      .equal('bot_incidents.status', status)
      .equal('bot_incidents.symptom', symptom);
    return LIST.page<BotIncident>(manager, conditions, request);
  }

  async find(manager: EntityManager, id: string, lock: boolean = false): Promise<BotIncident | undefined> {
    const [row] = await manager.query<BotIncident[]>(
      `SELECT * FROM bot_incidents WHERE id = $1${lock ? ' FOR UPDATE' : ''}`,
      [id],
    );
    return row;
  }

  /** Those of these bots that are not over. */
  open(manager: EntityManager, botIds: readonly string[]): Promise<BotIncident[]> {
    return manager.query(
      `SELECT * FROM bot_incidents WHERE status IN ${OPEN} AND bot_id = ANY ($1) ORDER BY opened_at, id`,
      [botIds],
    );
  }

  /** Adds an incident; nothing when one of this symptom is open. */
  async insert(
    manager: EntityManager,
    incident: Omit<BotIncident, 'bot' | 'opened_at' | 'closed_at' | 'decided_by'>,
  ): Promise<BotIncident | undefined> {
    const { id, bot_id, symptom, evidence, playbook, action, mode, status, note, acted_at } = incident;
    const [row] = await manager.query<BotIncident[]>(
      `INSERT INTO bot_incidents (id, bot_id, symptom, evidence, playbook, action, mode, status, note, acted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING *`,
      [id, bot_id, symptom, JSON.stringify(evidence), playbook, action, mode, status, note, acted_at],
    );
    return row;
  }

  /** Moves an incident on, from the status that it is known to have. @returns it, unless somebody else was faster */
  async move(
    manager: EntityManager,
    { id, status: before }: BotIncident,
    change: { status: IncidentStatus; note: string | null; decidedBy?: string },
  ): Promise<BotIncident | undefined> {
    const [[row]] = await manager.query<[BotIncident[], number]>(
      `UPDATE bot_incidents SET status = $3, note = $4, decided_by = coalesce($5, decided_by),
         acted_at = CASE WHEN $3 = 'acting' THEN now() ELSE acted_at END,
         closed_at = CASE WHEN $3 IN ${OPEN} THEN NULL ELSE now() END
       WHERE id = $1 AND status = $2 RETURNING *`,
      [id, before, change.status, change.note, change.decidedBy ?? null],
    );
    return row;
  }

  /** Actions on a bot in the last seconds, and when a playbook was last used on it. */
  async spent(
    manager: EntityManager,
    botId: string,
    playbook: string,
    seconds: number,
  ): Promise<{ actions: number; last: Date | null }> {
    const [row] = await manager.query<[{ actions: number; last: Date | null }]>(
      `SELECT count(*) FILTER (WHERE acted_at > now() - make_interval(secs => $3) AND action <> 'wait')::int AS actions,
         max(acted_at) FILTER (WHERE playbook = $2) AS last
       FROM bot_incidents WHERE bot_id = $1 AND acted_at IS NOT NULL`,
      [botId, playbook, seconds],
    );
    return row;
  }

  /** Whether somebody has said, since then, that nothing is to be done about a symptom. */
  async isDismissed(manager: EntityManager, botId: string, symptom: Symptom, since: Date): Promise<boolean> {
    const rows = await manager.query<object[]>(
      `SELECT 1 FROM bot_incidents WHERE bot_id = $1 AND symptom = $2 AND status = 'dismissed' AND closed_at >= $3 LIMIT 1`,
      [botId, symptom, since],
    );
    return rows.length > 0;
  }

  /** How playbooks did in the last week. */
  records(manager: EntityManager): Promise<PlaybookRecord[]> {
    return manager.query(
      `SELECT playbook, count(*) FILTER (WHERE status = 'succeeded')::int AS succeeded,
         count(*) FILTER (WHERE status = 'failed')::int AS failed
       FROM bot_incidents WHERE acted_at IS NOT NULL AND closed_at > now() - interval '7 days' GROUP BY playbook`,
    );
  }

  /** Forgets incidents that were over long ago. */
  async prune(manager: EntityManager): Promise<void> {
    await manager.query(`DELETE FROM bot_incidents WHERE closed_at < now() - interval '90 days'`);
  }
}
