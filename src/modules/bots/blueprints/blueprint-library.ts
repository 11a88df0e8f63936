import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  globSync,
  openSync,
  readFileSync,
  realpathSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { documentErrorAt, parseYamlDocument } from '../../../core/documents/index.js';
import { PROJECT_ROOT } from '../../../core/project.js';
import { BotsError } from '../bots.errors.js';
import { compileSchema } from './configuration.js';
import { BlueprintManifest } from './manifest.js';

/** A path below a folder of blueprints: of the program, whose manifest has the same name. */
export const BLUEPRINT_PATH = /^[a-z0-9_]{1,60}(?:\/[a-z0-9_]{1,60}){0,3}\.(?:py|mjs|js|ts)$/;

/** The largest file of a program, in bytes. */
const FILE_MAX = 10_485_760;

/** A program that bots can be made of. */
export interface Blueprint {
  /** Such as `bots/analytics_bot.py`. */
  path: string;
  manifest: BlueprintManifest;
  /** SHA-256 of the manifest and all files, by their names. */
  sha256: string;
  /** The contents that were hashed, by their names. */
  files: ReadonlyMap<string, Buffer>;
  shipped: boolean;
}

/** Programs below `blueprints/`, and below the operator's own folder. */
@Injectable()
export class BlueprintLibrary {
  private readonly folders: readonly string[];

  constructor(@Inject(CONFIG) { bots }: Config) {
    const shipped = join(PROJECT_ROOT, 'blueprints');
    this.folders = bots.blueprints === undefined ? [shipped] : [shipped, bots.blueprints];
  }

  /** Paths of all blueprints, in order. */
  paths(): string[] {
    const found = this.folders
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => globSync('**/*.{py,mjs,js,ts}', { cwd: folder }).map((path) => ({ folder, path })))
      .filter(({ folder, path }) => BLUEPRINT_PATH.test(path) && existsSync(join(folder, manifestOf(path))));
    return [...new Set(found.map(({ path }) => path))].toSorted();
  }

  /**
   * Reads a blueprint as it is now.
   * @throws BotsError `blueprint_not_found`, `blueprint_invalid`; DocumentError with the line of the manifest
   */
  read(path: string): Blueprint {
    const folder = BLUEPRINT_PATH.test(path)
      ? this.folders.find((each) => existsSync(join(each, path)) && existsSync(join(each, manifestOf(path))))
      : undefined;
    if (folder === undefined) throw this.missing(path);
    const source = manifestOf(path);
    const text = readPart(folder, source, path).toString();
    const manifest = readManifest(text, source);
    const files = new Map<string, Buffer>([['manifest', Buffer.from(text)]]);
    for (const name of new Set([manifest.entry, ...manifest.files]))
      files.set(name, readPart(folder, join(dirname(path), name), path));
    return { path, manifest, sha256: digestOf(files), files, shipped: folder === this.folders[0] };
  }

  private missing(path: string): BotsError {
    const isThere = BLUEPRINT_PATH.test(path) && this.folders.some((each) => existsSync(join(each, path)));
    const why = isThere
      ? `it has no manifest ${manifestOf(path)} beside it`
      : `there are ${this.paths().join(', ') || 'none'}`;
    const message = `there is no blueprint ${JSON.stringify(path)}: ${why}`;
    return new BotsError('not_found', 'blueprint_not_found', message, [{ field: 'blueprint', message }]);
  }
}

function manifestOf(path: string): string {
  return path.replace(/\.[a-z]+$/, '.yaml');
}

/** @throws DocumentError naming the lines that are wrong */
export function readManifest(text: string, source: string): BlueprintManifest {
  const manifest = parseYamlDocument(text, source, BlueprintManifest);
  try {
    compileSchema(manifest.configuration);
  } catch (error) {
    const message = `is no JSON Schema of 2020-12: ${(error as Error).message}`;
    throw documentErrorAt(text, source, [{ path: ['configuration'], message }]);
  }
  return manifest;
}

/** @param part its path below the folder. @throws BotsError `blueprint_invalid` */
function readPart(folder: string, part: string, path: string): Buffer {
  try {
    return readWithin(folder, part);
  } catch (error) {
    const message = `the blueprint ${path} has the file ${part}, which cannot be read: ${(error as Error).message}`;
    throw new BotsError('conflict', 'blueprint_invalid', message, [], { cause: error });
  }
}

/** An ordinary file below a folder; links on the way to it do not lead out of there. @throws Error */
function readWithin(folder: string, path: string): Buffer {
  const file = realpathSync(join(folder, path));
  if (!file.startsWith(realpathSync(folder) + sep))
    throw new Error('it is a link that leads out of the folder');
  // A pipe is not waited for.
  const handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile()) throw new Error('it is no ordinary file');
    if (stat.size > FILE_MAX) throw new Error(`it has more than ${FILE_MAX} bytes`);
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

function digestOf(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256');
  for (const [name, content] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${name}\0${createHash('sha256').update(content).digest('hex')}\n`);
  return hash.digest('hex');
}
