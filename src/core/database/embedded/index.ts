export {
  acquireEmbeddedPostgres,
  embeddedPostgresExists,
  embeddedPostgresStatus,
  type EmbeddedPostgres,
} from './embedded-postgres.js';
export { dataFolderAt } from './settings.js';
export { identify, ownIdentity } from './process-identity.js';
