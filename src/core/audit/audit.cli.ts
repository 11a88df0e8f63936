import type { Command } from 'commander';
import type { Cli } from '../cli/index.js';
import { AppError } from '../errors/index.js';
import { plural } from '../words.js';
import { registerAuditList } from './audit-list.cli.js';

class AuditBrokenError extends AppError {
  constructor(sequence: string, reason: string) {
    super('conflict', 'audit_broken', `the audit chain is broken at record ${sequence}: ${reason}`);
  }
}

export function registerAuditCommands(program: Command, cli: Cli): void {
  const audit = program.command('audit').description('the hash-chained audit log');
  registerAuditList(audit, cli);
  audit
    .command('verify')
    .description('check every record of the chain; exit 5 when it is broken')
    .action(async () => {
      const { AuditService } = await import('./audit.service.js');
      const service = await cli.service(AuditService);
      const found = await service.verify();
      if (found.broken) throw new AuditBrokenError(found.broken.sequence, found.broken.reason);
      cli.output.result(found, `audit chain intact: ${plural(found.records, 'record')}, head ${found.head}`);
    });
}
