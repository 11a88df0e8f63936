import { AppError } from '../errors/index.js';

/** The most names that a refusal lists. */
const MAX_NAMES = 20;

/** The first of them, and how many more there are. */
function listed(names: readonly string[]): string {
  const some = names.length === 0 ? 'none' : names.slice(0, MAX_NAMES).join(', ');
  return names.length > MAX_NAMES ? `${some} and ${names.length - MAX_NAMES} more` : some;
}

/** What can go wrong with the documents of a kind; its codes begin with the kind: `template_not_found`. */
export class DocumentStoreError extends AppError {
  static notFound(kind: string, reference: string, known: readonly string[]): DocumentStoreError {
    const message = `there is no ${kind} ${JSON.stringify(reference.slice(0, 80))}; known are ${listed(known)}`;
    return new DocumentStoreError('not_found', `${kind}_not_found`, message, [{ field: kind, message }]);
  }

  /** @param known its versions, the newest first */
  static noSuchVersion(
    kind: string,
    reference: string,
    sha256: string | undefined,
    known: readonly { version: string }[],
  ): DocumentStoreError {
    const which = sha256 === undefined ? '' : ` with the SHA-256 ${sha256}`;
    const message = `there is no ${kind} ${JSON.stringify(reference.slice(0, 160))}${which}; its versions are ${listed(known.map(({ version }) => version))}`;
    return new DocumentStoreError('not_found', `${kind}_not_found`, message, [{ field: kind, message }]);
  }

  static exists(kind: string, name: string, version: string): DocumentStoreError {
    const message = `the ${kind} ${name} is there, in version ${version}; a new version replaces it (PUT, with If-Match)`;
    return new DocumentStoreError('conflict', `${kind}_exists`, message, [{ field: 'id', message }]);
  }

  static misnamed(kind: string, name: string): DocumentStoreError {
    const message = `must be ${name}, the name that is replaced`;
    return new DocumentStoreError('invalid', `${kind}_misnamed`, `id ${message}`, [{ field: 'id', message }]);
  }

  static versionTaken(kind: string, name: string, newest: string): DocumentStoreError {
    const message = `must be higher than ${newest}, the newest version of ${name} so far`;
    return new DocumentStoreError('conflict', `${kind}_version_taken`, `version ${message}`, [
      { field: 'version', message },
    ]);
  }

  static versionTooLarge(kind: string): DocumentStoreError {
    const message = 'must have numbers up to 999999999';
    return new DocumentStoreError('invalid', `${kind}_invalid`, `version ${message}`, [
      { field: 'version', message },
    ]);
  }

  static versionJumps(kind: string, most: readonly number[], newest: string | undefined): DocumentStoreError {
    const since = newest === undefined ? 'it is the first' : `${newest} is the newest`;
    const message = `must have numbers up to ${most.join(', ')}, since ${since}`;
    return new DocumentStoreError('invalid', `${kind}_version_jumps`, `version ${message}`, [
      { field: 'version', message },
    ]);
  }

  static notDraft(kind: string, name: string, version: string, status: string): DocumentStoreError {
    const message = `${name}@${version} is ${status}; only a draft can be activated`;
    return new DocumentStoreError('conflict', `${kind}_not_draft`, message, [{ field: 'version', message }]);
  }

  static nothingEarlier(kind: string, name: string): DocumentStoreError {
    const message = `the ${kind} ${name} has no earlier version to go back to`;
    return new DocumentStoreError('conflict', `${kind}_first`, message);
  }

  static cannotReturn(kind: string, name: string, version: string): DocumentStoreError {
    const message = `must be an earlier version of ${name} that is not retired; ${version} is none`;
    return new DocumentStoreError('conflict', `${kind}_not_earlier`, `version ${message}`, [
      { field: 'version', message },
    ]);
  }

  static shipped(kind: string, name: string): DocumentStoreError {
    const message = `the ${kind} ${name} comes with the product and cannot be retired; a newer version takes its place`;
    return new DocumentStoreError('conflict', `${kind}_shipped`, message);
  }
}
