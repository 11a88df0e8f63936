import { setImmediate } from 'node:timers/promises';
import { csvLine } from '../../core/documents/index.js';
import { VERSION } from '../../core/version.js';
import type { AgentProfile } from './agent.profile.js';
import type { AgentSource } from './agent.source.js';
import { isBuiltIn, TRAITS } from './composition/composition.js';
import type { PopulationGenerator } from './population.generator.js';
import type { WritingTally } from './writing/writer.js';
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

/** A population can be had as a table of typed columns, too. */
export const POPULATION_FORMATS = [...EXPORT_FORMATS, 'parquet'] as const;
export type PopulationFormat = (typeof POPULATION_FORMATS)[number];

export const POPULATION_MEDIA_TYPES: Readonly<Record<PopulationFormat, string>> = {
  ...EXPORT_MEDIA_TYPES,
  parquet: 'application/vnd.apache.parquet',
};

/** The columns that every export has, in the order of the profile. */
const COLUMNS = [
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
] as const satisfies readonly (keyof AgentProfile)[];

/** What stands beside an export as `<file>.manifest.json`: where it comes from, and that it is synthetic. */
export type ExportManifest = {
  synthetic: true;
  notice: string;
  population_id: string;
  specification: NormalSpecification;
  seed: string;
  count: number;
  format: PopulationFormat;
  /** Of the exported file, in bytes and hexadecimal. */
  bytes: number;
  sha256: string;
  /** What the guard said of the population; `checked` is false where it was off. */
  decision_id: string;
  checked: boolean;
  generator_version: number;
  /** Of Azt3kNet, when the file was made. */
  product_version: string;
  /** What came of the writing; only where a language model wrote. */
  writing?: WritingTally;
};

/**
 * The text of an export, in pieces of a thousand agents. The same population gives the same bytes. JSON is one object
 * `{synthetic, population, agents}` with an agent a line; JSONL is an agent a line; CSV is RFC 4180 with a header,
 * lists joined by `|`, with a column for each attribute, trait, opinion and kind of relationship of a population file.
 */
export function* exportText(generator: PopulationGenerator, format: ExportFormat): Generator<string> {
  const { head, piece, tail } = piecesOf(generator, format);
  if (head !== '') yield head;
  for (const agents of generator.chunks()) yield piece(agents);
  if (tail !== '') yield tail;
}

/** The text before, of and after the agents. */
function piecesOf(
  { id, specification }: Pick<AgentSource, 'id' | 'specification'>,
  format: ExportFormat,
): { head: string; piece: (agents: readonly AgentProfile[]) => string; tail: string } {
  if (format === 'jsonl')
    return {
      head: '',
      piece: (agents) => agents.map((agent) => `${JSON.stringify(agent)}\n`).join(''),
      tail: '',
    };
  if (format === 'csv') {
    const extra = extraColumns(specification);
    const head = csvLine([...COLUMNS, ...extra.map(({ name }) => name)]);
    return { head, piece: (agents) => agents.map((agent) => csvRow(agent, extra)).join(''), tail: '' };
  }
  const population = JSON.stringify({ id, ...specification });
  let separator = '\n';
  return {
    head: `{"synthetic":true,"notice":${JSON.stringify(SYNTHETIC_NOTICE)},"population":${population},"agents":[`,
    piece: (agents) => {
      const text = separator + agents.map((agent) => JSON.stringify(agent)).join(',\n');
      separator = ',\n';
      return text;
    },
    tail: '\n]}\n',
  };
}

/** @param file the size and SHA-256 of the exported file @param writing what came of it where a model wrote */
export function exportManifest(
  generator: AgentSource,
  format: PopulationFormat,
  file: { bytes: number; sha256: string },
  decision: { id: string; checked: boolean },
  writing?: WritingTally,
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
    ...(writing !== undefined && { writing }),
  };
}

/** One record with its line end. */
export function csvRow(agent: AgentProfile, extra: readonly ExtraColumn[] = []): string {
  return csvLine([...COLUMNS.map((column) => agent[column]), ...extra.map(({ of }) => of(agent))]);
}

/** A column that a population file brings. */
export interface ExtraColumn {
  readonly name: string;
  readonly of: (agent: AgentProfile) => string | number | readonly string[];
}

/** The columns for what a population file adds to agents; what is within something has its name before a dot. */
export function extraColumns({ composition }: NormalSpecification): ExtraColumn[] {
  if (composition === undefined) return [];
  const { attributes, persona } = composition;
  const own = attributes.filter(({ name }) => !isBuiltIn(name));
  const traits = persona?.big_five === null || persona === null ? [] : TRAITS;
  return [
    ...own.map(({ name }): ExtraColumn => ({
      name: `attributes.${name}`,
      of: (agent) => agent.attributes?.[name] ?? '',
    })),
    ...traits.map((trait): ExtraColumn => ({
      name: `big_five.${trait}`,
      of: (agent) => agent.persona?.big_five?.[trait] ?? '',
    })),
    ...(persona?.opinions ?? []).map(({ topic }): ExtraColumn => ({
      name: `opinions.${topic}`,
      of: (agent) => agent.persona?.opinions?.[topic] ?? '',
    })),
    ...(persona?.relationships ?? []).map(({ kind }): ExtraColumn => ({
      name: `relationships.${kind}`,
      of: ({ persona: told }) =>
        (told?.relationships ?? []).flatMap((tie) => (tie.kind === kind ? [tie.agent_id] : [])),
    })),
  ];
}

/**
 * The bytes of an export in any format.
 * @param told how many agents are done, now and then
 */
export async function* exportContent(
  source: AgentSource,
  format: PopulationFormat,
  told: (agents: number) => void,
): AsyncGenerator<string | Uint8Array> {
  if (format === 'parquet') {
    const { parquetContent } = await import('./population.parquet.js');
    yield* parquetContent(source, told);
    return;
  }
  const { head, piece, tail } = piecesOf(source, format);
  if (head !== '') yield head;
  let done = 0;
  for await (const agents of source.chunks()) {
    yield piece(agents);
    done += agents.length;
    told(done);
    await setImmediate();
  }
  if (tail !== '') yield tail;
}
