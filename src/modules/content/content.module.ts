import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PROJECT_ROOT } from '../../core/project.js';
import { AgentsModule } from '../agents/index.js';
import { ComplianceModule } from '../compliance/index.js';
import { ExportsModule } from '../exports/index.js';
import { JobsModule } from '../jobs/index.js';
import { ContentService } from './content.service.js';
import { DraftBatch } from './draft-batch.entity.js';
import { DraftBatchBuilder } from './draft-batch.builder.js';
import { DraftBatchesRepository } from './draft-batches.repository.js';
import { DraftBatchesService } from './draft-batches.service.js';
import { DraftExportBuilder } from './draft-export.builder.js';
import { DraftExportsService } from './draft-exports.service.js';
import { DraftStore } from './draft-store.js';
import { Draft } from './draft.entity.js';
import { DraftsRepository } from './drafts.repository.js';
import { TemplateLibrary } from './templates/template-library.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Draft, DraftBatch]),
    AgentsModule,
    ComplianceModule,
    ExportsModule,
    JobsModule,
  ],
  providers: [
    { provide: TemplateLibrary, useFactory: () => TemplateLibrary.load(join(PROJECT_ROOT, 'templates')) },
    DraftsRepository,
    DraftBatchesRepository,
    DraftStore,
    ContentService,
    DraftBatchesService,
    DraftBatchBuilder,
    DraftExportsService,
    DraftExportBuilder,
  ],
  exports: [ContentService, DraftBatchesService, DraftBatchBuilder, DraftExportsService, DraftExportBuilder],
})
export class ContentModule {}
