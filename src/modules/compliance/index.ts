export { ComplianceError } from './compliance.errors.js';
export {
  compilePolicies,
  MAX_MATCHES_PER_RULE,
  MAX_TEXT_LENGTH,
  type CompiledPolicies,
} from './guard/compiled-policies.js';
export {
  evaluate,
  MAX_MATCHES,
  type Action,
  type Evaluation,
  type RuleMatch,
  type TextField,
} from './guard/evaluate.js';
export { failedExamples, type FailedExample } from './policy/policy.examples.js';
export { loadPolicies, parsePolicy, type LoadedPolicy } from './policy/policy.loader.js';
export { policyJsonSchema, type Policy } from './policy/policy.schema.js';
