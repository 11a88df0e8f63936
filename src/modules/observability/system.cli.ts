import type { Client } from '@azt3knet/client';
import type { Command } from 'commander';
import { anonymousClient, type Cli } from '../../core/cli/index.js';
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
      'look at everything that Azt3kNet needs here, or with --api-url at what a server needs; exit 7 when something is missing',
    )
    .action(() => check(cli));
}

async function check(cli: Cli): Promise<void> {
  const { output } = cli;
  const { apiUrl } = cli;
  // Whoever can reach a server may ask how it is.
  const report =
    apiUrl === undefined ? await checkHere(cli) : await checkServer(await anonymousClient(apiUrl));
  const where = apiUrl === undefined ? 'this machine' : `the server ${apiUrl}`;
  report.checks.unshift({ name: 'checked', status: 'ok', detail: where });
  const rows = report.checks.map(({ name, status, detail, advice = null }) => ({
    name,
    status,
    detail,
    advice,
  }));
  output.result(report, show(cli, report), rows);
  const failed = report.checks.filter(({ status }) => status === 'fail').map(({ name }) => name);
  if (failed.length > 0) throw new UnhealthyError(failed);
}

async function checkHere({ output }: Cli): Promise<SystemReport> {
  const { checkSystem } = await import('./system-check.js');
  return checkSystem((line) => output.note(line));
}

/** What a server says of itself and of what it depends on. */
async function checkServer(client: Client): Promise<SystemReport> {
  const { status, details } = await client.health();
  const checks = Object.entries(details).map(([name, found]): Finding => {
    const up = found.status === 'up';
    return { name, status: up ? 'ok' : 'fail', detail: found.message ?? found.status };
  });
  return { status: status === 'ok' ? 'ok' : 'fail', checks };
}

function show({ output }: Cli, { checks }: SystemReport): string {
  const { green, yellow, red } = output.colors;
  const marks: Record<CheckStatus, string> = { ok: green('ok  '), warn: yellow('warn'), fail: red('FAIL') };
  const line = ({ status, detail, advice }: Finding): string =>
    `${marks[status]}  ${detail}${advice === undefined ? '' : ` -> ${advice}`}`;
  return output.pairs(checks.map((finding) => [finding.name, line(finding)] as const));
}
