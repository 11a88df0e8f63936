import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { AuditService } from '../../../core/audit/index.js';
import { declareEvent, EventsService } from '../../../core/events/index.js';
import { INCIDENT_STATUSES, type BotIncident } from './incident.entity.js';
import { HEALING_ACTIONS, SYMPTOMS } from './playbooks.js';

/** Who acts where nobody does. */
export const HEALER = 'self-healing';

const incidentChanged = declareEvent({
  type: 'bot.incident',
  topic: 'bots.{bot_id}',
  permission: 'bots:read',
  summary: 'Something is out of the usual with a bot, or more is known about it.',
  payload: z.strictObject({
    bot_id: z.string(),
    incident_id: z.uuid(),
    symptom: z.enum(SYMPTOMS),
    action: z.enum(HEALING_ACTIONS),
    status: z.enum(INCIDENT_STATUSES),
  }),
});

/** Tells of incidents: to the audit, and to who listens. */
@Injectable()
export class IncidentRecord {
  constructor(
    private readonly audit: AuditService,
    private readonly events: EventsService,
  ) {}

  async changed(manager: EntityManager, incident: BotIncident, actor: string): Promise<void> {
    const { id, bot_id, symptom, action, status, playbook } = incident;
    await this.events.emit(manager, incidentChanged({ bot_id, incident_id: id, symptom, action, status }));
    // What is only seen is no deed of anybody.
    if (actor === HEALER && status !== 'acting') return;
    const subject = { type: 'bot', id: bot_id };
    const data = { incident_id: id, symptom, action, playbook };
    await this.audit.append(manager, { actor, action: `bot.incident_${status}`, subject, data });
  }
}
