export { changedFiles, describeChanges, integrityText, requireShippedFiles } from './shipped-files.js';
