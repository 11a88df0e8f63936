import { AppError } from '../errors/index.js';
import type { Permission } from '../http/index.js';

export class TopicDeniedError extends AppError {
  constructor(permission: Permission) {
    super('forbidden', 'topic_denied', `listening to these topics needs the permission ${permission}`);
  }
}

export class TooManyStreamsError extends AppError {
  constructor(max: number) {
    super(
      'refused',
      'too_many_streams',
      `one user may have ${max} streams of events open at once; close one first`,
    );
  }
}
