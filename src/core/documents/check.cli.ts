import type { Command } from 'commander';
import type { Cli } from '../cli/index.js';
import { AppError, type FieldIssue } from '../errors/index.js';
import { readTextFile } from '../files/read-text-file.js';
import type { PathIssue } from './yaml-document.js';

/** How documents of a kind are checked where there is no database. */
export interface CheckableDocuments<T> {
  /** @throws DocumentError naming every wrong line */
  parse(text: string, source: string): T;
  facts(value: T): { name: string; version: string; sha256: string };
  /** What is wrong that the schema cannot see. */
  judge?(value: T): Promise<readonly PathIssue[]>;
}

/** What a check found in a file. */
interface CheckedFile {
  file: string;
  valid: boolean;
  name: string | null;
  version: string | null;
  sha256: string | null;
  errors: readonly FieldIssue[];
}

/**
 * Adds `check <files...>` to the command of a kind of document.
 * @param load imports what reads the kind, when it is needed
 */
export function registerCheckCommand<T>(
  parent: Command,
  cli: Cli,
  load: () => Promise<CheckableDocuments<T>>,
): void {
  parent
    .command('check')
    .description('say what is wrong with files, with the line of every mistake; needs no database')
    .argument('<files...>', 'YAML files')
    .action(async (files: string[]) => {
      const documents = await load();
      const checked: CheckedFile[] = [];
      const wrong: Wrong[] = [];
      for (const file of files) checked.push(await check(documents, file, wrong));
      const valid = checked.every((each) => each.valid);
      const good = checked.filter((each) => each.valid);
      const human = good.map(({ file, name, version }) => `${file}: ${name} ${version} is valid`);
      if (good.length > 0 || cli.output.format !== 'table')
        cli.output.result({ valid, files: checked }, human.join('\n'));
      if (!valid) throw refusalOf(wrong);
    });
}

/** What is wrong with a file, and in which words. */
interface Wrong {
  said: string;
  error: AppError;
}

/** Files that cannot be read end the command as they do elsewhere; a file that breaks its schema counts more. */
function refusalOf(wrong: readonly Wrong[]): AppError {
  const said = wrong.map((each) => each.said).join('\n');
  const worst = wrong.find(({ error }) => error.kind === 'invalid') ?? wrong[0];
  return new AppError(worst?.error.kind ?? 'invalid', worst?.error.code ?? 'document_invalid', said);
}

async function check<T>(
  documents: CheckableDocuments<T>,
  file: string,
  wrong: Wrong[],
): Promise<CheckedFile> {
  const nothing = { name: null, version: null, sha256: null };
  try {
    const text = readTextFile(file);
    const value = documents.parse(text, file);
    const { name, version, sha256 } = documents.facts(value);
    const issues = (await documents.judge?.(value)) ?? [];
    if (issues.length > 0) throw (await import('./yaml-document.js')).documentErrorAt(text, file, issues);
    return { file, valid: true, name, version, sha256, errors: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // What lines do not belong to does not begin with the file.
    const said = error.message.startsWith(file) ? error.message : `${file}: ${error.message}`;
    wrong.push({ said, error });
    return { file, valid: false, ...nothing, errors: error.issues };
  }
}
