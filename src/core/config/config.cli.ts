import type { Command } from 'commander';
import type { Cli } from '../cli/index.js';
import { AppError } from '../errors/index.js';
import { plural } from '../words.js';
import type { ConfigReport } from './examine-config.js';

class ConfigProblemsError extends AppError {
  constructor(count: number) {
    const what = plural(count, 'problem');
    super('invalid', 'configuration_invalid', `the configuration has ${what}; nothing would start`);
  }
}

async function examine(): Promise<ConfigReport> {
  const { examineConfig } = await import('./examine-config.js');
  return examineConfig();
}

export function registerConfigCommands(program: Command, cli: Cli): void {
  const config = program.command('config').description('the configuration of this machine');
  config
    .command('check')
    .description('check all that the next start would; exit 2 when something is wrong')
    .action(() => check(cli));
  config
    .command('print')
    .description('list every variable with its value and where it comes from; secrets are not shown')
    .action(() => print(cli));
}

async function check(cli: Cli): Promise<void> {
  const { output } = cli;
  const { problems, warnings, variables } = await examine();
  const set = variables.filter(({ source }) => source !== 'default');
  const { red, yellow, green } = output.colors;
  const lines = [
    ...problems.map(
      ({ field, message, source }) =>
        `${red('wrong')}  ${field}: ${message}${source === null ? '' : ` (from ${source})`}`,
    ),
    ...warnings.map((warning) => `${yellow('note')}   ${warning}`),
    ...(problems.length > 0 ? [] : [`${green('ok')}     ${summary(set.length, variables.length)}`]),
  ];
  output.result({ ok: problems.length === 0, problems, warnings }, lines.join('\n'));
  if (problems.length > 0) throw new ConfigProblemsError(problems.length);
}

function summary(set: number, all: number): string {
  return `the configuration is good: ${set} of ${all} variables set, the others at their defaults`;
}

async function print(cli: Cli): Promise<void> {
  const { variables } = await examine();
  const { dim, cyan } = cli.output.colors;
  const rows = variables.map(({ name, value, source }) => {
    if (source === 'default') return [name, dim(value ?? '-')] as const;
    return [name, `${value}  ${cyan(`(${source})`)}`] as const;
  });
  cli.output.result({ variables }, cli.output.pairs(rows), variables);
}
