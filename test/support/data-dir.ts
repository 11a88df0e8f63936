import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes a data folder, and where root keeps its database outside of it, that too. */
export function removeDataDir(dataDir: string): void {
  const settings = join(dataDir, 'postgres.json');
  if (existsSync(settings)) {
    const { external_home } = JSON.parse(readFileSync(settings, 'utf8')) as { external_home?: string };
    if (external_home !== undefined) rmSync(external_home, { recursive: true, force: true });
  }
  rmSync(dataDir, { recursive: true, force: true });
}
