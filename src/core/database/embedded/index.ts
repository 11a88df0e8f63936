import { AppError } from '../../errors/index.js';

export interface EmbeddedPostgresOptions {
  dataDir: string;
  log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  ownerUrl: string;
  applicationUrl: string;
  port: number;
  pid: number;
  release(): Promise<void>;
}

/** @throws AppError always, until the supervisor is part of the build */
export async function acquireEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  throw new AppError(
    'unavailable',
    'database_not_configured',
    `no database in ${options.dataDir}: set DATABASE_URL`,
  );
}
