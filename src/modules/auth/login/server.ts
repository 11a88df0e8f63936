import type { Cli } from '../../../core/cli/index.js';
import { AppError } from '../../../core/errors/index.js';

class NoServerError extends AppError {
  constructor() {
    const message = 'names the server, e.g. https://lab.example; this machine needs no log-in';
    super('invalid', 'api_url_missing', `--api-url ${message}`, [{ field: 'api_url', message }]);
  }
}

/** The server of a command that has no sense without one. @throws NoServerError */
export function serverOf(cli: Cli): string {
  const url = cli.apiUrl;
  if (url === undefined) throw new NoServerError();
  return url;
}
