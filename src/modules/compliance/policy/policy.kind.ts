import { join } from 'node:path';
import type { DocumentKind } from '../../../core/documents/index.js';
import { PROJECT_ROOT } from '../../../core/project.js';
import { readPolicy } from './checked-policies.js';
import type { LoadedPolicy } from './policy.loader.js';

/** What lists show of a policy and filter it by. */
export interface PolicySummary {
  title: string;
  description: string;
  languages: readonly string[];
  /** What its rules label texts with. */
  labels: readonly string[];
  tags: readonly string[];
  /** How many rules it has. */
  rules: number;
}

/** Policies, as documents: the examples of every rule are run whenever one is read that the build has not checked. */
export const POLICIES: DocumentKind<LoadedPolicy, PolicySummary> = {
  kind: 'policy',
  folder: join(PROJECT_ROOT, 'policies'),
  parse: readPolicy,
  facts: ({ id, version, sha256, ...policy }) => ({
    name: id,
    version,
    sha256,
    summary: {
      title: policy.title,
      description: policy.description,
      languages: policy.languages,
      labels: [...new Set(policy.rules.flatMap(({ label }) => label ?? []))].toSorted(),
      tags: [
        ...new Set([...(policy.tags ?? []), ...policy.rules.flatMap(({ tags }) => tags ?? [])]),
      ].toSorted(),
      rules: policy.rules.length,
    },
  }),
};
