import { AppError, type FieldIssue } from '../../core/errors/index.js';
import type { Action } from './guard/actions.js';
import type { Decision } from './decision.entity.js';

/** The most matches that a refusal names. */
const MAX_ISSUES = 10;

/** What an action that does not let a text go on means for whoever asked. */
const VERDICTS: Readonly<Record<Action, string>> = {
  allow: 'it may go on',
  label: 'it may go on with a label',
  review: 'it waits for review',
  escalate: 'it waits for a decision of those in charge',
  block: 'the guard blocks it',
};

/** What can go wrong in the compliance guard. */
export class ComplianceError extends AppError {
  static policiesMissing(directory: string): ComplianceError {
    return new ComplianceError(
      'unavailable',
      'policies_missing',
      `there is no policy file (*.yaml) in ${directory}; without policies nothing can be decided`,
    );
  }

  static policyDuplicate(id: string, earlier: string, later: string): ComplianceError {
    const issue: FieldIssue = { field: 'id', message: `must be unique; "${id}" is also in ${earlier}` };
    return new ComplianceError('invalid', 'policy_duplicate', `${later}: id: ${issue.message}`, [issue]);
  }

  static ruleNotFound(rule: string, known: readonly string[]): ComplianceError {
    const message = `there is no rule ${JSON.stringify(rule)}; known are ${known.join(', ')}`;
    return new ComplianceError('not_found', 'rule_not_found', message, [{ field: 'rule', message }]);
  }

  /** Whoever asked for a backtest has hung up: nobody reads this. */
  static backtestEnded(): ComplianceError {
    return new ComplianceError('unavailable', 'backtest_ended', 'the backtest ended with its request');
  }

  static decisionNotFound(id: string): ComplianceError {
    return new ComplianceError('not_found', 'decision_not_found', `there is no decision ${id}`);
  }

  /**
   * The guard does not let `what` go on (`the population`, `interests`): names the fields and the rules, strictest or not, and
   * with what people can let it go on: the review, and the seed that makes the same again.
   */
  static refused(
    what: string,
    { id, action, matches }: Pick<Decision, 'id' | 'action' | 'matches'>,
    seed: string,
  ): ComplianceError {
    const verdict = VERDICTS[action];
    const rules = [...new Set(matches.map((match) => `${match.policy}/${match.rule}`))];
    const issues = matches.slice(0, MAX_ISSUES).map(({ field, title, policy, rule, text }) => ({
      field,
      message: `${title} (${policy}/${rule}): ${JSON.stringify(text.slice(0, 80))}`,
    }));
    return new ComplianceError(
      'refused',
      'compliance_refused',
      `${what}: ${verdict} (${rules.join(', ')}); review ${id}, seed ${seed}`,
      [...issues, { field: 'review_id', message: id }, { field: 'seed', message: seed }],
    );
  }
}
