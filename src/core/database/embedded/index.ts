export {
  acquireEmbeddedPostgres,
  embeddedPostgresExists,
  embeddedPostgresStatus,
  type EmbeddedPostgres,
} from './embedded-postgres.js';
