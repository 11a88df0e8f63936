import { AppError } from '../errors/index.js';

const FIELD = 'Idempotency-Key';

export class KeyMalformedError extends AppError {
  constructor() {
    const message = 'must be 1 to 255 printable ASCII characters, e.g. a UUID';
    super('invalid', 'idempotency_key_invalid', `${FIELD}: ${message}`, [{ field: FIELD, message }]);
  }
}

export class KeyReusedError extends AppError {
  constructor() {
    const message = 'was used with another request; give every request a key of its own';
    super('invalid', 'idempotency_key_reused', `${FIELD}: ${message}`, [{ field: FIELD, message }]);
  }
}

export class KeyInUseError extends AppError {
  constructor() {
    super(
      'conflict',
      'idempotency_key_in_use',
      'the request with this key is being carried out; ask again soon',
    );
  }
}

/** The process stood still for so long that another request took its key over: this one is undone. */
export class KeyLostError extends AppError {
  constructor() {
    super(
      'conflict',
      'idempotency_key_lost',
      'another request with this key took over, and this one did nothing; ask again for the answer',
    );
  }
}

/** The server died between the effect and its answer. */
export class AnswerLostError extends AppError {
  constructor() {
    super(
      'conflict',
      'idempotency_answer_lost',
      'the request with this key was carried out, but the server stopped before it answered; look for what it made',
    );
  }
}
