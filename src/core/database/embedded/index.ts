export {
  acquireEmbeddedPostgres,
  embeddedPostgresStatus,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type EmbeddedPostgresStatus,
} from './embedded-postgres.js';
