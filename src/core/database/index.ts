export { AfterCommit } from './after-commit.js';
export { DATABASE_TARGET, DatabaseModule } from './database.module.js';
export {
  APPLICATION_ROLE,
  openDatabase,
  poolConfig,
  type ConnectionTarget,
  type DatabaseTarget,
} from './database-target.js';
export { AUDIT_LOCK } from './locks.js';
export {
  databaseDrift,
  databaseStatus,
  downgradeDatabase,
  upgradeDatabase,
  type MigrationState,
} from './migrator.js';
