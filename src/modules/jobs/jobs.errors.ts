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

export class JobNotRetriedError extends AppError {
  constructor(id: string, status: string) {
    super(
      'conflict',
      'job_not_retried',
      `job ${id} is ${status}: a job that failed or was cancelled can be retried`,
    );
  }
}

export class WorkerNotFoundError extends AppError {
  constructor(id: string) {
    super('not_found', 'worker_not_found', `there is no worker ${JSON.stringify(id)}`);
  }
}

/** An unfinished job does the same. */
export class JobDuplicateError extends AppError {
  constructor(what: string) {
    super('conflict', 'job_duplicate', `another job that is not finished does the work of ${what}`);
  }
}

/** A job that is to come first is not there. */
export class JobParentError extends AppError {
  constructor() {
    super('not_found', 'job_parent_not_found', 'a job that must be completed first is not there');
  }
}

/** The job is no longer this process's to complete: it was cancelled, or given to another. Its transaction rolls back. */
export class JobLostError extends Error {
  constructor(id: string) {
    super(`job ${id} is no longer held by this process`);
    this.name = 'JobLostError';
  }
}
