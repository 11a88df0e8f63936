import type { Command } from 'commander';
import { wholeNumber, type Cli } from '../../core/cli/index.js';
import { AppError } from '../../core/errors/index.js';
import { plural } from '../../core/words.js';

const HOUR_MS = 3_600_000;
const GRACE_HOURS = 24;

class ObjectsLost extends AppError {
  constructor(lost: readonly { key: string; reason: string }[]) {
    const [first] = lost;
    const more = lost.length > 1 ? `, and ${lost.length - 1} more` : '';
    super('conflict', 'objects_lost', `${first?.key} ${first?.reason}${more}; restore them from a backup`);
  }
}

/** Something that a sweep removes, or would. */
interface Swept {
  what: 'expired export' | 'orphan' | 'unfinished' | 'scratch';
  name: string;
  bytes: number | null;
}

export function registerStorageCommands(program: Command, cli: Cli): void {
  const storage = program.command('storage').description('the storage of exports and run files');
  storage
    .command('setup')
    .description('create the buckets, or the folder, that are missing; nothing else is touched')
    .option('--dry-run', 'only tell what is missing')
    .action(({ dryRun = false }: { dryRun?: boolean }) => setup(cli, dryRun));
  storage
    .command('check')
    .description(
      'write, read and delete a trial object, and look for the file of every row; exit 5 when one is lost',
    )
    .option('--digests', 'read every file and compare its SHA-256')
    .action(({ digests = false }: { digests?: boolean }) => check(cli, digests));
  storage
    .command('sweep')
    .description('delete expired exports, and what killed processes left')
    .option('--dry-run', 'only tell what would be deleted')
    .option(
      '--grace-hours <n>',
      'leave alone what no row names but is younger: it may be on its way; 0 only while nothing runs',
      wholeNumber(0, 8_760),
      GRACE_HOURS,
    )
    .addHelpText('after', '\nExports expire after AZT3KNET_EXPORT_RETENTION_DAYS days; 0 keeps them.')
    .action((options: { dryRun?: boolean; graceHours: number }) => sweep(cli, options));
}

async function setup(cli: Cli, dryRun: boolean): Promise<void> {
  const { openBlobStore } = await import('../../core/blobs/index.js');
  const store = await openBlobStore(cli.config());
  const places = await store.setup(dryRun);
  const made = dryRun ? 'missing' : 'created';
  cli.output.result(
    { storage: store.kind, dry_run: dryRun, places },
    places.map(({ name, missing }) => `${missing ? made : 'there'}  ${name}`).join('\n'),
  );
}

async function check(cli: Cli, digests: boolean): Promise<void> {
  const { BlobJanitor, tryStorage } = await import('../../core/blobs/index.js');
  const janitor = await cli.service(BlobJanitor);
  const { store } = janitor;
  await tryStorage(store);
  const { checked, lost } = await janitor.check(digests);
  if (lost.length > 0) throw new ObjectsLost(lost);
  cli.output.result(
    { storage: store.kind, checked, digests, lost },
    `the storage takes and gives; ${plural(checked, 'file is', 'files are')} there${digests ? ' with their SHA-256' : ''}`,
  );
}

async function sweep(
  cli: Cli,
  { dryRun = false, graceHours }: { dryRun?: boolean; graceHours: number },
): Promise<void> {
  const swept: Swept[] = [];
  for await (const each of sweepings(cli, !dryRun, new Date(Date.now() - graceHours * HOUR_MS))) {
    swept.push(each);
  }
  const bytes = swept.reduce((sum, each) => sum + (each.bytes ?? 0), 0);
  const verb = dryRun ? 'would delete' : 'deleted';
  const lines = swept.map(({ what, name }) => `${verb} ${what} ${name}`);
  cli.output.result(
    { dry_run: dryRun, swept, bytes },
    [...lines, `${verb} ${swept.length} things, ${bytes} bytes`].join('\n'),
  );
}

async function* sweepings(cli: Cli, remove: boolean, before: Date): AsyncGenerator<Swept> {
  const { BlobJanitor } = await import('../../core/blobs/index.js');
  const { abandonedScratch } = await import('../../core/files/index.js');
  const { ExportsService } = await import('./exports.service.js');
  const exports = await cli.service(ExportsService);
  for await (const row of exports.expired(remove)) {
    yield { what: 'expired export', name: exports.locate(row), bytes: Number(row.bytes) };
  }
  const janitor = await cli.service(BlobJanitor);
  const { store } = janitor;
  for await (const { key, bytes } of janitor.orphans(before, remove)) {
    yield { what: 'orphan', name: store.locate(key), bytes };
  }
  for await (const name of store.unfinished(before, remove)) yield { what: 'unfinished', name, bytes: null };
  for await (const name of abandonedScratch(cli.config().dataDir, before, remove)) {
    yield { what: 'scratch', name, bytes: null };
  }
}
