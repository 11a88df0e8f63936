export { findPii } from './find-pii.js';
export { PII_KINDS, type PiiKind, type PiiSpan } from './pii-kinds.js';
export { redact } from './redact.js';
