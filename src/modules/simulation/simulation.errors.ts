import { AppError, type ErrorKind, type FieldIssue } from '../../core/errors/index.js';

/** What a user of simulations can do wrong. */
export type SimulationErrorCode =
  | 'scenario_invalid'
  | 'run_not_found'
  | 'run_not_completed'
  | 'run_not_finished'
  | 'run_not_pausable'
  | 'run_not_resumable'
  | 'run_gone_on'
  | 'run_file_not_found'
  | 'run_without_people'
  | 'no_agents'
  | 'no_drafts'
  | 'network_invalid'
  | 'network_impossible'
  | 'trees_invalid'
  | 'run_too_large'
  | 'validation_busy'
  | 'run_not_replayable'
  | 'run_not_waiting'
  | 'tick_past'
  | 'tick_not_open'
  | 'decision_invalid'
  | 'decision_taken'
  | 'decisions_missing'
  | 'group_too_large'
  | 'topic_unknown'
  | 'model_missing'
  | 'model_changed'
  | 'cassette_forbidden'
  | 'experiment_not_found'
  | 'experiment_not_finished'
  | 'experiment_finished'
  | 'experiment_busy'
  | 'out_of_range';

export class SimulationError extends AppError {
  constructor(
    kind: ErrorKind,
    override readonly code: SimulationErrorCode,
    message: string,
    issues: readonly FieldIssue[] = [],
  ) {
    super(kind, code, message, issues);
  }
}
