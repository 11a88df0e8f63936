export { AuditHttpModule } from './audit.http.module.js';
export { AuditModule } from './audit.module.js';
export { AuditService, type AuditVerification } from './audit.service.js';
export { AuditTally } from './audit-tally.js';
export { verifyTail, type AuditEntry, type AuditTail } from './audit-chain.js';
