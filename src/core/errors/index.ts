export { accepted, knownFields } from './accepted.js';
export { AppError, type ErrorKind, type FieldIssue } from './app-error.js';
