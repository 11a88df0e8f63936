export { AfterCommit } from './after-commit.js';
export { DATABASE_TARGET, DatabaseModule } from './database.module.js';
export { openDatabase, poolConfig, type ConnectionTarget, type DatabaseTarget } from './database-target.js';
export { AUDIT_LOCK, SWEEP_LOCK } from './locks.js';
export { databaseDrift, databaseStatus, upgradeDatabase, type MigrationState } from './migrator.js';
