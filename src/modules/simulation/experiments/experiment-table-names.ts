/** The tables that an experiment has once it is finished, in the order that they are listed. */
export const TABLE_NAMES = ['runs.csv', 'runs.parquet', 'comparisons.csv', 'comparisons.parquet'] as const;
export type TableName = (typeof TABLE_NAMES)[number];
