import type { z } from 'zod';

/** Values of a schema: keywords, names, members of lists. */
const MAX_VALUES = 500;
const MAX_DEPTH = 12;
/** By them a small schema grows without end. */
const REFERENCES: ReadonlySet<string> = new Set(['$ref', '$dynamicRef', '$recursiveRef']);

/**
 * Refuses a JSON Schema of somebody else whose check could take more time than its text takes to read: one with references, too deep,
 * or too large. What is left costs every agent as much as it has values, at most.
 */
export function requireBounded(schema: unknown, context: z.core.$RefinementCtx): void {
  let values = 0;
  const refuse = (message: string): void => context.addIssue({ code: 'custom', message });
  /** Whether it goes on: the first thing that is wrong ends it. */
  const walk = (value: unknown, depth: number): boolean => {
    values += 1;
    if (values > MAX_VALUES || depth > MAX_DEPTH) {
      refuse(`has at most ${MAX_VALUES} values, nested ${MAX_DEPTH} deep`);
      return false;
    }
    if (typeof value !== 'object' || value === null) return true;
    return Object.entries(value).every(([key, child]) => {
      if (!Array.isArray(value) && REFERENCES.has(key)) {
        refuse(`has no references: ${key} is not accepted`);
        return false;
      }
      return walk(child, depth + 1);
    });
  };
  walk(schema, 0);
}
