import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { documentErrorAt, parseYamlDocument } from '../../../core/documents/index.js';
import { MAX_AGE, MIN_AGE } from '../agent.profile.js';
import type { PopulationSpecification } from '../population.specification.js';
import { composeAttributes, composeTables } from './compose.js';
import { composePersona } from './compose-persona.js';
import { composeSample, levelsSeen, readSample } from './compose-sample.js';
import type { Composition } from './composition.js';
import { judgeNumbers } from './consistency.js';
import { Findings, InvalidComposition } from './findings.js';
import { populationFileSchema, type PopulationFile } from './population-file.schema.js';
import { rangeOf } from './ranges.js';
import type { WriterName } from '../../../core/llm/index.js';

/** A population file that was read: all of its specification but the seed. */
export interface ReadPopulationFile {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  /** SHA-256 of everything in it that can change an agent. */
  readonly sha256: string;
  readonly specification: Omit<PopulationSpecification, 'seed' | 'writer'>;
  /** Who is to write, where the file says so. */
  readonly writer: WriterName | undefined;
}

/**
 * Reads a population file from YAML text, and judges its numbers. Places and names are not looked up here.
 * @param sample the text of the sample that the file names
 * @throws DocumentError naming every wrong line
 */
export function readPopulationFile(text: string, source: string, sample?: string): ReadPopulationFile {
  const file = parseYamlDocument(text, source, populationFileSchema);
  return withLines(text, source, () => composed(file, sample));
}

/**
 * Gives mistakes that were found in what a file says the lines where it says them.
 * @throws DocumentError
 */
export function withLines<T>(text: string, source: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw lined(text, source, error);
  }
}

/** An error with lines, where it is about places in a file. */
export function lined(text: string, source: string, error: unknown): unknown {
  return error instanceof InvalidComposition ? documentErrorAt(text, source, error.places) : error;
}

function composed(file: PopulationFile, sample: string | undefined): ReadPopulationFile {
  const specification = specificationOfFile(file, sample);
  const { id, version, title, writer } = file;
  const sha256 = createHash('sha256')
    .update(canonicalize(specification) as string)
    .digest('hex');
  return { id, version, title, sha256, specification, writer };
}

/** @throws InvalidComposition naming every place */
function specificationOfFile(
  file: PopulationFile,
  sent: string | undefined,
): Omit<PopulationSpecification, 'seed' | 'writer'> {
  const findings = new Findings();
  const sample = readSample(file, sent, findings);
  findings.raise();
  const attributes = composeAttributes(file, levelsSeen(sample), findings);
  findings.raise();
  const composition: Composition = {
    attributes,
    tables: composeTables(file, attributes, findings),
    sample: sample === undefined ? null : composeSample(sample, attributes, findings),
    persona: composePersona(file, attributes, findings),
    schema: file.schema ?? null,
  };
  findings.raise();
  judgeNumbers(composition, file.count, findings);
  findings.raise();
  const { count, country } = file;
  return { gender: 'unspecified', count, country, age_range: agesOf(composition), composition };
}

function agesOf({ attributes }: Composition): [number, number] {
  const ranges = attributes
    .find(({ name }) => name === 'age')
    ?.levels.flatMap((level) => rangeOf(level) ?? []);
  return ranges === undefined ? [MIN_AGE, MAX_AGE] : [Math.min(...ranges), Math.max(...ranges)];
}
