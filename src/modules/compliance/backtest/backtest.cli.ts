import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import { confirm, wholeNumber, type Cli, type Columns } from '../../../core/cli/index.js';
import { namingFile } from '../../../core/documents/naming-file.js';
import { AppError } from '../../../core/errors/index.js';
import { readTextFile } from '../../../core/files/read-text-file.js';
import { fitOf, type BacktestItem, type Fit, type Verdict } from './tally.js';

type Request = components['schemas']['BacktestRequest'];
type Candidate = Pick<Request, 'policy' | 'content' | 'change' | 'retire'>;
type Policy = components['schemas']['Backtest']['policy'];

interface BacktestOptions {
  file?: string;
  text: string;
  label: string;
  positive: string;
  rule?: string;
  items: number;
}

/** What a candidate was tried on, all of it. */
interface Trial {
  policy: Policy;
  items: BacktestItem[];
  skipped: number;
}

const PAGE = 100;
/** Below the limits of a request, whatever the texts hold. */
const CHARACTERS = 150_000;
const LONGEST = 20_000;
const SAMPLE = 500;

const STOPS = new Set(['review', 'escalate', 'block']);

const COLUMNS: Columns<BacktestItem> = [
  ['item', ({ id }) => id],
  ['before', ({ before }) => before.action],
  ['after', ({ after }) => after.action],
  ['expected', ({ expected }) => (expected === null ? '-' : expected ? 'stop' : 'pass')],
  ['rules', ({ after, before }) => (after.rules.length > 0 ? after : before).rules.join(', '), 'text'],
];

export function registerBacktestCommand(parent: Command, cli: Cli): void {
  parent
    .command('backtest')
    .description('try a version of a policy on what was decided, or on labelled texts; nothing is kept')
    .argument('<policy>', 'a policy, name@version, or a YAML file')
    .option('--file <file>', 'texts with labels, CSV or JSONL; else the texts of drafts that were decided on')
    .option('--text <column>', 'where the texts are', 'text')
    .option('--label <column>', 'where the labels are', 'label')
    .option('--positive <value>', 'the label of what should be stopped; else 1, true, yes', '')
    .option('--rule <rule>', 'measure this rule of the policy alone, in shadow too')
    .option('--items <n>', 'how many drafts at most', wholeNumber(1, 100_000), SAMPLE)
    .addHelpText(
      'after',
      '\nExample:\n  azt3knet compliance backtest spam --file sms.csv \\\n    --text message --label class --positive spam',
    )
    .action((policy: string, options: BacktestOptions) => backtest(cli, policy, options));
}

async function backtest(cli: Cli, given: string, options: BacktestOptions): Promise<void> {
  const candidate = /\.ya?ml$/u.test(given) ? { content: readTextFile(given) } : { policy: given };
  const { file } = options;
  const trial = await namingFile(given, () =>
    file === undefined
      ? onDecisions(cli, candidate, { most: options.items, rule: options.rule })
      : onFile(cli, candidate, file, options),
  );
  const rule = options.rule === undefined ? undefined : ruleOf(trial.policy, options.rule);
  const flags = ({ action, rules, shadow_rules }: Verdict): boolean =>
    rule === undefined ? STOPS.has(action) : rules.includes(rule) || shadow_rules.includes(rule);
  report(cli, trial, {
    before: fitOf(trial.items, 'before', flags),
    after: fitOf(trial.items, 'after', flags),
  });
}

function report(cli: Cli, { policy, items, skipped }: Trial, fit: { before: Fit; after: Fit }): void {
  const changed = items.filter((item) => item.changed);
  const document = { synthetic: true, policy, tried: items.length, skipped, ...fit, changed };
  const facts = cli.output.pairs([
    ['policy', `${policy.name} ${policy.version ?? 'none'} beside ${policy.current ?? 'none'}`],
    ['tried on', `${items.length} items${skipped === 0 ? '' : `, ${skipped} without their texts`}`],
    ...(fit.after.labelled === 0 ? [] : [fitLine('before', fit.before), fitLine('after', fit.after)]),
    ['changed', `${changed.length} verdicts`],
    ...inShadow(items),
  ]);
  const table = changed.length === 0 ? '' : `\n${cli.output.columns(changed, COLUMNS)}`;
  const records = changed.map(({ id, expected, before, after }) => ({
    id,
    expected,
    before: before.action,
    after: after.action,
    rules_before: before.rules.join(' '),
    rules_after: after.rules.join(' '),
  }));
  cli.output.result(document, `${facts}${table}`, records);
}

/** What rules in shadow found: no verdict shows it. */
function inShadow(items: readonly BacktestItem[]): [string, string][] {
  const found = items.filter(({ after }) => after.shadow_rules.length > 0);
  if (found.length === 0) return [];
  const rules = [...new Set(found.flatMap(({ after }) => after.shadow_rules))].toSorted();
  const told =
    rules.length > 5 ? `${rules.slice(0, 5).join(', ')} and ${rules.length - 5} more` : rules.join(', ');
  return [['in shadow', `${found.length} items match ${told}; --rule measures one of them`]];
}

const shown = (value: number | null): string => (value === null ? '-' : value.toFixed(4));

function fitLine(name: string, { precision, recall, flagged, labelled }: Fit): [string, string] {
  return [name, `precision ${shown(precision)}, recall ${shown(recall)}: ${flagged} of ${labelled} flagged`];
}

/** What a change of a live policy asks for: to be seen, and meant. */
export interface ChangeOptions {
  dryRun?: boolean;
  yes?: boolean;
}

/**
 * Shows what a change would do to the newest decisions, and to the newest in which the policy matched, and asks whether it is meant.
 * @returns false where it was only to be shown
 * @throws AppError when it is not meant, or nobody can be asked
 */
export async function rehearse(cli: Cli, candidate: Candidate, options: ChangeOptions): Promise<boolean> {
  const { policy, items: newest } = await onDecisions(cli, candidate, { most: SAMPLE });
  const seen = new Set(newest.map(({ id }) => id));
  const matched = await onDecisions(cli, candidate, { most: SAMPLE, matched: true });
  const items = [...newest, ...matched.items.filter(({ id }) => !seen.has(id))];
  const changed = items.filter((item) => item.changed);
  const said = `${policy.name} ${policy.version ?? 'none'} beside ${policy.current ?? 'none'}: ${changed.length} of ${items.length} verdicts on drafts would change (the newest ${SAMPLE}, and the newest ${SAMPLE} in which ${policy.name} matched)`;
  const table = changed.length === 0 ? said : `${said}\n${cli.output.columns(changed, COLUMNS)}`;
  if (options.dryRun === true) {
    cli.output.result(
      { synthetic: true, policy, tried: items.length, changed, dry_run: true },
      table,
      changed,
    );
    return false;
  }
  cli.output.note(table);
  const question =
    candidate.retire === undefined
      ? `Put ${policy.name} ${policy.version ?? ''} in force?`
      : `Retire ${candidate.retire}${policy.version === null ? '' : `, so that ${policy.version} is in force`}?`;
  if (options.yes !== true) await confirm(question);
  return true;
}

/** A rule of what is tried, by its id or as `policy/rule`; as `policy/rule` afterwards. @throws AppError `rule_not_found` */
function ruleOf({ name, version, rules }: Policy, given: string): string {
  const full = given.includes('/') ? given : `${name}/${given}`;
  if (rules.some((id) => `${name}/${id}` === full)) return full;
  const message = `there is no rule ${given} in ${name} ${version}; it has ${rules.join(', ')}`;
  throw new AppError('not_found', 'rule_not_found', `--rule: ${message}`, [{ field: 'rule', message }]);
}

/** @param rule one that the policy has to have: a mistake is told before the work */
async function onDecisions(
  cli: Cli,
  candidate: Candidate,
  { most, rule, matched = false }: { most: number; rule?: string | undefined; matched?: boolean },
): Promise<Trial> {
  const client = await cli.api();
  const items: BacktestItem[] = [];
  let skipped = 0;
  for (let cursor: string | undefined; ;) {
    const limit = Math.min(PAGE, most - items.length);
    const body = {
      ...candidate,
      subject_type: 'draft' as const,
      matched,
      limit,
      ...(cursor !== undefined && { cursor }),
    };
    const page = await client.post('/api/v1/compliance/backtest', { body });
    if (rule !== undefined) ruleOf(page.policy, rule);
    items.push(...page.items);
    skipped += page.skipped;
    if (page.next_cursor === null || items.length >= most) return { policy: page.policy, items, skipped };
    cursor = page.next_cursor;
  }
}

async function onFile(
  cli: Cli,
  candidate: Candidate,
  file: string,
  { text, label, positive, rule }: BacktestOptions,
): Promise<Trial> {
  const rows = await readRows(file);
  for (const column of [text, label]) {
    if (rows[0] !== undefined && !(column in rows[0]))
      throw columnMissing(file, column, Object.keys(rows[0]));
  }
  if (rows.length === 0) throw new AppError('invalid', 'file_empty', `${file}: has no rows`);
  const isPositive = labelReader(file, positive);
  const texts = rows.map((row, at) => ({
    id: String(at + 1),
    text: (row[text] ?? '').slice(0, LONGEST),
    expected: isPositive(row[label] ?? '', at),
  }));
  if (!texts.some(({ expected }) => expected)) {
    const message = `${file}: no row has a label that says a text should be stopped (${positive === '' ? '1, true or yes' : positive})`;
    throw new AppError('invalid', 'label_missing', message);
  }
  const client = await cli.api();
  const items: BacktestItem[] = [];
  let policy: Policy | undefined;
  for (const part of parts(texts)) {
    const body = { ...candidate, subject_type: 'draft' as const, limit: PAGE, texts: part };
    const page = await client.post('/api/v1/compliance/backtest', { body });
    if (rule !== undefined) ruleOf(page.policy, rule);
    items.push(...page.items);
    policy = page.policy;
  }
  if (policy === undefined) throw new AppError('invalid', 'file_empty', `${file}: has no rows`);
  return { policy, items, skipped: 0 };
}

const YES = /^(?:1|true|yes)$/iu;
const NO = /^(?:0|false|no|)$/iu;

/** How a label says whether a text should be stopped; without `positive` by 1 or 0, true or false, yes or no. */
function labelReader(file: string, positive: string): (value: string, at: number) => boolean {
  return (value, at) => {
    const label = value.trim();
    if (positive !== '') return label === positive;
    if (YES.test(label) || NO.test(label)) return YES.test(label);
    const message = `${file}: row ${at + 1} has the label ${JSON.stringify(label)}, expected 1 or 0, true or false, yes or no; or say with --positive which label means that a text should be stopped`;
    throw new AppError('invalid', 'label_unknown', message);
  };
}

async function readRows(file: string): Promise<Record<string, string>[]> {
  const text = readTextFile(file);
  if (/\.(?:jsonl|ndjson)$/u.test(file)) return (await import('./read-jsonl.js')).readJsonl(text, file);
  return (await import('../../../core/documents/read-csv.js')).readCsv(text, file);
}

function columnMissing(file: string, column: string, known: readonly string[]): AppError {
  const message = `${file}: has no column ${JSON.stringify(column)}; it has ${known.join(', ')}`;
  return new AppError('invalid', 'column_missing', message);
}

function* parts<T extends { text: string }>(texts: readonly T[]): Iterable<T[]> {
  let part: T[] = [];
  let characters = 0;
  for (const each of texts) {
    if (part.length === PAGE || characters + each.text.length > CHARACTERS) {
      yield part;
      part = [];
      characters = 0;
    }
    part.push(each);
    characters += each.text.length;
  }
  if (part.length > 0) yield part;
}
