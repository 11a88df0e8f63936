export { ContentService } from './content.service.js';
export { ContentHttpModule } from './content.http.module.js';
export { ContentModule } from './content.module.js';
export { ContentWorkerModule } from './content.worker.module.js';
export type { BatchDraft } from './draft-batches.repository.js';
export type { DecidedDraft } from './drafts.repository.js';
export { TemplateEditor } from './templates/template-editor.js';
export { TemplateLibrary } from './templates/template-library.js';
export { DraftBatchesService, type SubmittedBatch } from './draft-batches.service.js';
