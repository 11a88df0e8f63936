import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, copyFile, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../core/config/index.js';
import { makeFolder } from '../../core/files/index.js';
import { FileUnusable } from './agents.errors.js';
import { EXPORT_FORMATS, exportManifest, exportText, type ExportFormat } from './population.export.js';
import type { PopulationGenerator } from './population.generator.js';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'is a folder, and a file is wanted',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  ENAMETOOLONG: 'the path is too long',
  ENOENT: 'no file can be made there',
};

/** What an export's file is like. */
export interface StoredExport {
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

/** A whole export that has not its name yet. */
export interface PendingExport {
  format: ExportFormat;
  stored: StoredExport;
  publish(): Promise<void>;
  /** Removes what has not been published. */
  discard(): Promise<void>;
}

/** The files of exports, below the data folder. A file that has its name is whole. */
@Injectable()
export class ExportStore {
  private readonly folder: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.folder = join(config.dataDir, 'exports');
  }

  path(populationId: string, format: ExportFormat): string {
    return join(this.folder, `${populationId}.${format}`);
  }

  manifestPath(populationId: string, format: ExportFormat): string {
    return manifestOf(this.path(populationId, format));
  }

  async exists(populationId: string, format: ExportFormat): Promise<boolean> {
    const files = [this.path(populationId, format), this.manifestPath(populationId, format)];
    const found = await Promise.allSettled(files.map((file) => access(file, constants.R_OK)));
    return found.every(({ status }) => status === 'fulfilled');
  }

  /** Removes every export of a population. */
  async removeAll(populationId: string): Promise<void> {
    const files = EXPORT_FORMATS.map((format) => this.path(populationId, format));
    await Promise.all(
      files.flatMap((file) => [file, manifestOf(file)]).map((file) => rm(file, { force: true })),
    );
  }

  /**
   * Writes a population's export and its manifest under passing names; two at once end in the same bytes.
   * @param work the job that writes; started again after a crash, it writes over its own beginning
   * @param onPiece called after each piece; what it throws ends the export without a trace
   */
  async write(
    generator: PopulationGenerator,
    format: ExportFormat,
    work: string,
    onPiece: () => void,
  ): Promise<PendingExport> {
    const path = this.path(generator.id, format);
    const partial = `${path}.${work}.partial`;
    const files = [partial, manifestOf(partial)];
    const discard = async (): Promise<void> => {
      await Promise.allSettled(files.map((file) => rm(file, { force: true })));
    };
    try {
      makeFolder(this.folder);
      const stored = await writeText(partial, exportText(generator, format), onPiece);
      const manifest = `${JSON.stringify(exportManifest(generator, format, stored), null, 2)}\n`;
      await writeFile(manifestOf(partial), manifest);
      const publish = async (): Promise<void> => {
        await rename(manifestOf(partial), manifestOf(path));
        await rename(partial, path);
      };
      return { format, stored, publish, discard };
    } catch (error) {
      await discard();
      throw readable(error, path);
    }
  }

  /**
   * Copies an export and its manifest to where a person wants them; folders on the way are made. A device there is
   * refused: a copy onto it that fails would remove it.
   * @throws FileUnusable
   */
  async copy(populationId: string, format: ExportFormat, target: string): Promise<void> {
    await requireFileTarget(target);
    const partial = `${target}.partial`;
    try {
      await copyFile(this.path(populationId, format), partial);
      await copyFile(this.manifestPath(populationId, format), manifestOf(partial));
      await rename(manifestOf(partial), manifestOf(target));
      await rename(partial, target);
    } catch (error) {
      await Promise.allSettled([partial, manifestOf(partial)].map((file) => rm(file, { force: true })));
      throw readable(error, target);
    }
  }
}

/** The manifest beside an exported file. */
export function manifestOf(path: string): string {
  return `${path}.manifest.json`;
}

/** @throws FileUnusable where an export cannot go, before the work is done for nothing */
export async function requireFileTarget(path: string): Promise<void> {
  for (const file of [path, manifestOf(path)]) {
    const found = await stat(file).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw readable(error, file);
    });
    if (found?.isDirectory() === true) throw new FileUnusable(file, REASONS['EISDIR'] as string);
    if (found?.isFile() === false) throw new FileUnusable(file, 'is not an ordinary file');
  }
  try {
    makeFolder(dirname(path));
  } catch (error) {
    throw readable(error, path);
  }
}

async function writeText(path: string, pieces: Iterable<string>, onPiece: () => void): Promise<StoredExport> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'w');
  try {
    for (const piece of pieces) {
      const data = Buffer.from(piece, 'utf8');
      hash.update(data);
      bytes += data.length;
      await file.writeFile(data);
      onPiece();
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

function readable(error: unknown, path: string): unknown {
  const { code, errno } = error as NodeJS.ErrnoException;
  if (code === undefined || errno === undefined) return error;
  return new FileUnusable(path, REASONS[code] ?? `the system says ${code}`, { cause: error });
}
