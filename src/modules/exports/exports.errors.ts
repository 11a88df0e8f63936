import { AppError } from '../../core/errors/index.js';

export class ExportNotFound extends AppError {
  constructor(id: string) {
    super('not_found', 'export_not_found', `there is no export ${id}; it may have expired`);
  }
}

/** A link that we did not make, or that is over. */
export class LinkRefused extends AppError {
  constructor(code: 'link_invalid' | 'link_expired', message: string) {
    super('forbidden', code, message);
  }
}

export class InvalidExportCursor extends AppError {
  constructor() {
    const message = 'is the next_cursor of an earlier page, or absent for the first one';
    super('invalid', 'cursor_invalid', `cursor: ${message}`, [{ field: 'cursor', message }]);
  }
}
