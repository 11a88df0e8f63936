import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { AuditService } from '../../core/audit/index.js';
import { declareEvent, EventsService } from '../../core/events/index.js';
import { INCIDENT_STATUSES, type Incident } from './incident.entity.js';
import { HEALING_ACTIONS, SUBJECTS, SYMPTOMS } from './playbooks.js';

/** Who acts where nobody does. */
export const HEALER = 'self-healing';

const incidentChanged = declareEvent({
  type: 'incident.changed',
  topic: 'incidents.{incident_id}',
  permission: 'incidents:read',
  summary: 'Something is out of the usual with a bot, a worker or a queue, or more is known about it.',
  payload: z.strictObject({
    incident_id: z.uuid(),
    subject: z.enum(SUBJECTS),
    subject_id: z.string(),
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

  async changed(manager: EntityManager, incident: Incident, actor: string): Promise<void> {
    const { id, subject, subject_id, symptom, action, status, playbook } = incident;
    const told = { incident_id: id, subject, subject_id, symptom, action, status };
    await this.events.emit(manager, incidentChanged(told));
    // What is only seen is no deed of anybody.
    if (actor === HEALER && status !== 'acting') return;
    const data = { incident_id: id, symptom, action, playbook };
    await this.audit.append(manager, {
      actor,
      action: `incident.${status}`,
      subject: { type: subject, id: subject_id },
      data,
    });
  }
}
