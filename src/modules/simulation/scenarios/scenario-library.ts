import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { DocumentLibrary, DocumentsRepository } from '../../../core/documents/index.js';
import { SCENARIOS, type ScenarioSummary } from './scenario.loader.js';
import type { Scenario } from './scenario.schema.js';

/** The scenarios of this installation. */
@Injectable()
export class ScenarioLibrary extends DocumentLibrary<Scenario, ScenarioSummary> {
  constructor(@InjectDataSource() dataSource: DataSource, repository: DocumentsRepository) {
    super(SCENARIOS, dataSource, repository);
  }
}
