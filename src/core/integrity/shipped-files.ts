import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors/index.js';
import { PROJECT_ROOT } from '../project.js';

/** Content that decides what the product does; an operator's own is kept in the database, over it. */
const FOLDERS = ['blueprints', 'models', 'policies', 'prompts', 'scenarios', 'templates'];

/** Beside package.json: the SHA-256 of each file as it was shipped, by its path. */
const INTEGRITY_FILE = 'integrity.json';

/** A file that is not what was shipped. */
export interface ChangedFile {
  file: string;
  change: 'added' | 'changed' | 'missing';
}

/** Somebody changed what decides what is allowed, and production is not to find out later. */
export class ShippedFilesChanged extends AppError {
  constructor(changed: readonly ChangedFile[]) {
    super(
      'refused',
      'shipped_files_changed',
      `${describeChanges(changed)}: install again what was shipped, or set AZT3KNET_ALLOW_CHANGED_FILES=true`,
    );
  }
}

/** One line about all of them. */
export function describeChanges(changed: readonly ChangedFile[]): string {
  return changed.map(({ file, change }) => `${file} is ${change}`).join(', ');
}

/**
 * The SHA-256 of every file of shipped content, in lower-case hexadecimal, by its path below `root`.
 * @param root the folder of package.json
 */
export function shippedDigests(root: string = PROJECT_ROOT): Record<string, string> {
  const files = FOLDERS.filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { withFileTypes: true, recursive: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .toSorted();
  const digest = (file: string): string =>
    createHash('sha256')
      .update(readFileSync(join(root, file)))
      .digest('hex');
  return Object.fromEntries(files.map((file) => [file, digest(file)]));
}

/** The text of {@link INTEGRITY_FILE} for the files as they are. */
export function integrityText(root: string = PROJECT_ROOT): string {
  return `${JSON.stringify(shippedDigests(root), null, 2)}\n`;
}

/** Compares the shipped content with the digests that were shipped beside it. */
export function changedFiles(root: string = PROJECT_ROOT): ChangedFile[] {
  const path = join(root, INTEGRITY_FILE);
  if (!existsSync(path)) return [{ file: INTEGRITY_FILE, change: 'missing' }];
  const shipped = new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>));
  const present = new Map(Object.entries(shippedDigests(root)));
  const changeOf = (file: string): ChangedFile['change'] | undefined => {
    if (!present.has(file)) return 'missing';
    if (!shipped.has(file)) return 'added';
    return present.get(file) === shipped.get(file) ? undefined : 'changed';
  };
  return [...new Set([...shipped.keys(), ...present.keys()])].toSorted().flatMap((file) => {
    const change = changeOf(file);
    return change === undefined ? [] : [{ file, change }];
  });
}

/**
 * Says which shipped files were changed.
 * @param log hears of it where they may be
 * @throws ShippedFilesChanged in the production environment, unless the configuration allows it
 */
export function requireShippedFiles(
  { environment, allowChangedFiles }: { environment: string; allowChangedFiles: boolean },
  log: (line: string) => void,
  root: string = PROJECT_ROOT,
): void {
  const changed = changedFiles(root);
  if (changed.length === 0) return;
  if (environment === 'production' && !allowChangedFiles) throw new ShippedFilesChanged(changed);
  log(`not as it was shipped: ${describeChanges(changed)}`);
}
