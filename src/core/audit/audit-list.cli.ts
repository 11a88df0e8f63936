import type { components } from '@azt3knet/client';
import { pathsApiV1AuditGetParametersQuerySortValues as SORTS } from '@azt3knet/client/schema';
import type { Command } from 'commander';
import { pageOptions, showList, timeOptions, type Cli, type Columns } from '../cli/index.js';

type AuditRecord = components['schemas']['AuditRecord'];

/** Places that data has in a table; programs get all of it. */
const DATA_PLACES = 100;

function shortened(text: string): string {
  return text.length > DATA_PLACES ? `${text.slice(0, DATA_PLACES - 1)}…` : text;
}

const COLUMNS: Columns<AuditRecord> = [
  ['record', ({ sequence }) => String(sequence)],
  ['at', ({ occurred_at }) => occurred_at],
  ['actor', ({ actor }) => actor],
  ['action', ({ action }) => action],
  ['subject', ({ subject_type, subject_id }) => `${subject_type} ${subject_id}`],
  ['data', ({ data }) => shortened(JSON.stringify(data)), 'text'],
];

/** What CSV has of a record: its data has other fields for every action. */
function flat({ data, ...record }: AuditRecord): object {
  return { ...record, data: JSON.stringify(data) };
}

/** Registers `audit list`. */
export function registerAuditList(audit: Command, cli: Cli): void {
  const command = audit
    .command('list')
    .description('list what was done and by whom, the newest first')
    .option('--action <action>', 'this action, such as user.create, or all of a kind: user.*')
    .option('--actor <user>', 'what this user did')
    .option('--subject-type <type>', 'what was done to things of this kind, such as user, key or export')
    .option('--subject-id <id>', 'what was done to the one with this id');
  pageOptions(timeOptions(command, 'occurred'), SORTS)
    .addHelpText(
      'after',
      '\nExample:\n  azt3knet audit list --action "user.*" --occurred-after 2026-01-15T00:00:00Z',
    )
    .action((options: ListOptions) => list(cli, options));
}

interface ListOptions {
  action?: string;
  actor?: string;
  subjectType?: string;
}

/** The filters take what they are given: what the audit has is told where they find nothing. */
async function list(cli: Cli, options: ListOptions): Promise<void> {
  const { known } = await showList(cli, '/api/v1/audit', options, COLUMNS, {}, flat);
  if (known === undefined) return;
  const { action, actor, subjectType } = options;
  if (action !== undefined) cli.output.note(`actions in the audit: ${known.actions.join(', ')}`);
  if (actor !== undefined) cli.output.note(`actors in the audit: ${known.actors.join(', ')}`);
  if (subjectType !== undefined)
    cli.output.note(`kinds of things in the audit: ${known.subject_types.join(', ')}`);
}
