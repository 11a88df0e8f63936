import { CompiledPolicies } from '../guard/compiled-policies.js';
import { evaluate } from '../guard/evaluate.js';
import { SCORE_HEADS, type TextClassifier } from '../guard/text-classifier.js';
import { parsePolicy, type LoadedPolicy } from './policy.loader.js';
import { policySchema, type Policy, type PolicyExample } from './policy.schema.js';

/** An example of a rule that does not turn out as the rule says. */
export interface FailedExample {
  policy: string;
  rule: string;
  expected: 'match' | 'pass';
  text: string;
  /** Where it stands in the policy. */
  path: (string | number)[];
}

type ExampleCircumstances = Exclude<PolicyExample, string>['given'];

/** Says of examples which rules match them, whatever the status of the rules. */
class Rehearsal {
  private given: ExampleCircumstances | undefined;
  private readonly compiled: CompiledPolicies;

  constructor(policy: Policy) {
    // An example says itself what the classifiers say, so that it holds whatever they learn.
    const classifier: TextClassifier = {
      version: 'examples',
      heads: SCORE_HEADS,
      scores: () => Float32Array.from(SCORE_HEADS, (head) => this.given?.scores?.[head] ?? 0),
      explain: () => [],
      language: () => this.given?.language ?? 'und',
    };
    this.compiled = new CompiledPolicies([policy], { classifier, rehearse: true });
  }

  matches(rule: string, example: PolicyExample): boolean {
    const { text, given } = typeof example === 'string' ? { text: example, given: undefined } : example;
    this.given = given;
    const { scores: _scores, language: _language, ...context } = given ?? {};
    const { matches } = evaluate([{ field: 'example', text }], this.compiled, { context });
    return matches.some((match) => match.rule === rule);
  }
}

/** Runs the examples of every rule of a policy; returns those that fail. */
export function failedExamples(policy: Policy): FailedExample[] {
  const rehearsal = new Rehearsal(policy);
  return policy.rules.flatMap(({ id: rule, tests }, at) =>
    (['match', 'pass'] as const).flatMap((expected) => {
      const list = expected === 'match' ? 'matches' : 'passes';
      return tests[list].flatMap((example, index) => {
        if (rehearsal.matches(rule, example) === (expected === 'match')) return [];
        const text = typeof example === 'string' ? example : example.text;
        return [{ policy: policy.id, rule, expected, text, path: ['rules', at, 'tests', list, index] }];
      });
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
