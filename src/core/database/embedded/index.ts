export {
  acquireEmbeddedPostgres,
  embeddedPostgresStatus,
  type EmbeddedPostgres,
} from './embedded-postgres.js';
