export { csvLine } from './csv.js';
export { declareDocumentEvents, documentEventPayload } from './document-events.js';
export {
  DocumentEditing,
  DocumentEditor,
  identityOf,
  type Edit,
  type EditedDocument,
} from './document-editor.js';
export type { DocumentKind, DocumentSummary, DocumentVersion, ReadDocument } from './document-kind.js';
export { DocumentLibrary, type DocumentPage } from './document-library.js';
export { DocumentReader } from './document-reader.js';
export { DocumentResource, editOf, tagOf } from './document-resource.js';
export {
  contentOf,
  DocumentBody,
  documentFields,
  DocumentParams,
  DocumentQuery,
  documentsQuery,
  RetireQuery,
  versionDto,
  versionFields,
  VersionsQuery,
} from './document.dto.js';
export { compareVersions, DOCUMENT_STATUSES, documentTags, nextVersion, statusOf } from './document.rules.js';
export { DocumentStoreError } from './documents.errors.js';
export { DocumentsModule } from './documents.module.js';
export { DocumentsRepository } from './documents.repository.js';
export { csvRecords, CsvMistake, readCsv, type CsvRecord } from './read-csv.js';
export { MAX_DOCUMENT_BYTES } from './yaml-screen.js';
export {
  DocumentError,
  documentErrorAt,
  pathOf,
  dotted,
  parseYamlDocument,
  readPart,
  type DocumentIssue,
  type PathIssue,
} from './yaml-document.js';
