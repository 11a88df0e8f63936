import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import type { Page, PageRequest } from '../../../core/database/index.js';
import { BotsError } from '../bots.errors.js';
import type { BotIncident } from './incident.entity.js';
import { IncidentRecord } from './incident.record.js';
import {
  IncidentsRepository,
  type IncidentFilter,
  type IncidentSort,
  type PlaybookRecord,
} from './incidents.repository.js';
import { loadPlaybooks, type Playbook } from './playbooks.js';

/** A playbook, and how it did in the last week. */
export interface UsedPlaybook extends Playbook, Omit<PlaybookRecord, 'playbook'> {
  demoted: boolean;
}

/** Shows what was out of the usual with bots, and takes what people decide about it. */
@Injectable()
export class IncidentsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: IncidentsRepository,
    private readonly record: IncidentRecord,
  ) {}

  /** @throws InvalidCursor */
  list(filter: IncidentFilter, request: PageRequest<IncidentSort>): Promise<Page<BotIncident>> {
    return this.repository.page(this.dataSource.manager, filter, request);
  }

  /** @throws BotsError `incident_not_found` */
  async get(id: string): Promise<BotIncident> {
    return found(await this.repository.find(this.dataSource.manager, id), id);
  }

  /**
   * Says what is to be done about an incident that only waits: one that was proposed, or only observed.
   * @throws BotsError `incident_not_found`, `incident_not_waiting`
   */
  async decide(id: string, verdict: 'approved' | 'dismissed', actor: string): Promise<BotIncident> {
    return this.dataSource.transaction(async (manager) => {
      const incident = found(await this.repository.find(manager, id, true), id);
      const { status, note } = incident;
      if (status !== 'proposed' && status !== 'observed')
        throw new BotsError(
          'conflict',
          'incident_not_waiting',
          `the incident is ${status}; only one that is proposed or observed waits for somebody`,
        );
      const moved = await this.repository.move(manager, incident, {
        status: verdict,
        note,
        decidedBy: actor,
      });
      await this.record.changed(manager, moved as BotIncident, actor);
      return moved as BotIncident;
    });
  }

  /** @throws DocumentError when the operator's file is wrong */
  async playbooks(): Promise<UsedPlaybook[]> {
    const { playbooks, demotion } = loadPlaybooks(this.config);
    const records = await this.repository.records(this.dataSource.manager);
    return playbooks.map((playbook) => {
      const { succeeded = 0, failed = 0 } = records.find((each) => each.playbook === playbook.id) ?? {};
      const all = succeeded + failed;
      return {
        ...playbook,
        succeeded,
        failed,
        demoted: all >= demotion.after && succeeded < demotion.below * all,
      };
    });
  }
}

function found(incident: BotIncident | undefined, id: string): BotIncident {
  if (incident === undefined) throw BotsError.notFound('incident', id);
  return incident;
}
