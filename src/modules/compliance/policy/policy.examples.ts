import { CompiledPolicies } from '../guard/compiled-policies.js';
import { evaluate } from '../guard/evaluate.js';
import { parsePolicy, type LoadedPolicy } from './policy.loader.js';
import { policySchema, type Policy } from './policy.schema.js';

/** An example of a rule that does not turn out as the rule says. */
export interface FailedExample {
  policy: string;
  rule: string;
  expected: 'match' | 'pass';
  text: string;
  /** Where it stands in the policy. */
  path: (string | number)[];
}

/** Runs the examples of every rule of a policy; returns those that fail. */
export function failedExamples(policy: Policy): FailedExample[] {
  const compiled = new CompiledPolicies([policy]);
  const matched = (rule: string, text: string): boolean =>
    evaluate([{ field: 'example', text }], compiled).matches.some((match) => match.rule === rule);
  return policy.rules.flatMap(({ id: rule, tests }, at) =>
    (['match', 'pass'] as const).flatMap((expected) => {
      const list = expected === 'match' ? 'matches' : 'passes';
      return tests[list].flatMap((text, index) =>
        matched(rule, text) === (expected === 'match')
          ? []
          : [{ policy: policy.id, rule, expected, text, path: ['rules', at, 'tests', list, index] }],
      );
    }),
  );
}

const checkedPolicy = policySchema.superRefine((policy, context) => {
  for (const { rule, expected, path } of failedExamples(policy)) {
    const message =
      expected === 'match' ? `the rule ${rule} does not match it` : `the rule ${rule} matches it`;
    context.addIssue({ code: 'custom', path, message });
  }
});

/** Reads a policy and runs its examples. @throws DocumentError naming every wrong line, failing examples among them */
export function checkPolicy(text: string, source: string): LoadedPolicy {
  return parsePolicy(text, source, checkedPolicy);
}
