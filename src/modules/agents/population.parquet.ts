import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import type { AgentSource } from './agent.source.js';
import { isBuiltIn, TRAITS } from './composition/composition.js';
import type { NormalSpecification } from './population.specification.js';

/** SQL types of the columns that every agent has. */
const COLUMNS = {
  id: 'VARCHAR',
  seed: 'VARCHAR',
  name: 'VARCHAR',
  username_hint: 'VARCHAR',
  country: 'VARCHAR',
  city: 'VARCHAR',
  locale: 'VARCHAR',
  timezone: 'VARCHAR',
  age: 'INTEGER',
  gender: 'VARCHAR',
  interests: 'VARCHAR[]',
  bio: 'VARCHAR',
  posting_cadence: 'VARCHAR',
  tone: 'VARCHAR',
  behavioral_biases: 'VARCHAR[]',
} as const;

const ROW_GROUP = 122_880;

/**
 * All agents as Parquet (zstd); what a population file adds stands in the columns `attributes` and `persona`. They pass
 * through a folder of the system's temporary files, so that a million need no more memory than a thousand.
 */
export async function* parquetContent(
  source: AgentSource,
  told: (agents: number) => void,
): AsyncGenerator<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'azt3knet-parquet-'));
  const [lines, target] = [join(folder, 'agents.jsonl'), join(folder, 'agents.parquet')];
  try {
    await writeLines(source, lines, told);
    await convert(source.specification, lines, target, folder);
    yield* createReadStream(target) as AsyncIterable<Uint8Array>;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeLines(source: AgentSource, path: string, told: (agents: number) => void): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    let done = 0;
    for await (const agents of source.chunks()) {
      await file.write(agents.map((agent) => `${JSON.stringify(agent)}\n`).join(''));
      done += agents.length;
      told(done);
      await setImmediate();
    }
  } finally {
    await file.close();
  }
}

async function convert(
  specification: NormalSpecification,
  lines: string,
  target: string,
  folder: string,
): Promise<void> {
  // One thread and the order of insertion: the bytes must not depend on the machine.
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    preserve_insertion_order: 'true',
    autoinstall_known_extensions: 'false',
    memory_limit: '512MB',
    temp_directory: folder,
  });
  const connection = await instance.connect();
  try {
    const columns = Object.entries({ ...COLUMNS, ...extraTypes(specification) });
    const typed = columns.map(([name, type]) => `${name}: ${quoted(type)}`).join(', ');
    await connection.run(
      `COPY (SELECT * FROM read_json(${quoted(lines)}, format = 'newline_delimited', columns = {${typed}}))
       TO ${quoted(target)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP})`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Names are those of a population file: letters, digits and underscores. */
function extraTypes({ composition }: NormalSpecification): Record<string, string> {
  if (composition === undefined) return {};
  const { attributes, persona } = composition;
  const own = attributes
    .filter(({ name }) => !isBuiltIn(name))
    .map(({ name, kind }) => `"${name}" ${kind === 'range' ? 'INTEGER' : 'VARCHAR'}`);
  const told = [
    ...(persona?.big_five
      ? [`big_five STRUCT(${TRAITS.map((trait) => `"${trait}" INTEGER`).join(', ')})`]
      : []),
    ...(persona !== null && persona.opinions.length > 0
      ? [`opinions STRUCT(${persona.opinions.map(({ topic }) => `"${topic}" DOUBLE`).join(', ')})`]
      : []),
    ...(persona !== null && persona.relationships.length > 0
      ? ['relationships STRUCT(kind VARCHAR, agent_id VARCHAR)[]']
      : []),
  ];
  return {
    ...(own.length > 0 && { attributes: `STRUCT(${own.join(', ')})` }),
    ...(told.length > 0 && { persona: `STRUCT(${told.join(', ')})` }),
  };
}
