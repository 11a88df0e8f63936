import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { digestFile } from '../eventlog/file-digest.js';
import { REPORT_HTML, REPORT_JSON, type RunFile } from '../run-files.js';

/** Writes a report into a folder: as data in its canonical form, and as a page. */
export async function writeReport(report: object, page: string, folder: string): Promise<RunFile[]> {
  const texts = [
    { name: REPORT_JSON, media_type: 'application/json', text: `${canonicalize(report) as string}\n` },
    { name: REPORT_HTML, media_type: 'text/html; charset=utf-8', text: page },
  ];
  const files: RunFile[] = [];
  for (const { name, media_type, text } of texts) {
    await writeFile(join(folder, name), text);
    files.push({ name, media_type, ...(await digestFile(join(folder, name))) });
  }
  return files;
}
