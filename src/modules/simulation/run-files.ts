/** Names of the files of a run. */
export const EVENTS_JSONL = 'events.jsonl';
export const EVENTS_PARQUET = 'events.parquet';
export const AFFINITY_CSV = 'affinity.csv';
export const AFFINITY_PARQUET = 'affinity.parquet';
export const REPORT_JSON = 'report.json';
export const REPORT_HTML = 'report.html';

/** A file that a run left. */
export interface RunFile {
  name: string;
  media_type: string;
  bytes: number;
  /** Of its content, in hexadecimal. */
  sha256: string;
}
