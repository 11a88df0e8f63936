export { embeddedPostgresExists } from './embedded/index.js';
export { AfterCommit } from './after-commit.js';
export { anywhere, Conditions } from './conditions.js';
export { DATABASE_TARGET, DatabaseModule } from './database.module.js';
export {
  openDatabase,
  poolConfig,
  WORKER_CONNECTION,
  type ConnectionTarget,
  type DatabaseTarget,
} from './database-target.js';
export { installationOf } from './installation.js';
export { Listing, type Page, type PageRequest, type Sort } from './listing.js';
export { AUDIT_LOCK, ROLES_LOCK, SIGNING_KEYS_LOCK, SWEEP_LOCK } from './locks.js';
export {
  databaseDifference,
  databaseDrift,
  databaseStatus,
  upgradeDatabase,
  type MigrationState,
} from './migrator.js';
export { appliedMigrations, schemaDifference, type SchemaDifference } from './schema-version.js';
