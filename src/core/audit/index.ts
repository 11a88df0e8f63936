export { AuditHttpModule } from './audit.http.module.js';
export { AuditModule } from './audit.module.js';
export { HeadFiles } from './head-files.js';
export { HeadSigner, signedAt } from './head-signer.js';
export { latestHeads } from './latest-heads.js';
export { AuditService, type AuditVerification } from './audit.service.js';
export { AuditTally } from './audit-tally.js';
export { verifyTail, type AuditEntry, type AuditTail } from './audit-chain.js';
