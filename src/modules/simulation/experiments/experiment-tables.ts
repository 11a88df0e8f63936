import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { csvLine } from '../../../core/documents/index.js';
import { openScratch } from '../../../core/files/index.js';
import { csvToParquet } from '../parquet/csv-to-parquet.js';
import type { TableName } from './experiment-table-names.js';
import type { ExperimentResults } from './experiment-results.js';

type Cell = string | number | boolean | null;

/** A table, with the SQL types of its columns. */
interface Table {
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly Cell[])[];
}

/** The results of experiments as tables. */
@Injectable()
export class ExperimentTables {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** The bytes of a table: a row for each run with its outcomes, or for each comparison. The same results give the same bytes. */
  async bytes(results: ExperimentResults, name: TableName): Promise<Buffer> {
    const table = name.startsWith('runs') ? runsTable(results) : comparisonsTable(results);
    const csv = csvOf(table);
    if (name.endsWith('.csv')) return Buffer.from(csv);
    const folder = openScratch(this.config.dataDir, `experiment-${randomUUID()}`);
    try {
      const [from, to] = [join(folder, 'table.csv'), join(folder, 'table.parquet')];
      await writeFile(from, csv);
      await csvToParquet(from, to, table.columns);
      return await readFile(to);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function csvOf({ columns, rows }: Table): string {
  const lines = rows.map((row) =>
    csvLine(row.map((cell) => (typeof cell === 'number' ? cell : String(cell ?? '')))),
  );
  return [csvLine(Object.keys(columns)), ...lines].join('');
}

/** A row for each arm with a seed; outcomes are columns of their names behind the others. */
function runsTable({ experiment, runs }: ExperimentResults): Table {
  const outcomes = experiment.definition.outcomes.map(({ name }) => name);
  const fixed = {
    synthetic: 'BOOLEAN',
    experiment: 'VARCHAR',
    arm: 'VARCHAR',
    seed: 'VARCHAR',
    run_id: 'VARCHAR',
    checksum: 'BIGINT',
  };
  return {
    columns: { ...fixed, ...Object.fromEntries(outcomes.map((name) => [`outcome_${name}`, 'DOUBLE'])) },
    rows: runs.map(({ arm, seed, run_id, checksum, values }) => [
      true,
      experiment.name,
      arm,
      seed,
      run_id,
      checksum,
      ...outcomes.map((name) => values[name] ?? null),
    ]),
  };
}

function comparisonsTable({ experiment, analysis }: ExperimentResults): Table {
  const numbers = [
    'pairs',
    'mean_difference',
    'relative_difference',
    'sd_difference',
    't_low',
    't_high',
    'bca_low',
    'bca_high',
    'cohens_dz',
    'hedges_g',
    'p_t',
    'p_sign_flip',
    'p_holm',
    'achieved_power',
    'detectable_dz',
    'registered_power',
  ];
  const texts = {
    synthetic: 'BOOLEAN',
    experiment: 'VARCHAR',
    outcome: 'VARCHAR',
    is_primary: 'BOOLEAN',
    arm: 'VARCHAR',
    control: 'VARCHAR',
  };
  return {
    columns: { ...texts, ...Object.fromEntries(numbers.map((name) => [name, 'DOUBLE'])) },
    rows: analysis.comparisons.map((each) => [
      true,
      experiment.name,
      each.outcome,
      each.primary,
      each.arm,
      experiment.definition.control,
      each.pairs,
      each.mean,
      each.relative,
      each.deviation,
      each.t_interval?.[0] ?? null,
      each.t_interval?.[1] ?? null,
      each.bca_interval?.[0] ?? null,
      each.bca_interval?.[1] ?? null,
      each.dz,
      each.hedgesG,
      each.t_p,
      each.p,
      each.adjusted_p,
      each.achieved_power,
      each.detectable_effect,
      each.registered_power,
    ]),
  };
}
