import { csvLine } from '../../core/documents/index.js';
import { VERSION } from '../../core/version.js';
import type { AgentProfile } from './agent.profile.js';
import type { PopulationGenerator } from './population.generator.js';
import { GENERATOR_VERSION, type NormalSpecification } from './population.specification.js';

export const EXPORT_FORMATS = ['json', 'jsonl', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  json: 'application/json; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
};

export const SYNTHETIC_NOTICE =
  'Synthetic data: every person, name, handle and text in this export was generated. None describes a real person or account.';

/** The columns of an export, in the order of the profile. */
const COLUMNS: readonly (keyof AgentProfile)[] = [
  'id',
  'seed',
  'name',
  'username_hint',
  'country',
  'city',
  'locale',
  'timezone',
  'age',
  'gender',
  'interests',
  'bio',
  'posting_cadence',
  'tone',
  'behavioral_biases',
];

/** What stands beside an export as `<file>.manifest.json`: where it comes from, and that it is synthetic. */
export type ExportManifest = {
  synthetic: true;
  notice: string;
  population_id: string;
  specification: NormalSpecification;
  seed: string;
  count: number;
  format: ExportFormat;
  /** Of the exported file, in bytes and hexadecimal. */
  bytes: number;
  sha256: string;
  /** What the guard said of the population; `checked` is false where it was off. */
  decision_id: string;
  checked: boolean;
  generator_version: number;
  /** Of Azt3kNet, when the file was made. */
  product_version: string;
};

/**
 * The text of an export, in pieces of a thousand agents. The same population gives the same bytes. JSON is one object
 * `{synthetic, population, agents}` with an agent a line; JSONL is an agent a line; CSV is RFC 4180 with a header,
 * lists joined by `|`.
 */
export function* exportText(generator: PopulationGenerator, format: ExportFormat): Generator<string> {
  const population = { id: generator.id, ...generator.specification };
  if (format === 'json') {
    yield `{"synthetic":true,"notice":${JSON.stringify(SYNTHETIC_NOTICE)},"population":${JSON.stringify(population)},"agents":[`;
  }
  if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`;
  let separator = '\n';
  for (const agents of generator.chunks()) {
    if (format === 'csv') yield agents.map(csvRow).join('');
    else if (format === 'jsonl') yield agents.map((agent) => `${JSON.stringify(agent)}\n`).join('');
    else yield separator + agents.map((agent) => JSON.stringify(agent)).join(',\n');
    separator = ',\n';
  }
  if (format === 'json') yield '\n]}\n';
}

/** @param file the size and SHA-256 of the exported file */
export function exportManifest(
  generator: PopulationGenerator,
  format: ExportFormat,
  file: { bytes: number; sha256: string },
  decision: { id: string; checked: boolean },
): ExportManifest {
  return {
    synthetic: true,
    notice: SYNTHETIC_NOTICE,
    population_id: generator.id,
    specification: generator.specification,
    seed: generator.specification.seed,
    count: generator.count,
    format,
    bytes: file.bytes,
    sha256: file.sha256,
    decision_id: decision.id,
    checked: decision.checked,
    generator_version: GENERATOR_VERSION,
    product_version: VERSION,
  };
}

/** One record with its line end. */
export function csvRow(agent: AgentProfile): string {
  return csvLine(COLUMNS.map((column) => agent[column]));
}
