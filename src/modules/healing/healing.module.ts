import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Healer } from './healer.js';
import { Hearing } from './hearing.js';
import { Incident } from './incident.entity.js';
import { IncidentRecord } from './incident.record.js';
import { IncidentsRepository } from './incidents.repository.js';
import { IncidentsService } from './incidents.service.js';

/** Incidents and what is done about them: for every mode. */
@Module({
  imports: [TypeOrmModule.forFeature([Incident])],
  providers: [IncidentsRepository, IncidentRecord, IncidentsService, Healer, Hearing],
  exports: [IncidentsService, Healer, Hearing],
})
export class HealingModule {}
