import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgentsModule } from '../agents/index.js';
import { ComplianceModule } from '../compliance/index.js';
import { ExportsModule } from '../exports/index.js';
import { JobsModule } from '../jobs/index.js';
import { ContentService } from './content.service.js';
import { DraftBatch } from './draft-batch.entity.js';
import { DraftBatchBuilder } from './draft-batch.builder.js';
import { DraftBatchesRepository } from './draft-batches.repository.js';
import { DraftBatchesService } from './draft-batches.service.js';
import { DraftRemoval } from './draft-removal.js';
import { DraftExportBuilder } from './draft-export.builder.js';
import { DraftExportsService } from './draft-exports.service.js';
import { DraftContexts } from './draft-contexts.js';
import { OriginalityMeasure } from './originality-measure.js';
import { DraftTexts } from './draft-texts.js';
import { DraftStore } from './draft-store.js';
import { Draft } from './draft.entity.js';
import { Drafter } from './drafter.js';
import { DraftsRepository } from './drafts.repository.js';
import { PostWriter } from './models/post-writer.js';
import { PopulationDrafts } from './population-drafts.js';
import { TemplateEditor } from './templates/template-editor.js';
import { TemplateLibrary } from './templates/template-library.js';
import { TemplatePreviews } from './templates/template-previews.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Draft, DraftBatch]),
    AgentsModule,
    ComplianceModule,
    ExportsModule,
    JobsModule,
  ],
  providers: [
    TemplateLibrary,
    TemplateEditor,
    TemplatePreviews,
    DraftsRepository,
    DraftBatchesRepository,
    DraftContexts,
    OriginalityMeasure,
    DraftStore,
    PostWriter,
    Drafter,
    DraftTexts,
    DraftRemoval,
    PopulationDrafts,
    ContentService,
    DraftBatchesService,
    DraftBatchBuilder,
    DraftExportsService,
    DraftExportBuilder,
  ],
  exports: [
    TemplateLibrary,
    TemplateEditor,
    TemplatePreviews,
    ContentService,
    DraftRemoval,
    DraftBatchesService,
    DraftBatchBuilder,
    DraftExportsService,
    DraftExportBuilder,
  ],
})
export class ContentModule {}
