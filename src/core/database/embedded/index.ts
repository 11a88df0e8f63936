export {
  acquireEmbeddedPostgres,
  embeddedPostgresStatus,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type EmbeddedPostgresStatus,
} from './embedded-postgres.js';
export { EmbeddedPostgresError } from './embedded-postgres.errors.js';
