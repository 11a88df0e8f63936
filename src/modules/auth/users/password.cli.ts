import type { Command } from 'commander';
import type { Cli } from '../../../core/cli/index.js';
import { passwordChange } from '../cli/passwords.js';
import { serverOf } from '../login/server.js';

export function registerPasswordCommand(program: Command, cli: Cli): void {
  program
    .command('password')
    .description('change your password at the server that --api-url names')
    .option('--password-stdin', 'read the password of now and the new one, a line each')
    .action(({ passwordStdin }: { passwordStdin?: boolean }) => change(cli, passwordStdin === true));
}

async function change(cli: Cli, fromStdin: boolean): Promise<void> {
  const api_url = serverOf(cli);
  const client = await cli.api();
  const { username } = await client.get('/api/v1/users/me');
  const body = await passwordChange(`${username} at ${api_url}`, fromStdin);
  await client.post('/api/v1/users/me/password', { body });
  cli.output.result(
    { synthetic: true, api_url, username, password_changed: true },
    `the password of ${username} is changed; the other sessions have ended`,
  );
}
