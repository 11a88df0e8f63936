import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../../core/audit/index.js';
import type { Page, PageRequest } from '../../core/database/index.js';
import { EventsService } from '../../core/events/index.js';
import { contentTag, requireMatch } from '../../core/http/index.js';
import { ExportsService } from '../exports/index.js';
import { PopulationNotFound } from './agents.errors.js';
import { populationDto, type PopulationDto } from './dto/population.dto.js';
import type { Population } from './population.entity.js';
import { populationUpdated } from './population.events.js';
import {
  PopulationsRepository,
  type PopulationFilter,
  type PopulationLabels,
  type PopulationSort,
} from './populations.repository.js';

/** What is to be said about a population; null takes back a name or notes. */
export type LabelChanges = { [Label in keyof PopulationLabels]?: PopulationLabels[Label] | undefined };

/** Lists populations, and changes what people say about them. */
@Injectable()
export class PopulationsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: PopulationsRepository,
    private readonly exports: ExportsService,
    private readonly events: EventsService,
    private readonly audit: AuditService,
  ) {}

  /** A page of populations. @throws InvalidCursor */
  list(filter: PopulationFilter, request: PageRequest<PopulationSort>): Promise<Page<Population>> {
    return this.repository.page(this.dataSource.manager, filter, request);
  }

  /**
   * Names, annotates or tags a population; what is not given stays.
   * @param ifMatch the tags that its description may have now, or `*`
   * @throws PopulationNotFound, PopulationNameTaken, PreconditionFailedError
   */
  async update(
    reference: string,
    changes: LabelChanges,
    ifMatch: string,
    actor: string,
  ): Promise<PopulationDto> {
    return this.dataSource.transaction(async (manager) => {
      const population = await this.repository.lock(manager, reference);
      if (population === undefined) throw new PopulationNotFound(reference);
      const { id } = population;
      const exports = await this.exports.ofSubject({ population_id: id }, manager);
      requireMatch(ifMatch, contentTag(populationDto(population, exports)));
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const updated = Object.assign(population, given);
      await this.repository.label(manager, id, updated);
      const { name, notes, tags } = updated;
      await this.events.emit(manager, populationUpdated({ population_id: id, name, notes, tags }));
      await this.audit.append(manager, {
        actor,
        action: 'population.update',
        subject: { type: 'population', id },
        data: given,
      });
      return populationDto(updated, exports);
    });
  }
}
