import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, linkSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Config } from '../../../core/config/index.js';
import { isOpen, isPassable } from './confinement.js';

const PASSING = 'azt3knet-bots-';
/** A path of a socket in a folder of an instance has at most 107 bytes, of which a bot's id takes 63 and an ordinal 4. */
const LONGEST = 107 - 63 - 4 - '/host.sock'.length - 1;

/**
 * The folder of all bots of a host: in the data folder, unless other users cannot reach it or sockets would have too long a
 * name; then beside temporary files, under a name that stays the same.
 */
export function botsRoot({ bots, dataDir }: Pick<Config, 'bots' | 'dataDir'>, root: boolean): string {
  if (bots.folder !== undefined) return bots.folder;
  const inside = join(dataDir, 'bots');
  const reachable = !root || isPassable(existsSync(dataDir) ? dataDir : dirname(dataDir));
  if (reachable && inside.length <= LONGEST) return inside;
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 10);
  return join(tmpdir(), `${PASSING}${name}`);
}

/** Whether the folder is one beside temporary files, which goes with the server. */
export function isPassing(folder: string): boolean {
  return folder.startsWith(join(tmpdir(), PASSING));
}

/** Makes the folder, such that users pass through it and see nothing. @throws Error when somebody else made it */
export function makeRoot(folder: string, root: boolean): void {
  mkdirSync(folder, { recursive: true, mode: root ? 0o711 : 0o700 });
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.())
    throw new Error(`${folder} belongs to somebody else: set AZT3KNET_BOTS_DIR`);
  chmodSync(folder, root ? 0o711 : 0o700);
}

/** A program that the users of bots can run: itself, or a link or copy of it in the folder of all bots. */
export function reachableProgram(program: string, folder: string): string {
  if (isOpen(program)) return program;
  const bin = join(folder, 'bin');
  const copy = join(bin, createHash('sha256').update(program).digest('hex').slice(0, 10));
  if (existsSync(copy)) return copy;
  mkdirSync(bin, { recursive: true, mode: 0o755 });
  try {
    linkSync(program, copy);
  } catch {
    copyFileSync(program, copy);
    chmodSync(copy, 0o755);
  }
  if (!isOpen(copy)) rmSync(copy);
  return isOpen(copy) ? copy : program;
}
