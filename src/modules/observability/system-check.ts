import { examineConfig, openConfig, type Config } from '../../core/config/index.js';
import { plural } from '../../core/words.js';
import { checkDatabase } from './check-database.js';
import { checkEncryption } from './check-encryption.js';
import {
  checkApi,
  checkCertificate,
  checkDataFolder,
  checkEgress,
  checkSecrets,
  checkShippedFiles,
  checkVersions,
} from './check-machine.js';
import type { CheckStatus, Finding } from './finding.js';

/** All findings and the worst status among them. */
export interface SystemReport {
  status: CheckStatus;
  checks: Finding[];
}

async function checkConfiguration(
  environment: Record<string, string | undefined>,
  cwd: string,
): Promise<Finding> {
  const { problems, warnings } = await examineConfig(environment, cwd);
  const advice = 'azt3knet config check';
  const name = 'configuration';
  if (problems.length > 0) {
    const fields = problems.map(({ field }) => field).join(', ');
    return { name, status: 'fail', detail: `wrong: ${fields}`, advice };
  }
  if (warnings.length > 0)
    return { name, status: 'warn', detail: `good, with ${plural(warnings.length, 'note')}`, advice };
  return { name, status: 'ok', detail: 'good' };
}

async function checkAll(
  environment: Record<string, string | undefined>,
  cwd: string,
  log: (line: string) => void,
): Promise<Finding[]> {
  const found = [checkVersions(), await checkConfiguration(environment, cwd)];
  if (found[1]?.status === 'fail') return found;
  const config: Config = await openConfig(environment, cwd);
  found.push(checkShippedFiles(config), await checkDataFolder(config.dataDir), checkSecrets(config));
  if (config.api.tls) found.push(checkCertificate(config.api.tls));
  found.push(checkEncryption(config));
  found.push(...(await checkDatabase(config, log)), await checkApi(config), await checkEgress(config));
  return found;
}

/**
 * Looks at everything that Azt3kNet needs, with or without a server running beside it.
 * @param log hears of trouble with connections
 */
export async function checkSystem(
  log: (line: string) => void,
  environment: Record<string, string | undefined> = process.env,
  cwd: string = process.cwd(),
): Promise<SystemReport> {
  const checks = await checkAll(environment, cwd, log);
  const worst = (['fail', 'warn'] as const).find((status) => checks.some((check) => check.status === status));
  return { status: worst ?? 'ok', checks };
}
