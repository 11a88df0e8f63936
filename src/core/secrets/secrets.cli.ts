import type { Command } from 'commander';
import type { Cli } from '../cli/index.js';
import { AppError } from '../errors/index.js';

class SealsBrokenError extends AppError {
  constructor([first, ...more]: readonly string[]) {
    const others = more.length > 0 ? `, nor can ${more.length} more` : '';
    const message = `${first} cannot be opened${others}: put the key that sealed it back into AZT3KNET_ENCRYPTION_KEYS`;
    super('conflict', 'seals_broken', message);
  }
}

export function registerSecretCommands(program: Command, cli: Cli): void {
  const secrets = program.command('secrets').description('the encryption of stored credentials');
  secrets
    .command('status')
    .description('list the keys and how many stored values each has sealed')
    .action(() => status(cli));
  secrets
    .command('rotate')
    .description('seal every stored value with the first key of AZT3KNET_ENCRYPTION_KEYS')
    .addHelpText('after', '\nValues that no key opens stay as they are: exit 5.')
    .action(() => rotate(cli));
}

async function status(cli: Cli): Promise<void> {
  const { SealedValues, sealedTrouble, Sealing } = await import('./index.js');
  const values = await (await cli.service(SealedValues)).uses();
  const keys = (await cli.service(Sealing)).keyIds;
  const { red, green, yellow } = cli.output.colors;
  const paint = { current: green, old: yellow, missing: red };
  const rows = values.map(({ table, column, key, state, values: count, broken }) => [
    `${table}.${column}`,
    key ?? 'not sealed',
    paint[state](state),
    String(count),
    broken === 0 ? '-' : red(String(broken)),
  ]);
  const human = [
    `keys, the first seals: ${keys.join(', ')}`,
    rows.length === 0
      ? 'nothing is sealed'
      : cli.output.table(['values', 'key', 'state', 'count', 'do not open'], rows),
  ];
  cli.output.result({ keys, values }, human.join('\n'));
  const trouble = sealedTrouble(values);
  if (trouble !== undefined) cli.output.note(`${trouble.detail}; ${trouble.advice}`);
}

async function rotate(cli: Cli): Promise<void> {
  const { SealedValues } = await import('./index.js');
  const columns = await (
    await cli.service(SealedValues)
  ).rotate(({ table, column }, count) => {
    if (cli.output.interactive) cli.output.note(`${table}.${column}: ${count}`);
  });
  const lines = columns.map(({ table, column, rotated }) => `${table}.${column}: ${rotated} sealed anew`);
  cli.output.result({ columns }, lines.length > 0 ? lines.join('\n') : 'nothing is sealed');
  const broken = columns.flatMap((column) => column.broken);
  if (broken.length > 0) throw new SealsBrokenError(broken);
}
