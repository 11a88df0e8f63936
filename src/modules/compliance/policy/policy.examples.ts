import { z } from 'zod';
import { CompiledPolicies } from '../guard/compiled-policies.js';
import { evaluate } from '../guard/evaluate.js';
import {
  OPINION_SOURCES,
  SCORE_HEADS,
  type OpinionSource,
  type TextClassifier,
} from '../guard/text-classifier.js';
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

/**
 * The most that all examples of a policy may take, in steps of the guard: half a second or so. Each rule and each character of an
 * example counts as EXAMPLE_STEPS besides.
 */
const MAX_EXAMPLE_STEPS = 10_000_000;
const EXAMPLE_STEPS = 20;

/** The examples of a policy take too long. */
class ExamplesTooCostly extends Error {
  constructor(readonly path: (string | number)[]) {
    super(
      `the examples up to here take more than ${MAX_EXAMPLE_STEPS} steps, the most that is accepted: write fewer or shorter ones, or cheaper terms, patterns and conditions`,
    );
  }
}

type ExampleCircumstances = Exclude<PolicyExample, string>['given'];

/** Says of examples which rules match them, whatever the status of the rules. */
class Rehearsal {
  private given: ExampleCircumstances | undefined;
  private readonly elsewhere = { asked: 0, failed: 0 };
  private steps = 0;
  private readonly rules: number;
  private readonly compiled: CompiledPolicies;

  constructor(policy: Policy) {
    this.rules = policy.rules.length;
    // An example says itself what the classifiers say, so that it holds whatever they learn.
    const classifier: TextClassifier = {
      version: 'examples',
      heads: SCORE_HEADS,
      scores: () => this.highest('scores', ...OPINION_SOURCES),
      scoresWith: (source) => this.highest('scores', source),
      elsewhere: this.elsewhere,
      explain: () => [],
      language: () => this.given?.language ?? 'und',
    };
    this.compiled = new CompiledPolicies([policy], { classifier, rehearse: true });
  }

  /** Whether all examples so far took more than is accepted. */
  get isTooCostly(): boolean {
    return this.compiled.steps + this.steps > MAX_EXAMPLE_STEPS;
  }

  matches(rule: string, example: PolicyExample): boolean {
    const { text, given } = typeof example === 'string' ? { text: example, given: undefined } : example;
    this.given = given;
    this.elsewhere.asked = given?.elsewhere?.asked ?? 0;
    this.elsewhere.failed = given?.elsewhere?.failed ?? 0;
    this.steps += EXAMPLE_STEPS * (this.rules + text.length);
    const { matches } = evaluate([{ field: 'example', text }], this.compiled, { context: given });
    return matches.some((match) => match.rule === rule);
  }

  /** Of each head the highest that the example says by one of these. */
  private highest(...by: ('scores' | OpinionSource)[]): Float32Array {
    return Float32Array.from(SCORE_HEADS, (head) =>
      Math.max(...by.map((name) => this.given?.[name]?.[head] ?? 0)),
    );
  }
}

/**
 * Runs the examples of every rule of a policy; returns those that fail.
 * @throws ExamplesTooCostly where they take more than is accepted
 */
export function failedExamples(policy: Policy): FailedExample[] {
  const rehearsal = new Rehearsal(policy);
  return policy.rules.flatMap(({ id: rule, tests }, at) =>
    (['match', 'pass'] as const).flatMap((expected) => {
      const list = expected === 'match' ? 'matches' : 'passes';
      return tests[list].flatMap((example, index) => {
        const place = ['rules', at, 'tests', list, index];
        if (rehearsal.isTooCostly) throw new ExamplesTooCostly(place);
        if (rehearsal.matches(rule, example) === (expected === 'match')) return [];
        const text = typeof example === 'string' ? example : example.text;
        return [{ policy: policy.id, rule, expected, text, path: place }];
      });
    }),
  );
}

/** Only of a policy that is valid otherwise: what it is refused for may be that it takes too long. */
const examplesHold = z.custom<Policy>().superRefine((policy, context) => {
  try {
    for (const { rule, expected, path } of failedExamples(policy)) {
      const message =
        expected === 'match' ? `the rule ${rule} does not match it` : `the rule ${rule} matches it`;
      context.addIssue({ code: 'custom', path, message });
    }
  } catch (error) {
    if (!(error instanceof ExamplesTooCostly)) throw error;
    context.addIssue({ code: 'custom', path: error.path, message: error.message });
  }
});

const checkedPolicy = policySchema.pipe(examplesHold);

/** Reads a policy and runs its examples. @throws DocumentError naming every wrong line, failing examples among them */
export function checkPolicy(text: string, source: string): LoadedPolicy {
  return parsePolicy(text, source, checkedPolicy);
}
