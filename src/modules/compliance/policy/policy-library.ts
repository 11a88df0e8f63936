import { createHash } from 'node:crypto';
import { ComplianceError } from '../compliance.errors.js';
import { compilePolicies, type CompiledPolicies } from '../guard/compiled-policies.js';
import { loadPolicies, type LoadedPolicy } from './policy.loader.js';

/** Which text of a policy was in force. */
export interface PolicyVersion {
  id: string;
  version: string;
  /** SHA-256 of the policy's file. */
  sha256: string;
}

/** Which policies a list has: all conditions together. */
export interface PolicyFilter {
  /** A part of the name. */
  name?: string | undefined;
  language?: string | undefined;
  /** What one of its rules labels a text with. */
  label?: string | undefined;
}

function fits({ id, languages, rules }: LoadedPolicy, { name, language, label }: PolicyFilter): boolean {
  return (
    (name === undefined || id.includes(name)) &&
    (language === undefined || languages.includes(language)) &&
    (label === undefined || rules.some((rule) => rule.label === label))
  );
}

/** The policies in force in this process: read once, at start. */
export class PolicyLibrary {
  readonly versions: readonly PolicyVersion[];
  /** SHA-256 over the versions: the same policies, the same value. */
  readonly fingerprint: string;
  readonly compiled: CompiledPolicies;

  constructor(private readonly policies: readonly LoadedPolicy[]) {
    this.versions = policies.map(({ id, version, sha256 }) => ({ id, version, sha256 }));
    this.fingerprint = createHash('sha256').update(JSON.stringify(this.versions)).digest('hex');
    this.compiled = compilePolicies(policies);
  }

  /** @throws ComplianceError `policy_not_found`, naming those that there are */
  get(name: string): LoadedPolicy {
    const policy = this.policies.find(({ id }) => id === name);
    if (policy !== undefined) return policy;
    throw ComplianceError.policyNotFound(
      name,
      this.policies.map(({ id }) => id),
    );
  }

  /** A page of the policies, by name. @throws ComplianceError `cursor_invalid` */
  list(
    filter: PolicyFilter,
    cursor: string | undefined,
    limit: number,
  ): { policies: LoadedPolicy[]; next: string | null } {
    const ordered = this.policies
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .filter((policy) => fits(policy, filter));
    const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString();
    if (cursor !== undefined && !this.policies.some(({ id }) => id === after))
      throw ComplianceError.cursorInvalid();
    const rest = ordered.filter(({ id }) => id > after);
    const policies = rest.slice(0, limit);
    const last = policies.at(-1);
    const more = rest.length > limit && last !== undefined;
    return { policies, next: more ? Buffer.from(last.id).toString('base64url') : null };
  }

  /** Reads the policies of a directory. @throws as `loadPolicies` */
  static load(directory: string): PolicyLibrary {
    return new PolicyLibrary(loadPolicies(directory));
  }
}
