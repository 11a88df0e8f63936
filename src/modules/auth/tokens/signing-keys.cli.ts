import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import { confirm, requireTerminal, type Cli, type Columns } from '../../../core/cli/index.js';
import { SigningKeyNotFoundError } from '../auth.errors.js';
import { printEnding, REVOCATION } from '../cli/ending.js';

type SigningKey = components['schemas']['SigningKey'];

const COLUMNS: Columns<SigningKey> = [
  ['key', ({ kid }) => kid],
  ['algorithm', ({ algorithm }) => algorithm],
  ['state', stateOf],
  ['made', ({ created_at }) => created_at],
];

interface RotateOptions {
  revoke?: boolean;
  yes?: boolean;
  dryRun?: boolean;
}

export function registerSigningKeyCommands(program: Command, cli: Cli): void {
  const keys = program.command('signing-keys').description('what the tokens of log-ins are signed with');
  keys
    .command('list')
    .description('list the keys, the newest first')
    .action(async () => {
      const list = await (await cli.api()).get('/api/v1/signing-keys');
      cli.output.list(list, list.signing_keys, COLUMNS);
    });
  keys
    .command('rotate')
    .description('let another key sign from now on; the older ones go on verifying')
    .option('--revoke', 'what the older ones signed holds no more: everybody logs in again')
    .option('--yes', 'do not ask before --revoke')
    .option('--dry-run', 'show what the older ones do now')
    .action((options: RotateOptions) => rotate(cli, options));
  keys
    .command('revoke')
    .description('revoke a key: what it signed holds no more')
    .argument('<key>', 'its name, as signing-keys list shows it')
    .option('--dry-run', 'show the key that would be revoked')
    .action((kid: string, { dryRun }: { dryRun?: boolean }) => revoke(cli, kid, dryRun === true));
}

async function rotate(cli: Cli, { revoke: revokes = false, yes, dryRun }: RotateOptions): Promise<void> {
  const asks = revokes && yes !== true && dryRun !== true;
  if (asks) requireTerminal();
  const client = await cli.api();
  if (dryRun === true) {
    const list = await client.get('/api/v1/signing-keys');
    cli.output.note(`nothing was changed; this would ${revokes ? 'revoke' : 'retire'} the keys that hold`);
    cli.output.list(list, list.signing_keys, COLUMNS);
    return;
  }
  if (asks) await confirm('End every token and session of everybody, who then log in again?');
  const key = await client.post('/api/v1/signing-keys/rotate', { body: { revoke: revokes } });
  cli.output.result(key, `${key.kid} (${key.algorithm}) signs from now on`);
}

async function revoke(cli: Cli, kid: string, dryRun: boolean): Promise<void> {
  const client = await cli.api();
  if (dryRun) {
    const { signing_keys: keys } = await client.get('/api/v1/signing-keys');
    if (!keys.some((key) => key.kid === kid && key.revoked_at === null))
      throw new SigningKeyNotFoundError(kid);
  } else await client.delete('/api/v1/signing-keys/{kid}', { params: { path: { kid } } });
  printEnding(cli, REVOCATION, `signing key ${kid}`, { kid }, dryRun);
}

function stateOf({ retired_at, revoked_at }: SigningKey): string {
  if (revoked_at !== null) return 'revoked';
  return retired_at === null ? 'signs' : 'verifies';
}
