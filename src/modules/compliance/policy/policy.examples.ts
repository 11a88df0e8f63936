import { CompiledPolicies } from '../guard/compiled-policies.js';
import { evaluate } from '../guard/evaluate.js';
import type { Policy } from './policy.schema.js';

/** An example of a rule that does not turn out as the rule says. */
export interface FailedExample {
  policy: string;
  rule: string;
  expected: 'match' | 'pass';
  text: string;
}

/** Runs the examples of every rule of a policy; returns those that fail. */
export function failedExamples(policy: Policy): FailedExample[] {
  const compiled = new CompiledPolicies([policy]);
  const matched = (rule: string, text: string): boolean =>
    evaluate([{ field: 'example', text }], compiled).matches.some((match) => match.rule === rule);
  return policy.rules.flatMap(({ id, tests }) => [
    ...tests.matches
      .filter((text) => !matched(id, text))
      .map((text) => ({ policy: policy.id, rule: id, expected: 'match' as const, text })),
    ...tests.passes
      .filter((text) => matched(id, text))
      .map((text) => ({ policy: policy.id, rule: id, expected: 'pass' as const, text })),
  ]);
}
