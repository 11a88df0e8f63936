import type { Command } from 'commander';
import {
  anonymousClient,
  ask,
  askSecret,
  readStandardInput,
  SessionStore,
  type Cli,
} from '../../../core/cli/index.js';
import { AppError } from '../../../core/errors/index.js';

interface LoginOptions {
  username?: string;
  passwordStdin?: boolean;
}

class NoServerError extends AppError {
  constructor() {
    const message = 'names the server, e.g. https://lab.example; this machine needs no log-in';
    super('invalid', 'api_url_missing', `--api-url ${message}`, [{ field: 'api_url', message }]);
  }
}

export function registerAuthCommands(program: Command, cli: Cli): void {
  program
    .command('login')
    .description('log in to the server that --api-url names; later commands need no password')
    .option('--username <name>', 'who; asked for when it is missing')
    .option('--password-stdin', 'read the password from standard input')
    .addHelpText('after', '\nExample:\n  azt3knet login --api-url https://lab.example --username admin')
    .action((options: LoginOptions) => login(cli, options));
  program
    .command('logout')
    .description('forget the tokens of a server')
    .action(() => logout(cli));
  program
    .command('whoami')
    .description('show which user the commands act as, and where')
    .action(() => whoami(cli));
}

function serverOf(cli: Cli): string {
  const url = cli.apiUrl;
  if (url === undefined) throw new NoServerError();
  return url;
}

/** Whether what goes to a server can be read on the way. */
function isOpen(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

async function login(cli: Cli, options: LoginOptions): Promise<void> {
  const url = serverOf(cli);
  if (isOpen(url)) cli.output.note(`careful: the password goes to ${url} unencrypted`);
  const username = options.username ?? (await ask('username [admin]: ', 'admin'));
  const password =
    options.passwordStdin === true
      ? await readStandardInput()
      : await askSecret(`password of ${username} at ${url}: `);
  const client = await anonymousClient(url);
  const { access_token, refresh_token } = await client.login(username, password);
  const store = new SessionStore();
  await store.write({ api_url: url, username, access_token, refresh_token });
  cli.output.result({ api_url: url, username }, `logged in at ${url} as ${username}`);
}

async function logout(cli: Cli): Promise<void> {
  const url = serverOf(cli);
  const removed = await new SessionStore().remove(url);
  cli.output.result(
    { api_url: url, logged_out: removed },
    removed ? `logged out at ${url}` : `nobody was logged in at ${url}`,
  );
}

async function whoami(cli: Cli): Promise<void> {
  const client = await cli.api();
  const user = await client.get('/api/v1/users/me');
  const api_url = cli.apiUrl ?? null;
  cli.output.result(
    { ...user, api_url },
    `${user.username} (${user.role}) ${api_url === null ? 'on this machine' : `at ${api_url}`}`,
  );
}
