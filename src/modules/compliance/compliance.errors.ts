import { AppError, type FieldIssue } from '../../core/errors/index.js';

/** What can go wrong in the compliance guard. */
export class ComplianceError extends AppError {
  static policiesMissing(directory: string): ComplianceError {
    return new ComplianceError(
      'unavailable',
      'policies_missing',
      `There is no policy file (*.yaml) in ${directory}; without policies nothing can be decided.`,
    );
  }

  static policyDuplicate(id: string, earlier: string, later: string): ComplianceError {
    const issue: FieldIssue = { field: 'id', message: `must be unique; "${id}" is also in ${earlier}` };
    return new ComplianceError('invalid', 'policy_duplicate', `${later}: id: ${issue.message}`, [issue]);
  }
}
