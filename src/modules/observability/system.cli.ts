import type { Command } from 'commander';
import type { Cli } from '../../core/cli/index.js';
import { AppError } from '../../core/errors/index.js';
import type { CheckStatus, Finding } from './finding.js';
import type { SystemReport } from './system-check.js';

class UnhealthyError extends AppError {
  constructor(names: readonly string[]) {
    super('unavailable', 'unhealthy', `not healthy: ${names.join(', ')}`);
  }
}

export function registerSystemCommands(program: Command, cli: Cli): void {
  const system = program.command('system').description('the state of the system');
  system
    .command('check')
    .description(
      'look at everything that Azt3kNet needs, and say what to do; exit 7 when something is missing',
    )
    .action(() => check(cli));
}

async function check(cli: Cli): Promise<void> {
  const { checkSystem } = await import('./system-check.js');
  const { output } = cli;
  const report = await checkSystem((line) => output.note(line));
  output.result(report, show(cli, report));
  const failed = report.checks.filter(({ status }) => status === 'fail').map(({ name }) => name);
  if (failed.length > 0) throw new UnhealthyError(failed);
}

function show({ output }: Cli, { checks }: SystemReport): string {
  const { green, yellow, red } = output.colors;
  const marks: Record<CheckStatus, string> = { ok: green('ok  '), warn: yellow('warn'), fail: red('FAIL') };
  const line = ({ status, detail, advice }: Finding): string =>
    `${marks[status]}  ${detail}${advice === undefined ? '' : ` -> ${advice}`}`;
  return output.pairs(checks.map((finding) => [finding.name, line(finding)] as const));
}
