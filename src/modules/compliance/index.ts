export { SubjectTexts, type TextSource } from './subject-texts.js';
export { ComplianceError } from './compliance.errors.js';
export { ComplianceHttpModule } from './compliance.http.module.js';
export { ComplianceModule } from './compliance.module.js';
export { ComplianceServingModule } from './compliance.serving.module.js';
export { ComplianceService } from './compliance.service.js';
export { Decision } from './decision.entity.js';
export {
  isCovered,
  UNCHECKED_LABEL,
  subjectKey,
  type Assessment,
  type DecisionRequest,
  type DecisionSubject,
  type LetGo,
} from './decision.rules.js';
export { decisionAction, decisionPath, RuleMatchDto } from './dto/decision.dto.js';
export { compilePolicies, MAX_TEXT_LENGTH, type CompiledPolicies } from './guard/compiled-policies.js';
export {
  evaluate,
  mayPass,
  type Action,
  type Evaluation,
  type RuleMatch,
  type TextField,
} from './guard/evaluate.js';
export { findPii } from './pii/index.js';
export { failedExamples } from './policy/policy.examples.js';
export { loadPolicies, type LoadedPolicy } from './policy/policy.loader.js';
export { policyJsonSchema, type Policy } from './policy/policy.schema.js';
export { UnattendedReviews, type ReviewStanding } from './review/unattended-reviews.js';
