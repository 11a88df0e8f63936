import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where root keeps the database outside of the data folder. */
export function externalHome(dataDir: string): string | undefined {
  const settings = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as {
    external_home?: string;
  };
  return settings.external_home;
}
