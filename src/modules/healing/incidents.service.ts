import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../core/config/index.js';
import type { Page, PageRequest } from '../../core/database/index.js';
import { IncidentNotFoundError, IncidentNotWaitingError } from './healing.errors.js';
import type { Incident } from './incident.entity.js';
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

/** Shows what was out of the usual with bots, workers and queues, and takes what people decide about it. */
@Injectable()
export class IncidentsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: IncidentsRepository,
    private readonly record: IncidentRecord,
  ) {}

  /** @throws InvalidCursor */
  list(filter: IncidentFilter, request: PageRequest<IncidentSort>): Promise<Page<Incident>> {
    return this.repository.page(this.dataSource.manager, filter, request);
  }

  /** @throws IncidentNotFoundError */
  async get(id: string): Promise<Incident> {
    return found(await this.repository.find(this.dataSource.manager, id), id);
  }

  /**
   * Says what is to be done about an incident that only waits: one that was proposed, or only observed.
   * @throws IncidentNotFoundError, IncidentNotWaitingError
   */
  async decide(id: string, verdict: 'approved' | 'dismissed', actor: string): Promise<Incident> {
    return this.dataSource.transaction(async (manager) => {
      const incident = found(await this.repository.find(manager, id, true), id);
      const { status, note } = incident;
      if (status !== 'proposed' && status !== 'observed') throw new IncidentNotWaitingError(status);
      const moved = await this.repository.move(manager, incident, {
        status: verdict,
        note,
        decidedBy: actor,
      });
      await this.record.changed(manager, moved as Incident, actor);
      return moved as Incident;
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

function found(incident: Incident | undefined, id: string): Incident {
  if (incident === undefined) throw new IncidentNotFoundError(id);
  return incident;
}
