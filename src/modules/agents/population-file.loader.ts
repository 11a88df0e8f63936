import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { readStandardInput } from '../../core/cli/index.js';
import type { CheckableDocuments } from '../../core/documents/check.cli.js';
import { readTextFile } from '../../core/files/read-text-file.js';
import { lined, readPopulationFile, type ReadPopulationFile } from './composition/population-file.js';
import { createGenerator } from './create-generator.js';

/** A file with the text of the sample that it names. */
interface LoadedFile {
  content: string;
  sample?: string;
}

/**
 * Reads a population file, and the sample that it names, which is beside it unless it is said where.
 * @throws AppError `file_unreadable`
 */
export async function loadPopulationFile(file: string, sample: string | undefined): Promise<LoadedFile> {
  const content = file === '-' ? await readStandardInput() : readTextFile(file);
  const beside = sample === undefined ? sampleBeside(content, file) : resolve(sample);
  return { content, ...(beside !== undefined && { sample: readTextFile(beside) }) };
}

/** Where the sample is that a text names; what is wrong with the text is said by whoever reads all of it. */
function sampleBeside(content: string, file: string): string | undefined {
  let document: unknown;
  try {
    document = parse(content, { maxAliasCount: 0, logLevel: 'silent' });
  } catch {
    return undefined;
  }
  const { sample } = (document ?? {}) as { sample?: { file?: unknown } | null };
  const named = sample?.file;
  if (typeof named !== 'string' || named === '') return undefined;
  return resolve(file === '-' ? '.' : dirname(file), named);
}

interface CheckedFile {
  read: ReadPopulationFile;
  text: string;
  source: string;
}

/** Population files, checked as documents are: with the data of the product and no database. */
export const CHECKABLE: CheckableDocuments<CheckedFile> = {
  parse(text, source) {
    const beside = sampleBeside(text, source);
    const sample = beside === undefined ? undefined : readTextFile(beside);
    return { read: readPopulationFile(text, source, sample), text, source };
  },
  facts: ({ read: { id, version, sha256 } }) => ({ name: id, version, sha256 }),
  async judge({ read, text, source }) {
    try {
      await createGenerator({ ...read.specification, seed: '0' });
    } catch (error) {
      throw lined(text, source, error);
    }
    return [];
  },
};
