import { AppError, type ErrorKind, type FieldIssue } from '../../core/errors/index.js';

/** Every way in which writing content can be refused. */
export type ContentErrorCode =
  | 'batch_not_found'
  | 'draft_in_use'
  | 'draft_not_found'
  | 'inputs_invalid'
  | 'model_changed'
  | 'seed_invalid'
  | 'target_invalid'
  | 'thread_unexpected'
  | 'thread_required'
  | 'topic_unexpected'
  | 'template_lost'
  | 'template_render_failed'
  | 'draft_too_long'
  | 'too_many_drafts'
  | 'variations_exhausted'
  | 'variations_out_of_range'
  | 'writer_invalid';

/** The content module's family of errors; `code` tells them apart. */
export class ContentError extends AppError {
  declare readonly code: ContentErrorCode;

  constructor(
    kind: ErrorKind,
    code: ContentErrorCode,
    message: string,
    issues: readonly FieldIssue[] = [],
    options?: ErrorOptions,
  ) {
    super(kind, code, message, issues, options);
  }
}
