import { AppError } from '../errors/index.js';

/** There is no such object. */
export class BlobNotFound extends AppError {
  constructor(key: string, options?: ErrorOptions) {
    super('not_found', 'blob_not_found', `there is no object ${key}`, [], options);
  }
}

/** The part that was asked for begins beyond the object's end. */
export class BlobRangeInvalid extends AppError {
  constructor(key: string, options?: ErrorOptions) {
    super(
      'range_not_satisfiable',
      'blob_range_invalid',
      `the range begins beyond the end of ${key}`,
      [],
      options,
    );
  }
}

/** The storage cannot be reached, refuses us, or gives something other than what was put. */
export class BlobStorageUnavailable extends AppError {
  constructor(reason: string, options?: ErrorOptions) {
    super('unavailable', 'blob_storage_unavailable', `the object storage ${reason}`, [], options);
  }
}
