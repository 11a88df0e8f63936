import { isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { nextVersion } from '../../../core/documents/index.js';
import { ComplianceError } from '../compliance.errors.js';
import type { RuleStatus } from './policy.schema.js';

/** Another status of a rule. */
export interface RuleChange {
  readonly rule: string;
  readonly status: RuleStatus;
  /** Of the status percentage alone: 1 to 99. */
  readonly percent?: number | undefined;
}

/**
 * The text of a policy with another status of a rule, its comments kept.
 * @param newest the newest version that the policy ever had: the text has the one after it
 * @throws ComplianceError `rule_not_found`
 */
export function withRuleStatus(content: string, change: RuleChange, newest: string): string {
  const document = parseDocument(content);
  const rules = document.get('rules');
  const known = isSeq(rules) ? rules.items.filter((item) => isMap(item)) : [];
  const rule = known.find((item) => item.get('id') === change.rule);
  if (rule === undefined) {
    const names = known.map((item) => String(item.get('id')));
    throw ComplianceError.ruleNotFound(change.rule, names);
  }
  setStatus(rule, change);
  document.set('version', nextVersion(newest));
  return document.toString({ lineWidth: 0 });
}

function setStatus(rule: YAMLMap, { status, percent }: RuleChange): void {
  rule.set('status', status);
  if (percent === undefined) rule.delete('percent');
  else rule.set('percent', percent);
}
