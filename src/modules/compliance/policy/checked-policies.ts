import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../../core/project.js';
import { checkPolicy } from './policy.examples.js';
import type { LoadedPolicy } from './policy.loader.js';

/** What the build has found to be valid policies, an array of `LoadedPolicy`; scripts/policies.mjs writes it. */
const CHECKED_POLICIES = join(PROJECT_ROOT, 'dist', 'program', 'policies.json');

let checked: ReadonlyMap<string, LoadedPolicy> | undefined;

/** By the SHA-256 of their texts; none where nothing was built. */
function checkedPolicies(): ReadonlyMap<string, LoadedPolicy> {
  if (checked !== undefined) return checked;
  const policies = existsSync(CHECKED_POLICIES)
    ? (JSON.parse(readFileSync(CHECKED_POLICIES, 'utf8')) as LoadedPolicy[])
    : [];
  checked = new Map(policies.map((policy) => [policy.sha256, policy]));
  return checked;
}

/**
 * Reads a policy and runs its examples, unless the build has done so with this very text: no start does again what takes
 * hundreds of milliseconds. @throws DocumentError naming every wrong line, failing examples among them
 */
export function readPolicy(text: string, source: string): LoadedPolicy {
  const sha256 = createHash('sha256').update(text, 'utf8').digest('hex');
  return checkedPolicies().get(sha256) ?? checkPolicy(text, source);
}
