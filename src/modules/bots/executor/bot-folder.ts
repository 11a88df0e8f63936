import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Blueprint } from '../blueprints/blueprint-library.js';
import { slotName, type Slot } from './executor.js';
import { programFiles } from './program-files.js';

/** What an instance has on the disk of its host: its program, which it can read, and a working folder, which is its own. */
export class BotFolder {
  constructor(
    private readonly root: string,
    readonly slot: Slot,
  ) {}

  get path(): string {
    return join(this.root, slotName(this.slot));
  }
  get program(): string {
    return join(this.path, 'program');
  }
  get work(): string {
    return join(this.path, 'work');
  }
  get logs(): string {
    return join(this.path, 'logs');
  }
  get token(): string {
    return join(this.path, 'token');
  }
  get socket(): string {
    return join(this.path, 'host.sock');
  }

  /** Folders that this user alone can reach; null: the user of the server. */
  make(uid: number | null): void {
    for (const folder of [this.path, this.work, this.logs])
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (uid === null) return;
    chownSync(this.path, 0, uid);
    chmodSync(this.path, 0o750);
    chownSync(this.work, uid, uid);
  }

  /** Puts the program there as it was read, with its SDK and its configuration, in place of what was there. */
  install(blueprint: Blueprint, configuration: object, uid: number | null): string {
    rmSync(this.program, { recursive: true, force: true });
    const shared = uid === null ? 0o700 : 0o755;
    const write = (name: string, content: Buffer | string): void => {
      const file = join(this.program, name);
      mkdirSync(dirname(file), { recursive: true, mode: shared });
      writeFileSync(file, content, { mode: uid === null ? 0o600 : 0o644 });
    };
    for (const [name, content] of programFiles(blueprint)) write(name, content);
    write('configuration.json', JSON.stringify(configuration));
    return join(this.program, blueprint.manifest.entry);
  }

  /** Gives the bot a token, whole at any moment. */
  writeToken(token: string, uid: number | null): void {
    const next = `${this.token}.next`;
    writeFileSync(next, token, { mode: 0o400 });
    if (uid !== null) chownSync(next, uid, uid);
    renameSync(next, this.token);
  }

  readToken(): string | undefined {
    return existsSync(this.token) ? readFileSync(this.token, 'utf8') : undefined;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The slots that have a folder. */
export function botFolders(root: string): Slot[] {
  return existsSync(root)
    ? readdirSync(root, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'bin')
        .map(({ name }) => {
          const [botId = '', ordinal = '0'] = name.split('.');
          return { botId, ordinal: Number(ordinal) };
        })
    : [];
}
