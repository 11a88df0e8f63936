import { AppError, type FieldIssue } from '../errors/index.js';

/** The configuration cannot be used; the message is one line that names every wrong variable. */
export class ConfigError extends AppError {
  constructor(issues: readonly FieldIssue[]) {
    const lines = issues.map((issue) => `${issue.field}: ${issue.message}`);
    super('invalid', 'configuration_invalid', `configuration: ${lines.join('; ')}`, issues);
  }
}
