import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { documentErrorAt, parseYamlDocument } from '../../../core/documents/index.js';
import { PROJECT_ROOT } from '../../../core/project.js';
import { BotsError } from '../bots.errors.js';
import { compileSchema } from './configuration.js';
import { BlueprintManifest } from './manifest.js';

/** A path below a folder of blueprints: of the program, whose manifest has the same name. */
export const BLUEPRINT_PATH = /^[a-z0-9_]{1,60}(?:\/[a-z0-9_]{1,60}){0,3}\.(?:py|mjs|js|ts)$/;

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
    if (folder === undefined) throw BotsError.notFound('blueprint', path);
    const source = manifestOf(path);
    const text = readFileSync(join(folder, source), 'utf8');
    const manifest = readManifest(text, source);
    const files = new Map<string, Buffer>([['manifest', Buffer.from(text)]]);
    for (const name of new Set([manifest.entry, ...manifest.files]))
      files.set(name, readPart(join(folder, dirname(path), name), path, name));
    return { path, manifest, sha256: digestOf(files), files, shipped: folder === this.folders[0] };
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

function readPart(file: string, path: string, name: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const message = `the blueprint ${path} names the file ${name}, which cannot be read`;
    throw new BotsError('conflict', 'blueprint_invalid', message, [], { cause: error });
  }
}

function digestOf(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256');
  for (const [name, content] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${name}\0${createHash('sha256').update(content).digest('hex')}\n`);
  return hash.digest('hex');
}
