import type { Client, Tokens } from '@azt3knet/client';
import type { Command } from 'commander';
import {
  anonymousClient,
  ask,
  NotLoggedInError,
  remoteClient,
  SessionStore,
  type Cli,
} from '../../../core/cli/index.js';
import { AppError } from '../../../core/errors/index.js';
import { existingPassword } from '../cli/passwords.js';
import { serverOf } from './server.js';

interface LoginOptions {
  username?: string;
  passwordStdin?: boolean;
  totpCode?: string;
}

export function registerAuthCommands(program: Command, cli: Cli): void {
  program
    .command('login')
    .description('log in to the server that --api-url names; later commands need no password')
    .option('--username <name>', 'who; asked for when it is missing')
    .option('--password-stdin', 'read the password from standard input')
    .option('--totp-code <code>', 'what your authenticator shows; asked for when it is needed')
    .addHelpText('after', '\nExample:\n  azt3knet login --api-url https://lab.example --username admin')
    .action((options: LoginOptions) => login(cli, options));
  program
    .command('logout')
    .description('end the session at a server, and forget its tokens')
    .action(() => logout(cli));
  program
    .command('whoami')
    .description('show which user the commands act as, and where')
    .action(() => whoami(cli));
}

/** What a variable says belongs to no session that `login` began. */
class TokenGivenError extends AppError {
  constructor() {
    const message =
      'is set: commands go by it, and a log-out would end the session of somebody else; unset it first';
    super('conflict', 'api_token_given', `AZT3KNET_API_TOKEN ${message}`, [
      { field: 'AZT3KNET_API_TOKEN', message },
    ]);
  }
}

/** Whether what goes to a server can be read on the way. */
function isOpen(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

async function login(cli: Cli, options: LoginOptions): Promise<void> {
  const url = serverOf(cli);
  if (isOpen(url)) cli.output.note(`careful: the password goes to ${url} unencrypted`);
  const username = options.username ?? (await ask('username [admin]: ', '--username', 'admin'));
  const question = `password of ${username} at ${url}: `;
  const password = await existingPassword(question, options.passwordStdin === true);
  const client = await anonymousClient(url);
  const { access_token, refresh_token } = await tokensFor(client, username, password, options.totpCode);
  const store = new SessionStore();
  await store.locked(url, () => store.write({ api_url: url, username, access_token, refresh_token }));
  const { todo } = await client.get('/api/v1/users/me');
  cli.output.result({ api_url: url, username, todo }, `logged in at ${url} as ${username}`);
  if (todo === 'change_password')
    cli.output.note(`change your password first: azt3knet password --api-url ${url}`);
  if (todo === 'enrol_totp')
    cli.output.note(`enrol an authenticator first: azt3knet totp enrol --api-url ${url}`);
}

/** Logs in; asks for a code where one is needed and somebody is there. */
async function tokensFor(
  client: Client,
  username: string,
  password: string,
  code: string | undefined,
): Promise<Tokens> {
  try {
    return await client.login(username, password, code);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'totp_required' || !process.stdin.isTTY) throw error;
    return client.login(username, password, await ask('code of your authenticator: ', '--totp-code'));
  }
}

async function logout(cli: Cli): Promise<void> {
  const url = serverOf(cli);
  if (cli.config().remote.token !== undefined) throw new TokenGivenError();
  const ended = await endAtServer(cli, url);
  const removed = await new SessionStore().remove(url);
  cli.output.result(
    { api_url: url, logged_out: removed, ended },
    removed ? `logged out at ${url}` : `nobody was logged in at ${url}`,
  );
}

/** Ends the session; where that cannot be done its tokens are forgotten all the same. @returns whether it ended */
async function endAtServer(cli: Cli, url: string): Promise<boolean> {
  const { ApiError, NetworkError } = await import('@azt3knet/client');
  try {
    await (await remoteClient(url, undefined)).post('/api/v1/auth/logout');
    return true;
  } catch (error) {
    const known = [AppError, ApiError, NetworkError].some((kind) => error instanceof kind);
    if (!known) throw error;
    // Who is not logged in, or not any more, has nothing to end.
    const over = error instanceof ApiError ? error.status === 401 : error instanceof NotLoggedInError;
    if (!over) cli.output.note(`the session goes on at the server: ${(error as Error).message}`);
    return false;
  }
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
