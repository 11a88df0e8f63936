import { createHash } from 'node:crypto';
import { compilePolicies, type CompiledPolicies } from '../guard/compiled-policies.js';
import { loadPolicies, type LoadedPolicy } from './policy.loader.js';

/** Which text of a policy was in force. */
export interface PolicyVersion {
  id: string;
  version: string;
  /** SHA-256 of the policy's file. */
  sha256: string;
}

/** The policies in force in this process: read once, at start. */
export class PolicyLibrary {
  readonly versions: readonly PolicyVersion[];
  /** SHA-256 over the versions: the same policies, the same value. */
  readonly fingerprint: string;
  readonly compiled: CompiledPolicies;

  constructor(policies: readonly LoadedPolicy[]) {
    this.versions = policies.map(({ id, version, sha256 }) => ({ id, version, sha256 }));
    this.fingerprint = createHash('sha256').update(JSON.stringify(this.versions)).digest('hex');
    this.compiled = compilePolicies(policies);
  }

  /** Reads the policies of a directory. @throws as `loadPolicies` */
  static load(directory: string): PolicyLibrary {
    return new PolicyLibrary(loadPolicies(directory));
  }
}
