import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  CurrentCaller,
  IdParams,
  page,
  pageQuery,
  Route,
  sortBy,
  synthetic,
  time,
  uuid,
  wire,
  type Caller,
} from '../../core/http/index.js';
import { HEALING_MODES } from '../../core/config/index.js';
import { INCIDENT_STATUSES, type Incident } from './incident.entity.js';
import { INCIDENT_SORTS } from './incidents.repository.js';
import { IncidentsService } from './incidents.service.js';
import { HEALING_ACTIONS, SUBJECTS, SYMPTOMS } from './playbooks.js';

const subject = z
  .enum(SUBJECTS)
  .meta({ examples: ['worker'], description: 'What kind of thing it is about.' });
const subjectId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, 'must be the id of a bot or a worker, or the name of a queue')
  .meta({ examples: ['laptop-4711-9f3a'], description: 'Which of them.' });
const symptom = z.enum(SYMPTOMS).meta({ examples: ['heartbeat_missed'] });
const status = z.enum(INCIDENT_STATUSES).meta({ examples: ['proposed'] });
const action = z.enum(HEALING_ACTIONS).meta({ examples: ['restart'] });

const IncidentDto = wire(
  'Incident',
  z
    .strictObject({
      synthetic,
      id: uuid,
      subject,
      subject_id: subjectId,
      symptom,
      evidence: z.record(z.string(), z.unknown()).meta({ description: 'The measures that show it.' }),
      playbook: z.string().meta({ examples: ['restart-silent'] }),
      action,
      mode: z.enum(HEALING_MODES),
      status,
      note: z.string().nullable().meta({ description: 'Why it is where it is.' }),
      decided_by: z.string().nullable().meta({ description: 'Who approved or dismissed it.' }),
      opened_at: time,
      acted_at: time.nullable(),
      closed_at: time.nullable(),
    })
    .describe(
      'Something out of the usual with a bot, a worker, a queue or a dependency, what was done about it, and what came of it.',
    ),
);
type IncidentDto = z.infer<typeof IncidentDto>;

const IncidentListDto = page('IncidentList', 'incidents', IncidentDto);
type IncidentListDto = z.infer<typeof IncidentListDto>;

const IncidentsQuery = pageQuery({
  subject: subject.optional(),
  subject_id: subjectId.optional(),
  status: status.optional(),
  symptom: symptom.optional(),
  sort: sortBy(INCIDENT_SORTS, '-opened_at'),
});
type IncidentsQuery = z.infer<typeof IncidentsQuery>;

const PlaybookListDto = wire(
  'PlaybookList',
  z
    .strictObject({
      synthetic,
      playbooks: z.array(
        z.strictObject({
          id: z.string().meta({ examples: ['restart-silent'] }),
          subject,
          symptom,
          action,
          succeeded: z.int().meta({ description: 'Times that it has helped in the last week.' }),
          failed: z.int().meta({ description: 'Times that it has not.' }),
          demoted: z.boolean().meta({ description: 'Whether it only proposes, since it rarely helped.' }),
        }),
      ),
    })
    .describe('What self-healing does about which symptom, and how that went.'),
);
type PlaybookListDto = z.infer<typeof PlaybookListDto>;

@Controller('incidents')
@Route.group('healing')
export class IncidentsController {
  constructor(private readonly service: IncidentsService) {}

  @Get()
  @Route({
    summary: 'What was out of the usual with bots, workers and queues, the newest first.',
    permission: 'incidents:read',
    query: IncidentsQuery,
    answers: { 200: IncidentListDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: IncidentsQuery): Promise<IncidentListDto> {
    const { rows, next } = await this.service.list(filter, { sort, limit, cursor });
    return { synthetic: true, incidents: rows.map(incidentDto), next_cursor: next };
  }

  @Get(':id')
  @Route({
    summary: 'An incident.',
    permission: 'incidents:read',
    params: IdParams,
    answers: { 200: IncidentDto },
  })
  async get(@Param() { id }: IdParams): Promise<IncidentDto> {
    return incidentDto(await this.service.get(id));
  }

  @Post(':id/approve')
  @Route({
    summary: 'Lets self-healing do what it proposes.',
    permission: 'incidents:decide',
    params: IdParams,
    answers: { 200: IncidentDto },
  })
  async approve(@Param() { id }: IdParams, @CurrentCaller() { username }: Caller): Promise<IncidentDto> {
    return incidentDto(await this.service.decide(id, 'approved', username));
  }

  @Post(':id/dismiss')
  @Route({
    summary: 'Closes an incident about which nothing is to be done.',
    permission: 'incidents:decide',
    params: IdParams,
    answers: { 200: IncidentDto },
  })
  async dismiss(@Param() { id }: IdParams, @CurrentCaller() { username }: Caller): Promise<IncidentDto> {
    return incidentDto(await this.service.decide(id, 'dismissed', username));
  }
}

@Controller('playbooks')
@Route.group('healing')
export class PlaybooksController {
  constructor(private readonly service: IncidentsService) {}

  @Get()
  @Route({
    summary: 'What self-healing does about which symptom, and how often that has helped.',
    permission: 'incidents:read',
    answers: { 200: PlaybookListDto },
  })
  async list(): Promise<PlaybookListDto> {
    const playbooks = (await this.service.playbooks()).map((each) => {
      const { id, subject: of, when, action: does, succeeded, failed, demoted } = each;
      return { id, subject: of, symptom: when, action: does, succeeded, failed, demoted };
    });
    return { synthetic: true, playbooks };
  }
}

function incidentDto(incident: Incident): IncidentDto {
  return {
    synthetic: true,
    id: incident.id,
    subject: incident.subject,
    subject_id: incident.subject_id,
    symptom: incident.symptom,
    evidence: incident.evidence as IncidentDto['evidence'],
    playbook: incident.playbook,
    action: incident.action,
    mode: incident.mode,
    status: incident.status,
    note: incident.note,
    decided_by: incident.decided_by,
    opened_at: incident.opened_at.toISOString(),
    acted_at: incident.acted_at?.toISOString() ?? null,
    closed_at: incident.closed_at?.toISOString() ?? null,
  };
}
