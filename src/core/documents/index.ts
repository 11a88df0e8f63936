export { DocumentEditing, DocumentEditor, type Edit, type EditedDocument } from './document-editor.js';
export type { DocumentKind, DocumentSummary, DocumentVersion, ReadDocument } from './document-kind.js';
export { DocumentReader } from './document-reader.js';
export { DocumentLibrary, type DocumentPage } from './document-library.js';
export { DOCUMENT_SORTS, documentTags, type DocumentSort } from './document.rules.js';
export { DocumentsModule } from './documents.module.js';
export { DocumentsRepository, type DocumentFilter } from './documents.repository.js';
export { DocumentError, parseYamlDocument, type DocumentIssue } from './yaml-document.js';
export { MAX_DOCUMENT_BYTES } from './yaml-screen.js';
