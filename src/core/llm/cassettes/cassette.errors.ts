import { AppError, type FieldIssue } from '../../errors/index.js';

export class CassetteError extends AppError {
  /** A replay has no answer to a call; no server is asked for it. */
  static miss(cassette: string, purpose: string, key: string | undefined): CassetteError {
    const call = key === undefined ? `a call of this model (${purpose})` : `the call ${key} (${purpose})`;
    return new CassetteError(
      'not_found',
      'cassette_miss',
      `the cassette ${cassette} has no answer to ${call}`,
    );
  }

  static notFound(name: string): CassetteError {
    return new CassetteError('not_found', 'cassette_not_found', `there is no cassette ${name}`);
  }

  /** A replay does not know which of several recordings is meant. */
  static ambiguous(name: string, what: 'backend' | 'model', found: readonly string[]): CassetteError {
    const message = `the cassette ${name} was recorded with several: name one of ${found.join(', ')}`;
    return new CassetteError('invalid', 'cassette_ambiguous', `${what}: ${message}`, [
      { field: what, message },
    ]);
  }

  /** Another answer to the same call is there already. */
  static conflict(name: string, key: string): CassetteError {
    const message = `the cassette ${name} has another answer to the call ${key}; import under another name`;
    return new CassetteError('conflict', 'cassette_conflict', message);
  }

  static nameInvalid(message: string): CassetteError {
    return new CassetteError('invalid', 'cassette_invalid', `cassette: ${message}`, [
      { field: 'cassette', message },
    ]);
  }

  /** @param line of the file, counted from 1 */
  static fileInvalid(line: number, message: string): CassetteError {
    const issue: FieldIssue = { field: 'content', message, line };
    return new CassetteError('invalid', 'cassette_invalid', `content: line ${line}: ${message}`, [issue]);
  }
}
