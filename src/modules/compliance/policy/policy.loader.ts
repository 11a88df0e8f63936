import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { parseYamlDocument } from '../../../core/documents/index.js';
import { ComplianceError } from '../compliance.errors.js';
import { policySchema, type Policy } from './policy.schema.js';

/** A policy with the SHA-256 of the text it was read from, in lower-case hexadecimal. */
export type LoadedPolicy = Policy & { readonly sha256: string };

/**
 * Reads one policy.
 * @param source what to call the text in errors
 * @param schema what to ask of it; that of every policy unless given
 * @throws DocumentError naming every wrong line
 */
export function parsePolicy(
  text: string,
  source: string,
  schema: z.ZodType<Policy> = policySchema,
): LoadedPolicy {
  const policy = parseYamlDocument(text, source, schema);
  return { ...policy, sha256: createHash('sha256').update(text, 'utf8').digest('hex') };
}

/**
 * Reads every `.yaml` file of a directory, in the order of their names.
 * @throws DocumentError for the first file that breaks the schema
 * @throws ComplianceError `policies_missing` when there is none, `policy_duplicate` when two have the same id
 */
export function loadPolicies(directory: string): LoadedPolicy[] {
  const files = (existsSync(directory) ? readdirSync(directory) : [])
    .filter((file) => file.endsWith('.yaml'))
    .toSorted();
  if (files.length === 0) throw ComplianceError.policiesMissing(directory);
  const byId = new Map<string, string>();
  return files.map((file) => {
    const path = join(directory, file);
    const policy = parsePolicy(readFileSync(path, 'utf8'), path);
    const earlier = byId.get(policy.id);
    if (earlier !== undefined) throw ComplianceError.policyDuplicate(policy.id, earlier, path);
    byId.set(policy.id, path);
    return policy;
  });
}
