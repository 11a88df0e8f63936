export { csvLine } from './csv.js';
export { DocumentError, loadYamlDocument, parseYamlDocument, type DocumentIssue } from './yaml-document.js';
