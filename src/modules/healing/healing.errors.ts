import { AppError } from '../../core/errors/index.js';

export class IncidentNotFoundError extends AppError {
  constructor(id: string) {
    super('not_found', 'incident_not_found', `there is no incident ${JSON.stringify(id)}`);
  }
}

export class IncidentNotWaitingError extends AppError {
  constructor(status: string) {
    super(
      'conflict',
      'incident_not_waiting',
      `the incident is ${status}; only one that is proposed or observed waits for somebody`,
    );
  }
}
