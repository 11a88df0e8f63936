import type { Command } from 'commander';
import { wholeNumber, type Cli } from '../cli/index.js';
import { AppError } from '../errors/index.js';
import { readTextFile } from '../files/read-text-file.js';
import { plural } from '../words.js';
import { registerAuditList } from './audit-list.cli.js';
import type { AuditVerification } from './audit.service.js';
import type { AuditFlaw } from './head-check.js';

class AuditBrokenError extends AppError {
  constructor({ where, sequence, reason }: AuditFlaw) {
    const place =
      where === 'head'
        ? 'a head of the audit does not hold'
        : `the audit chain is broken at record ${sequence}`;
    super('conflict', 'audit_broken', `${place}: ${reason}`);
  }
}

class HeadsFileInvalidError extends AppError {
  constructor(path: string) {
    const message = `${path} is not what azt3knet audit heads --json printed`;
    super('invalid', 'heads_invalid', message, [{ field: 'heads', message }]);
  }
}

export function registerAuditCommands(program: Command, cli: Cli): void {
  const audit = program.command('audit').description('the hash-chained audit log');
  registerAuditList(audit, cli);
  audit
    .command('verify')
    .description('check every record of the chain and every signed head; exit 5 when one does not hold')
    .option('--heads <file>', 'heads that were kept elsewhere: what audit heads --json printed')
    .action(({ heads }: { heads?: string }) => verify(cli, heads));
  audit
    .command('heads')
    .description('list the signed ends of the chain, the newest first; keep them elsewhere, too')
    .option('--limit <n>', 'how many at most (default 20)', wholeNumber(1))
    .action(({ limit = 20 }: { limit?: number }) => listHeads(cli, limit));
}

async function verify(cli: Cli, path: string | undefined): Promise<void> {
  const { AuditService } = await import('./audit.service.js');
  const kept = path === undefined ? [] : await readKept(path);
  const service = await cli.service(AuditService);
  const { broken, ...found } = await service.verify(kept);
  if (broken !== undefined) throw new AuditBrokenError(broken);
  const { records, head, heads } = found;
  cli.output.result(
    found,
    `audit chain intact: ${plural(records, 'record')}, head ${head}; ${aboutHeads(heads)}`,
  );
}

/** What the heads are good for, and what is missing of them. */
function aboutHeads(heads: AuditVerification['heads']): string {
  const { signed, earlier_keys, other_keys, days_without_file } = heads;
  return [
    signed === 0
      ? 'no signed head: records that were cut off would not show'
      : plural(signed, 'signed head holds', 'signed heads hold'),
    ...(earlier_keys === 0 ? [] : [`${earlier_keys} of them of earlier keys`]),
    ...(other_keys === 0 ? [] : [`${other_keys} of another key not compared`]),
    ...(days_without_file === 0
      ? []
      : [`the files with the heads of ${plural(days_without_file, 'day')} are not here`]),
  ].join(', ');
}

async function readKept(path: string) {
  const { readHeads } = await import('./head-files.js');
  const heads = readHeads(readTextFile(path));
  if (heads === undefined) throw new HeadsFileInvalidError(path);
  return heads;
}

async function listHeads(cli: Cli, limit: number): Promise<void> {
  const { AuditHeads } = await import('./audit-heads.service.js');
  const service = await cli.service(AuditHeads);
  const { signedAt } = await import('./head-signer.js');
  const { HeadKeys } = await import('./head-keys.js');
  const { signer } = service;
  await service.sign();
  const all = (await service.all()).flatMap((head) => ('sequence' in head ? head : []));
  const keys = new HeadKeys(signer.publicKey, all);
  const heads = all.slice(0, limit).map((head) => {
    const { sequence, key_id, public_key, previous_key, hash, signature } = head;
    const signed = keys.check(head);
    return {
      sequence,
      key_id,
      public_key,
      previous_key,
      hash,
      signed_at: signedAt(head),
      signature,
      signed,
    };
  });
  const document = { synthetic: true, key_id: signer.keyId, public_key: signer.publicPem, heads };
  cli.output.list(document, heads, [
    ['record', ({ sequence }) => sequence],
    ['signed at', ({ signed_at }) => signed_at],
    ['signed by', ({ signed }) => signed],
    ['hash', ({ hash }) => hash],
  ]);
}
