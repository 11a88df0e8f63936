import { AppError, type FieldIssue } from '../../core/errors/index.js';

/** The specification breaks a rule, or asks for what the data does not have; every issue names its field. */
export class InvalidSpecification extends AppError {
  constructor(issues: readonly FieldIssue[]) {
    const detail = issues.map((issue) => `${issue.field}: ${issue.message}`).join('; ');
    super('invalid', 'invalid_population_specification', `The population cannot be made: ${detail}`, issues);
  }
}
