export { DocumentError, loadYamlDocument, parseYamlDocument, type DocumentIssue } from './yaml-document.js';
export { MAX_DOCUMENT_BYTES } from './yaml-screen.js';
