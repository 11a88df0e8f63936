import { createHash } from 'node:crypto';
import type { RuleInfo } from './rule-info.js';

/**
 * Whether a rule acts on a subject: always when it is live, never in shadow, else by the hash of rule and subject. Whoever
 * is in a share is in every larger one, whatever the version of the policy. A rule acts where the subject is not known.
 */
export function isInShare(
  { policy, rule, share }: Pick<RuleInfo, 'policy' | 'rule' | 'share'>,
  subject: string | undefined,
): boolean {
  if (share >= 100 || share <= 0) return share > 0;
  if (subject === undefined) return true;
  const digest = createHash('sha256')
    .update(JSON.stringify([policy, rule, subject]))
    .digest();
  return digest.readUInt32BE() / 2 ** 32 < share / 100;
}
