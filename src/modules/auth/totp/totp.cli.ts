import type { Command } from 'commander';
import { ask, type Cli } from '../../../core/cli/index.js';
import { serverOf } from '../login/server.js';

export function registerTotpCommands(program: Command, cli: Cli): void {
  const totp = program.command('totp').description('your authenticator at the server that --api-url names');
  totp
    .command('enrol')
    .description('get a secret for an authenticator; it counts once a code is confirmed')
    .action(() => enrol(cli));
  for (const [name, description] of [
    ['confirm', 'confirm the authenticator by a code; log-ins need one from now on'],
    ['remove', 'remove the authenticator, by one of its codes'],
  ] as const) {
    totp
      .command(name)
      .description(description)
      .argument('[code]', 'the six digits that it shows; asked for when they are missing')
      .action((code: string | undefined) => useCode(cli, name, code));
  }
}

async function enrol(cli: Cli): Promise<void> {
  serverOf(cli);
  const client = await cli.api();
  const made = await client.post('/api/v1/users/me/totp');
  // Not folded: both are to be copied.
  cli.output.result(made, `uri     ${made.uri}\nsecret  ${made.secret}`);
  cli.output.note('this is told once; put it into your authenticator, then: azt3knet totp confirm');
}

async function useCode(cli: Cli, what: 'confirm' | 'remove', given: string | undefined): Promise<void> {
  const api_url = serverOf(cli);
  const code = given ?? (await ask('code of the authenticator: ', 'it as an argument'));
  const client = await cli.api();
  await client.post(`/api/v1/users/me/totp/${what}`, { body: { code } });
  const confirmed = what === 'confirm';
  cli.output.result(
    { synthetic: true, api_url, has_totp: confirmed },
    confirmed ? 'log-ins need a code from now on' : 'log-ins need no code any more',
  );
}
