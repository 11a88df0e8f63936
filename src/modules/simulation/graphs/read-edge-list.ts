import { type ImportedNetwork, NetworkCollector, networkError } from './imported-network.js';

const COLUMNS = 'source,target or source,target,weight';

/** Reads an edge list: CSV with the columns source, target and perhaps weight; each line is a follow. @throws SimulationError */
export function readEdgeList(text: string, file: string): ImportedNetwork {
  const collector = new NetworkCollector(file);
  const lines = text.split(/\r\n|\n|\r/u);
  const names = fieldsOf((lines[0] as string).replace(/^\ufeff/u, '')).map((name) => name.toLowerCase());
  const [source, target, weight] = ['source', 'target', 'weight'].map((name) => names.indexOf(name));
  if (source === undefined || target === undefined || source < 0 || target < 0)
    throw networkError(file, 1, `the first line names the columns: ${COLUMNS}`);
  for (let at = 1; at < lines.length; at += 1) {
    const line = lines[at] as string;
    if (line.trim() === '') continue;
    const fields = fieldsOf(line);
    if (fields.length !== names.length)
      throw networkError(
        file,
        at + 1,
        `has ${fields.length} fields, and the first line names ${names.length}`,
      );
    const value = fields[weight ?? -1];
    collector.edge({ source: fields[source], target: fields[target], weight: value, directed: true }, at + 1);
  }
  return collector.finish(false);
}

/** The fields of a line, without the quotation marks around them. */
function fieldsOf(line: string): string[] {
  return line.split(',').map((field) => {
    const text = field.trim();
    return text.length > 1 && text.startsWith('"') && text.endsWith('"')
      ? text.slice(1, -1).replaceAll('""', '"')
      : text;
  });
}
