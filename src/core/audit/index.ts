export { AuditModule } from './audit.module.js';
export { AuditService, type AuditVerification } from './audit.service.js';
export type { AuditEntry } from './audit-chain.js';
