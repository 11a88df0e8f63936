import { AppError } from '../errors/index.js';

/** A message that nobody who has the secret signed as it came. */
export class WebhookUnsignedError extends AppError {
  constructor(why: string) {
    super('unauthenticated', 'webhook_unsigned', why);
  }
}

/** A message that was signed too long ago, or for later. */
export class WebhookStaleError extends AppError {
  constructor(toleranceSeconds: number) {
    const message = `webhook-timestamp must be within ${toleranceSeconds} seconds of the time of this server`;
    super('unauthenticated', 'webhook_stale', message);
  }
}

/** A message that came before. */
export class WebhookRepeatedError extends AppError {
  constructor(id: string) {
    super('conflict', 'webhook_repeated', `the message ${id} was accepted before, or is being read`);
  }
}
