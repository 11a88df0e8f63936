import type { Command } from 'commander';
import { ask, type Cli } from '../../../core/cli/index.js';
import { existingPassword } from '../cli/passwords.js';
import { serverOf } from '../login/server.js';

const STDIN = 'read your password from standard input';
const CODE = 'the six digits that it shows; asked for when they are missing';

interface PasswordOption {
  passwordStdin?: boolean;
}

export function registerTotpCommands(program: Command, cli: Cli): void {
  const totp = program.command('totp').description('your authenticator at the server that --api-url names');
  totp
    .command('enrol')
    .description('get a secret for an authenticator; it counts once a code is confirmed')
    .option('--password-stdin', STDIN)
    .action(({ passwordStdin }: PasswordOption) => enrol(cli, passwordStdin === true));
  totp
    .command('confirm')
    .description(
      'confirm the authenticator by a code; log-ins need one from now on, and your other sessions end',
    )
    .argument('[code]', CODE)
    .action((code: string | undefined) => confirm(cli, code));
  totp
    .command('remove')
    .description('remove the authenticator, by your password and one of its codes; your other sessions end')
    .argument('[code]', CODE)
    .option('--password-stdin', STDIN)
    .action((code: string | undefined, { passwordStdin }: PasswordOption) =>
      remove(cli, code, passwordStdin === true),
    );
}

async function enrol(cli: Cli, fromStdin: boolean): Promise<void> {
  const password = await existingPassword(`your password at ${serverOf(cli)}: `, fromStdin);
  const client = await cli.api();
  const made = await client.post('/api/v1/users/me/totp', { body: { current_password: password } });
  // Not folded: both are to be copied.
  cli.output.result(made, `uri     ${made.uri}\nsecret  ${made.secret}`);
  cli.output.note('this is told once; put it into your authenticator, then: azt3knet totp confirm');
}

function codeOf(given: string | undefined): Promise<string> | string {
  return given ?? ask('code of the authenticator: ', 'it as an argument');
}

async function confirm(cli: Cli, given: string | undefined): Promise<void> {
  const api_url = serverOf(cli);
  const code = await codeOf(given);
  const client = await cli.api();
  await client.post('/api/v1/users/me/totp/confirm', { body: { code } });
  cli.output.result({ synthetic: true, api_url, has_totp: true }, 'log-ins need a code from now on');
}

async function remove(cli: Cli, given: string | undefined, fromStdin: boolean): Promise<void> {
  const api_url = serverOf(cli);
  const current_password = await existingPassword(`your password at ${api_url}: `, fromStdin);
  const code = await codeOf(given);
  const client = await cli.api();
  await client.post('/api/v1/users/me/totp/remove', { body: { current_password, code } });
  cli.output.result({ synthetic: true, api_url, has_totp: false }, 'log-ins need no code any more');
}
