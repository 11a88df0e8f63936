import { AppError } from '../../core/errors/index.js';

export class JobNotFoundError extends AppError {
  constructor(id: string) {
    super('not_found', 'job_not_found', `there is no job ${id}`);
  }
}

export class JobFinishedError extends AppError {
  constructor(id: string, status: string) {
    super('conflict', 'job_finished', `job ${id} is ${status} already and cannot be cancelled`);
  }
}

/** The job is no longer this process's to complete: it was cancelled, or given to another. Its transaction rolls back. */
export class JobLostError extends Error {
  constructor(id: string) {
    super(`job ${id} is no longer held by this process`);
    this.name = 'JobLostError';
  }
}
